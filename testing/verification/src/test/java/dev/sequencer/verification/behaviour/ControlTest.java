package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.deliveries;
import static dev.sequencer.verification.behaviour.Scenes.left;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.ActResult;
import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryId;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.HistoryEntry;
import dev.sequencer.Mailbox;
import dev.sequencer.Pace;
import dev.sequencer.Retry;
import dev.sequencer.Send;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.spi.SendResult;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people do: single mails, pauses, skips, moves, retries, paces. */
class ControlTest {
  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
  private static final Contact BO = Contact.of("bo@example.com").id("bo");

  @TempDir Path folder;

  private TestSequencer threeDaily(Stores kept) {
    TestSequencer sequencer =
        kept.engine(folder).sequence(steps("three", 3, Delay.days(1))).build();
    sequencer.enroll("three", BO);
    sequencer.runUntilIdle();
    return sequencer;
  }

  private static HistoryEntry last(TestSequencer sequencer, String kind) {
    List<HistoryEntry> history = sequencer.enrollments().history(only(sequencer).id());
    return history.stream()
        .filter(entry -> entry.kind().equals(kind))
        .reduce((one, two) -> two)
        .orElseThrow(() -> new AssertionError("no " + kind + " in " + history));
  }

  private static void whoAndWhy(TestSequencer sequencer, String kind) {
    assertThat(last(sequencer, kind).detail())
        .containsEntry("who", "ada")
        .containsEntry("why", "because");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("API task 4: one mail later, at a local time, once by its key, from a named mailbox")
  void oneMailLater(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(Mailbox.of("ann@acme.example").via(TestSequencerBuilder.FAKE))
            .mailbox(Mailbox.of("ben@acme.example").via(TestSequencerBuilder.FAKE))
            .build()) {
      Send send =
          Send.to(BO.zone("Asia/Tokyo"))
              .mail(mail -> mail.template("trial-ends").transactional())
              .at(LocalDateTime.parse("2026-06-05T10:00"))
              .mailbox("ann@acme.example")
              .key("trial-ends:user-42");
      DeliveryId first = sequencer.send(send);
      assertThat(sequencer.send(send)).isEqualTo(first);
      sequencer.advance(Duration.ofDays(7));

      assertThat(sequencer.mails()).hasSize(1);
      assertThat(sequencer.mails().get(0).local()).isEqualTo("2026-06-05T10:00");
      assertThat(sequencer.mails().get(0).mailbox()).isEqualTo("ann@acme.example");
      assertThat(sequencer.send(send)).isEqualTo(first);
      assertThat(sequencer.deliveries().cancel(first).outcome())
          .isEqualTo(ActResult.Outcome.TOO_LATE);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "S23 a single mail is cancelled until begin: cancelled, again unchanged, then too late")
  void cancelUntilBegin(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      Send send =
          Send.to(BO).mail(m -> m.subject("x").text("x")).at(START.plus(Duration.ofDays(1)));
      DeliveryId id = sequencer.send(send.key("a"));
      assertThat(sequencer.deliveries().cancel(id, ACT).outcome())
          .isEqualTo(ActResult.Outcome.DONE);
      assertThat(sequencer.deliveries().cancel(id, ACT).outcome())
          .isEqualTo(ActResult.Outcome.UNCHANGED);
      DeliveryId sending = sequencer.send(send.key("b"));
      List<ActResult> during = new ArrayList<>();
      sequencer
          .transport()
          .onNext(
              FakeAnswer.accept()
                  .first(() -> during.add(sequencer.deliveries().cancel(sending, ACT))));
      sequencer.advance(Duration.ofDays(2));
      assertThat(during).extracting(ActResult::outcome).containsExactly(ActResult.Outcome.TOO_LATE);
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(deliveries(sequencer))
          .extracting(DeliveryView::status)
          .containsExactly(DeliveryStatus.SKIPPED, DeliveryStatus.SENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a paused enrollment waits; resumed, its overdue mail leaves at once")
  void pauseAndResume(Stores kept) {
    try (TestSequencer sequencer = threeDaily(kept)) {
      EnrollmentId id = only(sequencer).id();
      assertThat(sequencer.enrollments().pause(id, ACT).done()).isTrue();
      assertThat(sequencer.enrollments().pause(id, ACT).outcome())
          .isEqualTo(ActResult.Outcome.UNCHANGED);
      sequencer.advance(Duration.ofDays(10));
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(sequencer.enrollments().resume(id, ACT).done()).isTrue();
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(2);
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mails()).hasSize(3);
      whoAndWhy(sequencer, "paused");
      whoAndWhy(sequencer, "resumed");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("cancel, complete and hold end or hold a run, and say who and why")
  void endings(Stores kept) {
    try (TestSequencer sequencer = threeDaily(kept)) {
      sequencer.enrollments().cancel(only(sequencer).id(), ACT);
      sequencer.advance(Duration.ofDays(10));
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(only(sequencer).state().ending()).contains(Ending.CANCELLED);
      whoAndWhy(sequencer, "cancelled");
    }
    try (TestSequencer sequencer = threeDaily(kept)) {
      sequencer.enrollments().complete(only(sequencer).id(), ACT);
      sequencer.advance(Duration.ofDays(10));
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(only(sequencer).state().ending()).contains(Ending.COMPLETED);
      whoAndWhy(sequencer, "completed");
    }
    try (TestSequencer sequencer = threeDaily(kept)) {
      EnrollmentId id = only(sequencer).id();
      sequencer.enrollments().hold(id, ACT);
      sequencer.advance(Duration.ofDays(10));
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.HELD);
      whoAndWhy(sequencer, "held");
      sequencer.enrollments().resume(id, ACT);
      sequencer.advance(Duration.ofDays(10));
      assertThat(sequencer.mails()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a skipped step leaves no mail; the next delay counts from the skip")
  void skip(Stores kept) {
    try (TestSequencer sequencer = threeDaily(kept)) {
      sequencer.advance(Duration.ofHours(6));
      assertThat(sequencer.enrollments().skip(only(sequencer).id(), ACT).done()).isTrue();
      sequencer.advance(Duration.ofDays(10));
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-1", "mail-3");
      assertThat(left(sequencer.transport()))
          .containsExactly(START, START.plus(Duration.ofHours(30)));
      assertThat(deliveries(sequencer))
          .extracting(DeliveryView::status)
          .containsExactly(DeliveryStatus.SENT, DeliveryStatus.SKIPPED, DeliveryStatus.SENT);
      whoAndWhy(sequencer, "skipped");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("run now sends the waiting step at once, and only inside its window")
  void runNow(Stores kept) {
    try (TestSequencer sequencer = threeDaily(kept)) {
      assertThat(sequencer.enrollments().runNow(only(sequencer).id(), ACT).done()).isTrue();
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(2);
      whoAndWhy(sequencer, "run-now");
    }
    Sequence office =
        Sequence.named("office")
            .window(SendWindow.daily("09:00", "17:00"))
            .waitFor(Delay.days(3))
            .email("mail-1", mail -> mail.template("1"))
            .build();
    try (TestSequencer sequencer = kept.engine(folder).sequence(office).build()) {
      sequencer.enroll("office", BO);
      sequencer.runUntilIdle();
      sequencer.enrollments().runNow(only(sequencer).id(), ACT);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).isEmpty();
      sequencer.advance(Duration.ofHours(1));
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a move goes to a step without outcome, due now; to a sent one it is refused")
  void move(Stores kept) {
    try (TestSequencer sequencer = threeDaily(kept)) {
      EnrollmentId id = only(sequencer).id();
      assertThat(sequencer.enrollments().move(id, "mail-1", ACT).outcome())
          .isEqualTo(ActResult.Outcome.REFUSED);
      ActResult unknown = sequencer.enrollments().move(id, "mail-33", ACT);
      assertThat(unknown.outcome()).isEqualTo(ActResult.Outcome.REFUSED);
      assertThat(unknown.message()).contains("did you mean 'mail-3'");
      assertThat(sequencer.enrollments().move(id, "mail-3", ACT).done()).isTrue();
      sequencer.advance(Duration.ofDays(10));
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-1", "mail-3");
      assertThat(only(sequencer).state().ending()).contains(Ending.COMPLETED);
      whoAndWhy(sequencer, "moved");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("acts on an ended run are refused and change nothing")
  void actsOnAnEndedRun(Stores kept) {
    try (TestSequencer sequencer = threeDaily(kept)) {
      sequencer.advance(Duration.ofDays(10));
      EnrollmentId id = only(sequencer).id();
      int history = sequencer.enrollments().history(id).size();
      List<BiFunction<TestSequencer, EnrollmentId, ActResult>> acts =
          List.of(
              (s, e) -> s.enrollments().pause(e, ACT),
              (s, e) -> s.enrollments().resume(e, ACT),
              (s, e) -> s.enrollments().cancel(e, ACT),
              (s, e) -> s.enrollments().complete(e, ACT),
              (s, e) -> s.enrollments().hold(e, ACT),
              (s, e) -> s.enrollments().skip(e, ACT),
              (s, e) -> s.enrollments().retry(e, ACT),
              (s, e) -> s.enrollments().move(e, "mail-2", ACT),
              (s, e) -> s.enrollments().runNow(e, ACT));
      for (BiFunction<TestSequencer, EnrollmentId, ActResult> act : acts) {
        assertThat(act.apply(sequencer, id).done()).isFalse();
      }
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mails()).hasSize(3);
      assertThat(sequencer.enrollments().history(id)).hasSize(history);
      assertThat(sequencer.enrollments().cancel(new EnrollmentId(999_999), ACT).outcome())
          .isEqualTo(ActResult.Outcome.NOT_FOUND);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "K15 pauses of sequence, mailbox, tenant and everything stop mail and say what flies")
  void fourPauses(Stores kept) {
    List<BiFunction<TestSequencer, Boolean, ActResult>> switches =
        List.of(
            (s, on) -> on ? s.sequences().pause("one", ACT) : s.sequences().resume("one", ACT),
            (s, on) ->
                on
                    ? s.mailboxes().pause("sender@example.com", ACT)
                    : s.mailboxes().resume("sender@example.com", ACT),
            (s, on) -> on ? s.pause(ACT) : s.resume(ACT),
            (s, on) -> on ? s.pauseEverything(ACT) : s.resumeEverything(ACT));
    for (BiFunction<TestSequencer, Boolean, ActResult> turn : switches) {
      try (TestSequencer sequencer =
          kept.engine(folder).sequence(steps("one", 2, Delay.hours(1))).build()) {
        List<ActResult> during = new ArrayList<>();
        sequencer
            .transport()
            .onNext(FakeAnswer.accept().first(() -> during.add(turn.apply(sequencer, true))));
        sequencer.enroll("one", BO);
        sequencer.advance(Duration.ofDays(1));
        assertThat(during).hasSize(1);
        assertThat(during.get(0).inFlight()).isEqualTo(1);
        assertThat(sequencer.mails()).hasSize(1);
        assertThat(turn.apply(sequencer, true).outcome()).isEqualTo(ActResult.Outcome.UNCHANGED);
        assertThat(turn.apply(sequencer, false).done()).isTrue();
        sequencer.runUntilIdle();
        assertThat(sequencer.mails()).hasSize(2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a sequence's own pace spaces its mails over all mailboxes and leaves others alone")
  void paceOfASequence(Stores kept) {
    Sequence paced =
        Sequence.named("paced")
            .pace(Pace.every(Duration.ofMinutes(10)))
            .email("mail", mail -> mail.template("m"))
            .build();
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(Mailbox.of("a@acme.example").via(TestSequencerBuilder.FAKE))
            .mailbox(Mailbox.of("b@acme.example").via(TestSequencerBuilder.FAKE))
            .sequence(paced)
            .sequence(steps("free", 1, Delay.none()))
            .build()) {
      for (int i = 0; i < 4; i++) {
        sequencer.enroll("paced", Contact.of("p" + i + "@example.com"));
        sequencer.enroll("free", Contact.of("p" + i + "@example.com"));
      }
      sequencer.advance(Duration.ofHours(2));
      assertThat(sequencer.mails())
          .filteredOn(mail -> mail.sequence().equals("free"))
          .extracting(SentMail::leftAt)
          .containsExactly(START, START, START, START);
      assertThat(sequencer.mails())
          .filteredOn(mail -> mail.sequence().equals("paced"))
          .extracting(SentMail::leftAt)
          .containsExactly(
              START, START.plusSeconds(600), START.plusSeconds(1200), START.plusSeconds(1800));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("R4.6 S16 deferred mails are tried after 5, 15 and 30 minutes under one Message-ID")
  void standardRetries(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("one", 1, Delay.none())).build()) {
      sequencer.transport().always(FakeAnswer.of(SendResult.deferred("451", "greylisted")));
      sequencer.enroll("one", BO);
      List<Instant> tries = new ArrayList<>();
      sequencer
          .transport()
          .always(
              FakeAnswer.of(SendResult.deferred("451", "greylisted"))
                  .first(() -> tries.add(sequencer.clock().instant())));
      sequencer.advance(Duration.ofDays(2));
      assertThat(tries)
          .containsExactly(
              START,
              START.plus(Duration.ofMinutes(5)),
              START.plus(Duration.ofMinutes(20)),
              START.plus(Duration.ofMinutes(50)));
      assertThat(sequencer.transport().attempted().stream().map(m -> m.messageId()).distinct())
          .hasSize(1);
      assertThat(only(sequencer).state().ending()).contains(Ending.FAILED);
      assertThat(deliveries(sequencer).get(0).reason()).contains("451");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a retry policy of one's own is followed; never means the first deferral fails")
  void otherRetries(Stores kept) {
    for (Retry retry : List.of(Retry.never(), Retry.of(Duration.ofMinutes(1)), Retry.patient())) {
      Sequence sequence =
          Sequence.named("one").retry(retry).email("mail", mail -> mail.template("m")).build();
      try (TestSequencer sequencer = kept.engine(folder).sequence(sequence).build()) {
        sequencer.transport().always(FakeAnswer.of(SendResult.deferred("451", "later")));
        sequencer.enroll("one", BO);
        sequencer.advance(Duration.ofDays(5));
        assertThat(sequencer.transport().attempted()).hasSize(retry.pauses().size() + 1);
        assertThat(only(sequencer).state().ending()).contains(Ending.FAILED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a single mail without a mail, or from an unknown mailbox, is refused at the call")
  void badSends(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      assertThatThrownBy(() -> sequencer.send(Send.to(BO)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () ->
                  sequencer.send(
                      Send.to(BO).mail(m -> m.subject("x").text("x")).mailbox("no@acme.example")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no@acme.example");
    }
  }
}
