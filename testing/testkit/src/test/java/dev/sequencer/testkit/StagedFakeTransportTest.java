package dev.sequencer.testkit;

import static dev.sequencer.testkit.TestMails.ANN;
import static dev.sequencer.testkit.TestMails.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.Found;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.spi.StagedTransport.Staged;
import dev.sequencer.testkit.FakeTransport.Lookup;
import dev.sequencer.testkit.StagedFakeTransport.StagedMail;
import dev.sequencer.testkit.TestMails.CountingPermit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagedFakeTransportTest {
  private final StagedFakeTransport transport = StagedFakeTransport.create();

  private String stage(int number) throws InterruptedException {
    return ((Staged.Ready) transport.stage(mail(number))).reference();
  }

  private SendResult send(int number, String reference) throws InterruptedException {
    return transport.send(mail(number).staged(reference), CountingPermit.given());
  }

  private List<String> drafts() {
    return transport.drafts().stream().map(StagedMail::reference).toList();
  }

  @Test
  void keepsADraftUntilItIsSentOrDiscarded() throws InterruptedException {
    String first = stage(1);
    String second = stage(2);
    String third = stage(3);
    assertThat(drafts()).containsExactly(first, second, third);

    assertThat(send(2, second).outcome()).isEqualTo(Outcome.SENT);
    transport.discard(ANN, first);

    assertThat(drafts()).containsExactly(third);
    assertThat(transport.sends().accepted()).hasSize(1);
    assertThat(transport.discarded()).containsExactly(first);
    assertThat(transport.staged()).hasSize(3);
  }

  @Test
  void sendsADraftOnceHoweverOftenItIsAsked() throws InterruptedException {
    String draft = stage(1);
    transport.sends().onNext(FakeAnswer.inDoubtButAccepted());

    assertThat(send(1, draft).outcome()).isEqualTo(Outcome.IN_DOUBT);
    SendResult again = send(1, draft);
    assertThat(again.outcome()).isEqualTo(Outcome.SENT);
    assertThat(again.receipt().providerId()).contains("fake-1");
    assertThat(transport.sends().accepted()).hasSize(1);
  }

  @Test
  void isInDoubtWhenTheDraftIsGoneAndNothingWasSent() throws InterruptedException {
    String draft = stage(1);
    transport.deleteDraft(draft);

    assertThat(send(1, draft).outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(transport.sends().accepted()).isEmpty();
  }

  @Test
  void keepsTheDraftOfAMailThatWasNotTaken() throws InterruptedException {
    String draft = stage(1);
    transport.sends().onNext(SendResult.deferred("429", "later")).onNext(FakeAnswer.inDoubt());

    assertThat(send(1, draft).outcome()).isEqualTo(Outcome.DEFERRED);
    assertThat(send(1, draft).outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(transport.send(mail(1).staged(draft), CountingPermit.expired()).outcome())
        .isEqualTo(Outcome.NOT_HANDED_OVER);
    assertThat(drafts()).containsExactly(draft);
  }

  @Test
  void tellsFromDraftsAndSentMailsWhatBecameOfAMail() throws InterruptedException {
    String draft = stage(1);
    assertThat(transport.find(ANN, mail(1).key())).isSameAs(Found.NOT_SENT);

    send(1, draft);
    assertThat(transport.find(ANN, mail(1).key()).verdict()).isEqualTo(Found.Verdict.SENT);

    transport.deleteDraft(stage(2));
    assertThat(transport.find(ANN, mail(2).key())).isSameAs(Found.CANNOT_TELL);

    transport.sends().lookup(Lookup.NOTHING);
    assertThat(transport.find(ANN, mail(1).key())).isSameAs(Found.CANNOT_TELL);
    transport.sends().onFind(Found.NOT_SENT);
    assertThat(transport.find(ANN, mail(1).key())).isSameAs(Found.NOT_SENT);
  }

  @Test
  void failsToStageAsWrittenDown() throws InterruptedException {
    SendResult trouble = SendResult.mailboxTrouble(Kind.TOKEN, "revoked");
    transport.onStage(trouble).onStageThrow(new IllegalStateException("no connection"));

    assertThat(transport.stage(mail(1))).isEqualTo(new Staged.Failed(trouble));
    assertThatThrownBy(() -> transport.stage(mail(1))).hasMessage("no connection");
    assertThat(transport.drafts()).isEmpty();
    assertThat(stage(1)).isEqualTo("draft-1");
  }

  @Test
  void neverFailsToStageWithAnOutcomeOfASend() {
    for (SendResult result :
        List.of(SendResult.sent("<a@b.example>", "1"), SendResult.inDoubt("?"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> transport.onStage(result))
          .withMessageContaining(result.outcome().toString());
    }
  }

  @Test
  void leavesADraftBehindThatNobodyKnows() {
    transport.onStageLoseAnswer(new IllegalStateException("cut off"));

    assertThatThrownBy(() -> transport.stage(mail(1))).hasMessage("cut off");
    assertThat(drafts()).containsExactly("draft-1");
  }

  @Test
  void runsCodeBetweenTheDraftAndTheAnswer() throws InterruptedException {
    List<Integer> seen = new ArrayList<>();
    transport.afterStaging(() -> seen.add(transport.drafts().size()));

    assertThat(stage(1)).isEqualTo("draft-1");
    assertThat(seen).containsExactly(1);
  }

  @Test
  void keepsADraftThatCannotBeDiscarded() throws InterruptedException {
    String draft = stage(1);
    transport.onDiscardThrow(new IllegalStateException("cut off"));

    assertThatThrownBy(() -> transport.discard(ANN, draft)).hasMessage("cut off");
    assertThat(drafts()).containsExactly(draft);
    transport.discard(ANN, draft);
    transport.discard(ANN, draft);
    assertThat(drafts()).isEmpty();
  }

  @Test
  void sendsAMailWithoutDraftToo() throws InterruptedException {
    assertThat(transport.send(mail(1), CountingPermit.given()).outcome()).isEqualTo(Outcome.SENT);
  }
}
