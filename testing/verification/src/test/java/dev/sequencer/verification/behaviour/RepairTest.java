package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.kinds;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.WhenMailboxGone;
import dev.sequencer.spi.SendResult;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is held, failed or stands at a mailbox that is gone can be made to go on. */
class RepairTest {
  private static final Contact BO = Contact.of("bo@example.com");
  private static final String A = "a@acme.example";
  private static final String B = "b@acme.example";

  @TempDir Path folder;

  private static Mailbox mailbox(String address) {
    return Mailbox.of(address).via(TestSequencerBuilder.FAKE);
  }

  /** Bound to A by its first mail, held since A was removed. */
  private TestSequencer heldWithoutMailbox(Stores kept) {
    Sequence sequence =
        Sequence.named("three")
            .pool(A, B)
            .email("mail-1", mail -> mail.template("1"))
            .waitFor(Delay.hours(1))
            .email("mail-2", mail -> mail.template("2"))
            .waitFor(Delay.hours(1))
            .email("mail-3", mail -> mail.template("3"))
            .build();
    TestSequencer sequencer =
        kept.engine(folder).mailbox(mailbox(A)).mailbox(mailbox(B)).sequence(sequence).build();
    sequencer.enroll("three", BO);
    sequencer.runUntilIdle();
    String bound = sequencer.mails().get(0).mailbox();
    sequencer.mailboxes().remove(bound, WhenMailboxGone.HOLD, ACT);
    sequencer.advance(Duration.ofHours(2));
    assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.HELD);
    return sequencer;
  }

  private static EnrollmentId id(TestSequencer sequencer) {
    return only(sequencer).id();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F8 a held run whose mailbox is gone is skipped on, from another mailbox")
  void skipped(Stores kept) {
    try (TestSequencer sequencer = heldWithoutMailbox(kept)) {
      assertThat(sequencer.enrollments().skip(id(sequencer), ACT).done()).isTrue();
      sequencer.advance(Duration.ofHours(3));
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-1", "mail-3");
      assertThat(only(sequencer).state().ending()).contains(Ending.COMPLETED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F8 a held run whose mailbox is gone is moved on, from another mailbox")
  void moved(Stores kept) {
    try (TestSequencer sequencer = heldWithoutMailbox(kept)) {
      assertThat(sequencer.enrollments().move(id(sequencer), "mail-3", ACT).done()).isTrue();
      sequencer.advance(Duration.ofHours(3));
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-1", "mail-3");
      assertThat(only(sequencer).state().ending()).contains(Ending.COMPLETED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F8 a run that was failed with its mailbox is retried from another mailbox")
  void retried(Stores kept) {
    Sequence sequence =
        Sequence.named("two")
            .pool(A, B)
            .email("mail-1", mail -> mail.template("1"))
            .waitFor(Delay.hours(1))
            .email("mail-2", mail -> mail.template("2"))
            .build();
    try (TestSequencer sequencer =
        kept.engine(folder).mailbox(mailbox(A)).mailbox(mailbox(B)).sequence(sequence).build()) {
      sequencer.enroll("two", BO);
      sequencer.runUntilIdle();
      sequencer.mailboxes().remove(sequencer.mails().get(0).mailbox(), WhenMailboxGone.FAIL, ACT);
      assertThat(only(sequencer).state().ending()).contains(Ending.FAILED);
      assertThat(sequencer.enrollments().retry(id(sequencer), ACT).done()).isTrue();
      sequencer.advance(Duration.ofHours(3));
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-1", "mail-2");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F8 a paused run whose mailbox was removed goes on from another one when resumed")
  void pausedMeanwhile(Stores kept) {
    Sequence sequence =
        Sequence.named("two")
            .pool(A, B)
            .email("mail-1", mail -> mail.template("1"))
            .waitFor(Delay.hours(1))
            .email("mail-2", mail -> mail.template("2"))
            .build();
    try (TestSequencer sequencer =
        kept.engine(folder).mailbox(mailbox(A)).mailbox(mailbox(B)).sequence(sequence).build()) {
      sequencer.enroll("two", BO);
      sequencer.runUntilIdle();
      sequencer.enrollments().pause(id(sequencer), ACT);
      sequencer.mailboxes().remove(sequencer.mails().get(0).mailbox(), WhenMailboxGone.HOLD, ACT);
      assertThat(sequencer.enrollments().resume(id(sequencer), ACT).done()).isTrue();
      sequencer.advance(Duration.ofHours(2));
      if (only(sequencer).status() == EnrollmentStatus.HELD) {
        sequencer.enrollments().resume(id(sequencer), ACT);
        sequencer.advance(Duration.ofHours(2));
      }
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-1", "mail-2");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L9 a mailbox that is saved again takes new runs, and those resumed")
  void savedAgain(Stores kept) {
    try (TestSequencer sequencer = heldWithoutMailbox(kept)) {
      sequencer.mailboxes().save(mailbox(A));
      sequencer.mailboxes().save(mailbox(B));
      assertThat(sequencer.mailboxes().list()).hasSize(2);
      sequencer.enrollments().resume(id(sequencer), ACT);
      sequencer.advance(Duration.ofHours(5));
      assertThat(sequencer.mails()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a run that somebody holds is skipped on: that was the decision")
  void heldAndSkipped(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.hours(1))).build()) {
      sequencer.enroll("two", BO);
      sequencer.enrollments().hold(id(sequencer), ACT);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).isEmpty();
      assertThat(sequencer.enrollments().skip(id(sequencer), ACT).done()).isTrue();
      sequencer.advance(Duration.ofHours(2));
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-2");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a paused run that is skipped stays paused, one step further")
  void pausedAndSkipped(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.hours(1))).build()) {
      sequencer.enroll("two", BO);
      sequencer.enrollments().pause(id(sequencer), ACT);
      assertThat(sequencer.enrollments().skip(id(sequencer), ACT).done()).isTrue();
      sequencer.advance(Duration.ofHours(5));
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.PAUSED);
      assertThat(sequencer.mails()).isEmpty();
      sequencer.enrollments().resume(id(sequencer), ACT);
      sequencer.advance(Duration.ofHours(5));
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-2");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the last step skipped completes the run; skipping again is refused")
  void lastSkipped(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.hours(1))).build()) {
      sequencer.enroll("two", BO);
      sequencer.runUntilIdle();
      sequencer.enrollments().skip(id(sequencer), ACT);
      sequencer.runUntilIdle();
      assertThat(only(sequencer).state().ending()).contains(Ending.COMPLETED);
      assertThat(sequencer.enrollments().skip(id(sequencer), ACT).outcome())
          .isEqualTo(Outcome.REFUSED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a skip that is repeated before the run went on changes nothing and says so")
  void skippedTwice(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("three", 3, Delay.hours(1))).build()) {
      sequencer.enroll("three", BO);
      sequencer.enrollments().skip(id(sequencer), ACT);
      ActResult second = sequencer.enrollments().skip(id(sequencer), ACT);
      sequencer.advance(Duration.ofHours(5));
      assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(sequencer.mails()).hasSize(2);
      assertThat(kinds(sequencer, id(sequencer)).stream().filter("skipped"::equals)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a failed run is retried as often as one likes, cancelled or completed it is not")
  void retriedAgain(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.hours(1))).build()) {
      SendResult no = SendResult.refusedMessage("554", "no");
      sequencer.transport().onNext(no, no, no);
      sequencer.enroll("two", BO);
      for (int i = 0; i < 3; i++) {
        sequencer.runUntilIdle();
        assertThat(only(sequencer).state().ending()).contains(Ending.FAILED);
        assertThat(sequencer.enrollments().retry(id(sequencer), ACT).done()).isTrue();
      }
      sequencer.advance(Duration.ofHours(2));
      assertThat(sequencer.mails()).hasSize(2);
      assertThat(sequencer.enrollments().retry(id(sequencer), ACT).outcome())
          .isEqualTo(Outcome.REFUSED);
      assertThat(sequencer.transport().attempted()).extracting(m -> m.messageId()).hasSize(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("run now, then pause and resume, loses nothing and sends once")
  void runNowPausedResumed(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.days(9))).build()) {
      sequencer.enroll("two", BO);
      sequencer.runUntilIdle();
      assertThat(sequencer.enrollments().runNow(id(sequencer), ACT).done()).isTrue();
      sequencer.enrollments().pause(id(sequencer), ACT);
      sequencer.advance(Duration.ofHours(1));
      assertThat(sequencer.mails()).hasSize(1);
      sequencer.enrollments().resume(id(sequencer), ACT);
      sequencer.advance(Duration.ofDays(10));
      assertThat(sequencer.mails()).hasSize(2);
      assertThat(sequencer.mails().get(1).leftAt()).isEqualTo("2026-06-01T09:00:00Z");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F7 a run that was held and goes on keeps its mailbox")
  void heldKeepsItsMailbox(Stores kept) {
    Sequence.Builder sequence = Sequence.named("nine").pool(A, B);
    for (int i = 1; i <= 9; i++) {
      String step = "mail-" + i;
      sequence.email(step, mail -> mail.template(step)).waitFor(Delay.hours(1));
    }
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(mailbox(A))
            .mailbox(mailbox(B))
            .sequence(sequence.build())
            .build()) {
      sequencer.enroll("nine", BO);
      for (int i = 1; i <= 9; i++) {
        sequencer.advance(Duration.ofMinutes(30));
        sequencer.enrollments().hold(id(sequencer), ACT);
        sequencer.enrollments().resume(id(sequencer), ACT);
        sequencer.advance(Duration.ofMinutes(30));
      }
      assertThat(sequencer.mails()).hasSize(9);
      assertThat(sequencer.mails().stream().map(SentMail::mailbox).distinct()).hasSize(1);
    }
  }
}
