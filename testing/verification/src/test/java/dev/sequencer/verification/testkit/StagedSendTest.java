package dev.sequencer.verification.testkit;

import static dev.sequencer.tck.faults.Times.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Act;
import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.EnrollmentId;
import dev.sequencer.InDoubt;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerEvent.MailInDoubt;
import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.spi.SendResult;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport.Lookup;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.StagedFakeTransport;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** K18: drafts do not pile up, and none is sent twice. */
class StagedSendTest {
  private static final Duration CLAIM_EXPIRY = Duration.ofMinutes(1);
  private static final Sequence TWO =
      Sequence.named("two")
          .email("first", mail -> mail.template("first"))
          .waitFor(Delay.days(1))
          .email("second", mail -> mail.template("second"))
          .inDoubt(InDoubt.RESEND)
          .build();

  private final StagedFakeTransport transport = StagedFakeTransport.create();
  private final FaultyStore store = FaultyStore.around(InMemoryStore.create());
  private final TestSequencer sequencer =
      TestSequencer.builder().transport(transport).store(store).sequence(TWO).build();

  @AfterEach
  void close() {
    sequencer.close();
  }

  private EnrollmentId enroll() {
    return sequencer.enroll("two", Contact.of("bo@example.com")).enrollment().orElseThrow();
  }

  private void assertBothMailsLeftOnceAndNoDraftIsLeft() {
    assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("first", "second");
    assertThat(transport.drafts()).isEmpty();
  }

  @Test
  @DisplayName("K18 what was staged and is stopped before begin is discarded")
  void aDraftWhoseBeginIsRefusedIsDiscarded() {
    EnrollmentId enrollment = enroll();
    transport.afterStaging(
        () -> sequencer.enrollments().pause(enrollment, Act.because("the contact called")));
    sequencer.runUntilIdle();
    assertThat(sequencer.mails()).isEmpty();
    assertThat(transport.staged()).hasSize(1);
    assertThat(transport.drafts()).isEmpty();

    sequencer.enrollments().resume(enrollment, Act.because("the contact agreed"));
    sequencer.advance(Duration.ofDays(2));
    assertBothMailsLeftOnceAndNoDraftIsLeft();
  }

  @Test
  @DisplayName("K18 a retry sends the draft that is there")
  void aDeferredMailKeepsItsDraft() {
    transport.sends().onNext(SendResult.deferred("429", "later"));
    enroll();
    sequencer.runUntilIdle();
    assertThat(transport.drafts()).hasSize(1);

    sequencer.advance(Duration.ofDays(2));
    assertThat(transport.staged()).hasSize(2);
    assertBothMailsLeftOnceAndNoDraftIsLeft();
  }

  @Test
  @DisplayName("K18 a mail that is refused for good leaves no draft")
  void aRefusedMailLosesItsDraft() {
    transport.sends().onNext(SendResult.refusedMessage("400", "no"));
    enroll();
    sequencer.advance(Duration.ofDays(2));
    assertThat(sequencer.mails()).isEmpty();
    assertThat(transport.drafts()).isEmpty();
  }

  @Test
  @DisplayName("K1 resending a consumed draft sends nothing twice")
  void aResendUsesTheSameDraft() {
    transport.sends().lookup(Lookup.NOTHING).onNext(FakeAnswer.inDoubtButAccepted());
    enroll();
    sequencer.advance(Duration.ofDays(2));

    assertThat(sequencer.events(MailInDoubt.class)).hasSize(1);
    assertThat(transport.sends().attempted()).hasSize(3);
    assertThat(transport.staged()).hasSize(2);
    assertBothMailsLeftOnceAndNoDraftIsLeft();
  }

  @Test
  @DisplayName("K18 a draft that is still there proves that its mail was not sent")
  void aLostMailIsSentFromItsDraft() {
    transport.sends().onNext(FakeAnswer.inDoubt());
    enroll();
    sequencer.advance(Duration.ofDays(2));

    assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
    assertBothMailsLeftOnceAndNoDraftIsLeft();
  }

  @Test
  @DisplayName("K18 a crash between draft and begin sends the mail once")
  void aCrashBeforeBeginLeavesADraftThatIsNeverSent() {
    store.crashBefore("begin", times(1));
    enroll();
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
    sequencer.crash();
    sequencer.advance(CLAIM_EXPIRY);
    assertThat(transport.drafts())
        .extracting(StagedFakeTransport.StagedMail::reference)
        .containsExactly("draft-1");
    sequencer.advance(Duration.ofDays(2));
    assertBothMailsLeftOnceAndNoDraftIsLeft();
  }

  @Test
  @DisplayName("K18 a draft that cannot be discarded hinders nothing")
  void aDiscardThatFailsIsNoFault() {
    EnrollmentId enrollment = enroll();
    transport
        .afterStaging(
            () -> sequencer.enrollments().cancel(enrollment, Act.because("changed its mind")))
        .onDiscardThrow(new IllegalStateException("cut off"));
    sequencer.advance(Duration.ofDays(2));

    assertThat(sequencer.mails()).isEmpty();
    assertThat(transport.discarded()).containsExactly("draft-1", "draft-1");
    assertThat(transport.drafts()).isEmpty();
  }

  @Test
  void aStagingThatThrowsIsTriedAgain() {
    transport.onStageThrow(new IllegalStateException("cut off"));
    enroll();
    sequencer.advance(Duration.ofDays(2));
    assertBothMailsLeftOnceAndNoDraftIsLeft();
  }
}
