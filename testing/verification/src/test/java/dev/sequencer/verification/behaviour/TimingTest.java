package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.left;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Delays, pauses, overdue work, windows and end dates. */
class TimingTest {
  private static final Contact BO = Contact.of("bo@example.com");
  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  @TempDir Path folder;

  private static Sequence morning(Instant end) {
    Sequence.Builder sequence =
        Sequence.named("morning")
            .window(SendWindow.daily("07:02", "09:02"))
            .email("mail-1", mail -> mail.template("1"))
            .waitFor(Delay.minutes(30))
            .email("mail-2", mail -> mail.template("2"));
    return (end.equals(Instant.MAX) ? sequence : sequence.endsAt(end)).build();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("C4 after a pause of 21 days one overdue mail leaves, the next its full delay later")
  void longPause(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("four", 4, Delay.days(7))).build()) {
      sequencer.enroll("four", BO);
      sequencer.runUntilIdle();
      sequencer.sequences().pause("four", ACT);
      sequencer.advance(Duration.ofDays(28));
      assertThat(sequencer.mails()).hasSize(1);
      sequencer.sequences().resume("four", ACT);
      sequencer.advance(Duration.ofDays(14));

      Instant resumed = START.plus(Duration.ofDays(28));
      assertThat(left(sequencer.transport()))
          .containsExactly(
              START, resumed, resumed.plus(Duration.ofDays(7)), resumed.plus(Duration.ofDays(14)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("C4 after a downtime of 28 days one overdue mail leaves too")
  void longDowntime(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("four", 4, Delay.days(7))).build()) {
      sequencer.enroll("four", BO);
      sequencer.runUntilIdle();
      sequencer.clock().set(START.plus(Duration.ofDays(28)));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(2);
      sequencer.advance(Duration.ofDays(7).minusMillis(1));
      assertThat(sequencer.mails()).hasSize(2);
      sequencer.advance(Duration.ofMillis(1));
      assertThat(sequencer.mails()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("D1 delays of 0, 24, 24, 24 hours send at T, T+24, T+48, T+72")
  void delaysFollowEachOther(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("four", 4, Delay.hours(24))).build()) {
      sequencer.enroll("four", BO);
      sequencer.advance(Duration.ofDays(7));
      assertThat(left(sequencer.transport()))
          .containsExactly(
              START,
              START.plus(Duration.ofHours(24)),
              START.plus(Duration.ofHours(48)),
              START.plus(Duration.ofHours(72)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("D2 waits of 0, 3 and 7 days before their mails send on days 0, 3 and 10")
  void waitsComeBefore(Stores kept) {
    Sequence sequence =
        Sequence.named("three")
            .waitFor(Delay.days(0))
            .email("mail-1", mail -> mail.template("1"))
            .waitFor(Delay.days(3))
            .email("mail-2", mail -> mail.template("2"))
            .waitFor(Delay.days(7))
            .email("mail-3", mail -> mail.template("3"))
            .build();
    try (TestSequencer sequencer = kept.engine(folder).sequence(sequence).build()) {
      sequencer.enroll("three", BO);
      sequencer.advance(Duration.ofDays(14));
      assertThat(left(sequencer.transport()))
          .containsExactly(START, START.plus(Duration.ofDays(3)), START.plus(Duration.ofDays(10)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "delays that count from the enrollment keep their distances after a mail that was late")
  void delaysFromEnrollment(Stores kept) {
    Sequence sequence =
        Sequence.named("three")
            .email("mail-1", mail -> mail.template("1"))
            .waitFor(Delay.days(3).sinceEnrollment())
            .email("mail-2", mail -> mail.template("2"))
            .waitFor(Delay.days(7).sinceEnrollment())
            .email("mail-3", mail -> mail.template("3"))
            .build();
    try (TestSequencer sequencer = kept.engine(folder).sequence(sequence).build()) {
      sequencer.enroll("three", BO);
      sequencer.runUntilIdle();
      sequencer.clock().set(START.plus(Duration.ofDays(5)));
      sequencer.advance(Duration.ofDays(14));
      sequencer.enroll("three", Contact.of("punctual@example.com"));
      sequencer.advance(Duration.ofDays(14));
      assertThat(sequencer.mailsTo("punctual@example.com"))
          .extracting(SentMail::leftAt)
          .containsExactly(
              START.plus(Duration.ofDays(19)),
              START.plus(Duration.ofDays(22)),
              START.plus(Duration.ofDays(26)));
      assertThat(sequencer.mailsTo("bo@example.com"))
          .extracting(SentMail::leftAt)
          .containsExactly(START, START.plus(Duration.ofDays(5)), START.plus(Duration.ofDays(9)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("D5 an overdue mail asks the window of now: at 10:02 nothing, at 07:02 it leaves")
  void overdueOutsideTheWindow(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .startingAt("2026-06-01T08:02:00Z")
            .sequence(morning(Instant.MAX))
            .build()) {
      sequencer.enroll("morning", BO);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(1);
      sequencer.clock().set(Instant.parse("2026-06-01T10:02:00Z"));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(sequencer.advanceToNextWakeUp()).contains(Instant.parse("2026-06-02T07:02:00Z"));
      assertThat(sequencer.mails()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "D5 C8 S8 past its end date nothing leaves: it waits, says so, and an extension revives it")
  void pastTheEndDate(Stores kept) {
    Instant end = Instant.parse("2026-06-02T00:00:00Z");
    try (TestSequencer sequencer = kept.engine(folder).startingAt("2026-06-01T08:50:00Z").build()) {
      sequencer.publish(morning(end));
      sequencer.enroll("morning", BO);
      sequencer.advance(Duration.ofDays(7));
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.ACTIVE);
      assertThat(only(sequencer).state().reason()).contains("past the end date");

      int version = sequencer.sequences().find("morning").orElseThrow().version();
      sequencer.publish(morning(Instant.parse("2026-07-01T00:00:00Z")));
      assertThat(sequencer.sequences().find("morning").orElseThrow().version()).isEqualTo(version);
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mails()).hasSize(2);
      assertThat(sequencer.mails().get(1).local().toLocalTime())
          .isBetween(LocalTime.of(7, 2), LocalTime.of(9, 2));
      assertThat(only(sequencer).state().ending()).contains(Ending.COMPLETED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S8 a sequence that is archived past its end date ends what waits")
  void archivedPastTheEndDate(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).startingAt("2026-06-01T08:50:00Z").build()) {
      sequencer.publish(morning(Instant.parse("2026-06-02T00:00:00Z")));
      sequencer.enroll("morning", BO);
      sequencer.advance(Duration.ofDays(7));
      sequencer.sequences().archive("morning", ACT);
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("E12 the window is read in the contact's zone: 09-17 in Auckland")
  void windowOfTheContact(Stores kept) {
    Sequence sequence =
        Sequence.named("office")
            .window(SendWindow.daily("09:00", "17:00"))
            .email("mail-1", mail -> mail.template("1"))
            .waitFor(Delay.hours(9))
            .email("mail-2", mail -> mail.template("2"))
            .build();
    try (TestSequencer sequencer = kept.engine(folder).sequence(sequence).build()) {
      sequencer.enroll("office", BO.zone("Pacific/Auckland"));
      sequencer.advance(Duration.ofDays(3));
      assertThat(sequencer.mails())
          .extracting(SentMail::local)
          .containsExactly(
              LocalDateTime.parse("2026-06-02T09:00"), LocalDateTime.parse("2026-06-03T09:00"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "E16 what is due inside the window leaves at once, at its opening too, not at its closing")
  void dueInsideTheWindow(Stores kept) {
    Sequence sequence =
        Sequence.named("office")
            .window(SendWindow.daily("09:00", "17:00"))
            .email("mail-1", mail -> mail.template("1"))
            .build();
    for (String now : new String[] {"09:00:00", "12:34:56", "16:59:59"}) {
      try (TestSequencer sequencer =
          kept.engine(folder).startingAt("2026-06-01T" + now + "Z").sequence(sequence).build()) {
        sequencer.enroll("office", BO);
        sequencer.runUntilIdle();
        assertThat(sequencer.mails()).as(now).hasSize(1);
      }
    }
    try (TestSequencer sequencer =
        kept.engine(folder).startingAt("2026-06-01T17:00:00Z").sequence(sequence).build()) {
      sequencer.enroll("office", BO);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).isEmpty();
      sequencer.advanceTo("2026-06-02T09:00:00Z");
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("API task 10: Tue 2 June 09:00, Wed 3 June 09:00 and Mon 8 June 09:30, all Tokyo")
  void twoWeeksInATest(Stores kept) {
    Sequence sequence =
        Sequence.named("onboarding")
            .window(SendWindow.weekdays("09:00", "17:00"))
            .defaultZone("Europe/Berlin")
            .email("welcome", mail -> mail.template("welcome"))
            .waitFor(Delay.days(1))
            .email("reminder", mail -> mail.template("reminder").inThread())
            .waitFor(Delay.days(3).at("09:30"))
            .email("follow-up", mail -> mail.template("follow-up").inThread())
            .build();
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      sequencer.publish(sequence);
      sequencer.enroll("onboarding", BO.zone("Asia/Tokyo"));
      sequencer.advance(Duration.ofDays(14));
      assertThat(sequencer.mails())
          .extracting(SentMail::local)
          .containsExactly(
              LocalDateTime.parse("2026-06-02T09:00"),
              LocalDateTime.parse("2026-06-03T09:00"),
              LocalDateTime.parse("2026-06-08T09:30"));
    }
  }
}
