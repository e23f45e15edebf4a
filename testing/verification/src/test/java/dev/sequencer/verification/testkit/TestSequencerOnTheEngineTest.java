package dev.sequencer.verification.testkit;

import static dev.sequencer.tck.faults.Times.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerEvent.MailInDoubt;
import dev.sequencer.SequencerEvent.MailSent;
import dev.sequencer.SequencerOperations;
import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.spi.SendResult;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.StagedFakeTransport;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a test sees of the real engine. */
class TestSequencerOnTheEngineTest {
  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
  private static final Contact BO = Contact.of("bo@example.com");

  private static Sequence daily(int mails) {
    Sequence.Builder sequence = Sequence.named("daily");
    for (int i = 1; i <= mails; i++) {
      String step = "mail-" + i;
      sequence.email(step, mail -> mail.template(step));
      if (i < mails) {
        sequence.waitFor(Delay.days(1));
      }
    }
    return sequence.build();
  }

  @Test
  void everyMailOfAFortnightLeavesOnItsDayInOneAdvance() {
    try (TestSequencer sequencer = TestSequencer.builder().sequence(daily(15)).build()) {
      sequencer.enroll("daily", BO);
      sequencer.advance(Duration.ofDays(14));

      List<Instant> expected = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        expected.add(START.plus(Duration.ofDays(i)));
      }
      assertThat(sequencer.mails())
          .extracting(SentMail::leftAt)
          .containsExactlyElementsOf(expected);
      assertThat(sequencer.clock().instant()).isEqualTo(START.plus(Duration.ofDays(14)));
    }
  }

  @Test
  void aMailLeavesWhenTimeReachesItsInstantAndNotAMillisecondBefore() {
    try (TestSequencer sequencer = TestSequencer.builder().sequence(daily(2)).build()) {
      sequencer.enroll("daily", BO);
      sequencer.advance(Duration.ofDays(1).minusMillis(1));
      assertThat(sequencer.mails()).hasSize(1);
      sequencer.advance(Duration.ofMillis(1));
      assertThat(sequencer.mails()).hasSize(2);
    }
  }

  @Test
  void goesFromWakeUpToWakeUp() {
    try (TestSequencer sequencer = TestSequencer.builder().sequence(daily(2)).build()) {
      sequencer.enroll("daily", BO);
      assertThat(sequencer.advanceToNextWakeUp()).contains(START.plus(Duration.ofDays(1)));
      assertThat(sequencer.mails()).hasSize(2);
      assertThat(sequencer.advanceToNextWakeUp()).isEmpty();
    }
  }

  @Test
  void aMailTellsItsStepSequenceMailboxAndDelivery() {
    try (TestSequencer sequencer = TestSequencer.builder().sequence(daily(1)).build()) {
      sequencer.enroll("daily", BO);
      sequencer.runUntilIdle();

      SentMail mail = sequencer.mails().get(0);
      assertThat(mail.step()).isEqualTo("mail-1");
      assertThat(mail.sequence()).isEqualTo("daily");
      assertThat(mail.to()).isEqualTo("bo@example.com");
      assertThat(mail.mailbox()).isEqualTo("sender@example.com");
      assertThat(mail.subject()).isEqualTo("Subject of mail-1");
      assertThat(mail.text()).contains("Text of mail-1");
      assertThat(mail.delivery().orElseThrow().status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(mail.delivery().orElseThrow().leftAt()).contains(mail.leftAt());
      assertThat(sequencer.timeLine())
          .isEqualTo(
              "Mon 2026-06-01 08:00:00.000 UTC  mail-1  to bo@example.com from"
                  + " sender@example.com: Subject of mail-1");
      assertThat(sequencer.events(MailSent.class)).hasSize(1);
    }
  }

  @Test
  void localTimeIsThatOfTheContactElseTheSequenceElseTheEngine() {
    Sequence inBerlin =
        Sequence.named("berlin")
            .defaultZone("Europe/Berlin")
            .email("mail", mail -> mail.template("mail"))
            .build();
    try (TestSequencer sequencer =
        TestSequencer.builder()
            .zone("America/New_York")
            .sequence(daily(1))
            .sequence(inBerlin)
            .build()) {
      sequencer.enroll("berlin", Contact.of("a@example.com").zone("Asia/Tokyo"));
      sequencer.enroll("berlin", Contact.of("b@example.com"));
      sequencer.enroll("daily", Contact.of("c@example.com"));
      sequencer.runUntilIdle();

      assertThat(sequencer.mailsTo("a@example.com").get(0).local()).isEqualTo("2026-06-01T17:00");
      assertThat(sequencer.mailsTo("b@example.com").get(0).local()).isEqualTo("2026-06-01T10:00");
      assertThat(sequencer.mailsTo("c@example.com").get(0).local()).isEqualTo("2026-06-01T04:00");
    }
  }

  @Test
  void anAnswerOfAStepIsForThatStepOnly() {
    try (TestSequencer sequencer = TestSequencer.builder().sequence(daily(2)).build()) {
      sequencer.answerStep("mail-2", SendResult.deferred("451", "later"));
      sequencer.enroll("daily", BO);
      sequencer.advance(Duration.ofDays(2));

      assertThat(sequencer.mails())
          .extracting(SentMail::leftAt)
          .containsExactly(START, START.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(5)));
    }
  }

  @Test
  void mailboxesOfProductionSendThroughTheFake() {
    try (TestSequencer sequencer =
        TestSequencer.builder()
            .mailbox(Mailbox.of("ann@acme.example").via("smtp"))
            .sequence(daily(1))
            .build()) {
      sequencer.enroll("daily", BO);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails())
          .extracting(SentMail::mailbox)
          .containsExactly("ann@acme.example");
    }
  }

  @Test
  void mailsOfEveryTenantAreSeen() {
    try (TestSequencer sequencer =
        TestSequencer.builder().transportName(TestSequencerBuilder.FAKE).build()) {
      SequencerOperations acme = sequencer.tenant("acme");
      acme.mailboxes().save(Mailbox.of("ann@acme.example").via(TestSequencerBuilder.FAKE));
      acme.publish(daily(1));
      acme.enroll("daily", Contact.of("bo@example.com").zone("Asia/Tokyo"));
      sequencer.answerStep("mail-1", SendResult.deferred("451", "later"));
      sequencer.advance(Duration.ofHours(1));

      SentMail mail = sequencer.mails().get(0);
      assertThat(mail.tenant()).isEqualTo("acme");
      assertThat(mail.step()).isEqualTo("mail-1");
      assertThat(mail.local()).isEqualTo("2026-06-01T17:05:00");
    }
  }

  @Test
  void aRestartLosesNothingAndSendsNothingTwice() {
    try (TestSequencer sequencer = TestSequencer.builder().sequence(daily(4)).build()) {
      sequencer.enroll("daily", BO);
      for (int day = 0; day < 4; day++) {
        sequencer.runUntilIdle();
        if (day % 2 == 0) {
          sequencer.restart();
        } else {
          sequencer.crash();
        }
        sequencer.advance(Duration.ofDays(1));
      }
      assertThat(sequencer.mails())
          .extracting(SentMail::step)
          .containsExactly("mail-1", "mail-2", "mail-3", "mail-4");
    }
  }

  @Test
  void aCrashBeforeTheOutcomeIsWrittenLeavesOneMailInDoubt() {
    FaultyStore store = FaultyStore.around(InMemoryStore.create());
    try (TestSequencer sequencer =
        TestSequencer.builder().store(store).sequence(daily(2)).build()) {
      sequencer.enroll("daily", BO);
      store.crashBefore("complete", times(1));
      assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
      sequencer.crash();
      sequencer.advance(Duration.ofDays(7));

      assertThat(sequencer.mails()).hasSize(1);
      assertThat(sequencer.events(MailInDoubt.class)).hasSize(1);
      assertThat(sequencer.mails().get(0).delivery().orElseThrow().status())
          .isEqualTo(DeliveryStatus.IN_DOUBT);
    }
  }

  @Test
  void aLostAnswerOfTheStoreIsMadeUpFor() {
    FaultyStore store = FaultyStore.around(InMemoryStore.create());
    try (TestSequencer sequencer =
        TestSequencer.builder().store(store).sequence(daily(2)).build()) {
      sequencer.enroll("daily", BO);
      store.failAfter("complete", times(2));
      sequencer.advance(Duration.ofDays(2));

      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-1", "mail-2");
      assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
    }
  }

  @Test
  void aStagedTransportKeepsNoDraftOfASentMail() {
    StagedFakeTransport transport = StagedFakeTransport.create();
    try (TestSequencer sequencer =
        TestSequencer.builder().transport(transport).sequence(daily(2)).build()) {
      sequencer.enroll("daily", BO);
      transport.sends().onNext(SendResult.deferred("429", "later"));
      sequencer.advance(Duration.ofDays(2));

      assertThat(sequencer.mails()).hasSize(2);
      assertThat(transport.staged()).hasSize(2);
      assertThat(transport.drafts()).isEmpty();
    }
  }

  @Test
  void timeThatPassesDuringASendCounts() {
    try (TestSequencer sequencer = TestSequencer.builder().sequence(daily(2)).build()) {
      sequencer
          .transport()
          .onNext(
              FakeAnswer.accept().first(() -> sequencer.clock().advance(Duration.ofSeconds(30))));
      sequencer.enroll("daily", BO);
      sequencer.advance(Duration.ofDays(2));

      Instant left = START.plusSeconds(30);
      assertThat(sequencer.mails())
          .extracting(SentMail::leftAt)
          .containsExactly(left, left.plus(Duration.ofDays(1)));
    }
  }

  @Test
  void aHostsStartIsRefusedOnAManualClock() {
    try (TestSequencer sequencer = TestSequencer.create()) {
      assertThatThrownBy(sequencer::start).isInstanceOf(IllegalStateException.class);
    }
  }
}
