package dev.sequencer.tck.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.StagedTransport;
import dev.sequencer.spi.StagedTransport.Draft;
import dev.sequencer.spi.StagedTransport.Staged;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every transport with a two-phase send must keep, besides {@link TransportContract}. Extend
 * it in place of that one; the transport of {@link #open} is a {@link StagedTransport}.
 */
public abstract class StagedTransportContract extends TransportContract {
  private static final Instant LATER = Instant.parse("9000-01-01T00:00:00Z");
  private static final Instant EARLIER = Instant.parse("2000-01-01T00:00:00Z");

  private static StagedTransport staged(FarEnd end) {
    assertThat(end.transport()).isInstanceOf(StagedTransport.class);
    return (StagedTransport) end.transport();
  }

  private static String stage(FarEnd end, OutgoingMail mail) throws InterruptedException {
    Staged answer = staged(end).stage(mail);
    assertThat(answer).isInstanceOf(Staged.Ready.class);
    return ((Staged.Ready) answer).reference();
  }

  private static List<Draft> drafts(FarEnd end, OutgoingMail mail) throws InterruptedException {
    return staged(end).drafts(mail.sender(), LATER, 10);
  }

  /** What is staged, and what becomes of it. */
  @Nested
  class Drafts {
    @Test
    void stagingHandsNothingOver() throws Exception {
      try (FarEnd end = open()) {
        stage(end, TestMails.mail(1));
        assertThat(end.settled()).isEmpty();
      }
    }

    @Test
    void aStagedMailIsListedByItsReferenceAndKey() throws Exception {
      try (FarEnd end = open()) {
        OutgoingMail one = TestMails.mail(1);
        OutgoingMail two = TestMails.mail(2);
        String first = stage(end, one);
        String second = stage(end, two);
        assertThat(drafts(end, one))
            .containsExactly(
                new Draft(first, one.key().value()), new Draft(second, two.key().value()));
        assertThat(staged(end).drafts(one.sender(), LATER, 1))
            .containsExactly(new Draft(first, one.key().value()));
      }
    }

    @Test
    void oneThatWasStagedAfterTheInstantIsNotListed() throws Exception {
      try (FarEnd end = open()) {
        OutgoingMail mail = TestMails.mail(1);
        stage(end, mail);
        assertThat(staged(end).drafts(mail.sender(), EARLIER, 10)).isEmpty();
      }
    }

    @Test
    void oneOfAnotherMailboxIsNotListed() throws Exception {
      try (FarEnd end = open()) {
        Sender other = Sender.of(EmailAddress.of("other@acme.example"));
        stage(end, TestMails.from(other, 1));
        assertThat(drafts(end, TestMails.mail(2))).isEmpty();
      }
    }

    @Test
    void oneThatIsDiscardedIsGone() throws Exception {
      try (FarEnd end = open()) {
        OutgoingMail mail = TestMails.mail(1);
        String reference = stage(end, mail);
        staged(end).discard(mail.sender(), reference);
        assertThat(drafts(end, mail)).isEmpty();
        staged(end).discard(mail.sender(), reference);
        assertThat(end.settled()).isEmpty();
      }
    }

    @Test
    void oneThatIsSentIsTakenOnceAndGone() throws Exception {
      try (FarEnd end = open()) {
        OutgoingMail mail = TestMails.mail(1);
        OutgoingMail staged = mail.staged(stage(end, mail));
        SendResult sent = end.transport().send(staged, TestPermit.granting());
        assertThat(sent.outcome()).isEqualTo(Outcome.SENT);
        assertThat(drafts(end, mail)).isEmpty();
        Sending again = Sending.of(end.transport(), staged, TestPermit.granting());
        assertThat(again.outcome()).as(again.said()).isIn(Outcome.SENT, Outcome.IN_DOUBT);
        assertThat(end.settled()).hasSize(1);
      }
    }

    @Test
    void oneThatTheTransportWasNotPermittedToSendIsStillThere() throws Exception {
      try (FarEnd end = open()) {
        OutgoingMail mail = TestMails.mail(1);
        String reference = stage(end, mail);
        Sending sending =
            Sending.of(end.transport(), mail.staged(reference), TestPermit.refusing());
        assertThat(sending.outcome()).as(sending.said()).isEqualTo(Outcome.NOT_HANDED_OVER);
        assertThat(drafts(end, mail)).extracting(Draft::reference).containsExactly(reference);
        assertThat(end.settled()).isEmpty();
      }
    }
  }
}
