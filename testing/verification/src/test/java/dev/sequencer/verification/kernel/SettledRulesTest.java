package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryId;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.Mailbox;
import dev.sequencer.Send;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.spi.SendResult;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was open between the rules and is settled, through the engine. */
class SettledRulesTest extends Scenario {
  private static final Act ACT = Act.because("a test");
  private static final SendWindow NINE_TO_FIVE = SendWindow.weekdays("09:00", "17:00");

  private static Sequence windowed(String name, SendWindow window) {
    return Sequence.named(name)
        .window(window)
        .email("first", mail -> mail.subject("1").text("1"))
        .build();
  }

  private static Contact in(String zone, String address) {
    return Contact.of(address).zone(zone);
  }

  private static Instant june(int day, String time) {
    return Instant.parse(String.format("2026-06-%02dT%s:00Z", day, time));
  }

  private List<Instant> left() {
    return transport.accepted().stream().map(mail -> mail.at()).toList();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S1 hours not given are the union of the windows of the active sequences")
  void hoursFromWindows(Kept kept) {
    Mailbox evenly = mailbox().zone("UTC").perDay(4).evenly();
    Sequence morning = windowed("morning", SendWindow.weekdays("09:00", "11:00"));
    TestSequencer sequencer = start(store(kept), evenly, morning);
    for (int i = 0; i < 8; i++) {
      enroll(sequencer, morning, "c" + i + "@example.com");
    }
    sequencer.advanceTo(june(1, "23:00"));
    assertThat(left())
        .containsExactly(june(1, "09:00"), june(1, "09:30"), june(1, "10:00"), june(1, "10:30"));
    // With another window the day has four hours, so the slots lie an hour apart.
    sequencer.publish(windowed("noon", SendWindow.weekdays("11:00", "13:00")));
    sequencer.advanceTo(june(2, "23:00"));
    assertThat(left().subList(4, 6)).containsExactly(june(2, "09:00"), june(2, "10:00"));
    sequencer.sequences().archive("noon", ACT);
    sequencer.advanceTo(june(3, "23:00"));
    assertThat(left().subList(6, 8)).containsExactly(june(3, "09:00"), june(3, "09:30"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "S2 contacts in Tokyo use the one hour that both share, and stand first in it by due")
  void agedToTheFront(Kept kept) {
    Mailbox berlin = mailbox().zone("Europe/Berlin").perDay(8).hours(NINE_TO_FIVE).evenly();
    Sequence both = windowed("both", NINE_TO_FIVE);
    TestSequencer sequencer = start(store(kept), berlin, both);
    sequencer.enroll("both", in("Asia/Tokyo", "t0@example.com"));
    sequencer.enroll("both", in("Asia/Tokyo", "t1@example.com"));
    for (int i = 0; i < 20; i++) {
      sequencer.enroll("both", in("Europe/Berlin", "b" + i + "@example.com"));
    }
    sequencer.advanceTo(june(3, "23:00"));
    // 09:00 in Berlin is 16:00 in Tokyo; the slot an hour later is 17:00, closed.
    assertThat(
            transport.accepted().stream()
                .filter(mail -> mail.mail().to().address().startsWith("t"))
                .map(mail -> mail.at()))
        .containsExactly(june(2, "07:00"), june(3, "07:00"));
    assertThat(left()).hasSize(22);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S4 S5 due is fixed by delay and send time; on a later date it leaves at that time")
  void dueIsNotRewritten(Kept kept) {
    Sequence daily =
        Sequence.named("daily")
            .window(NINE_TO_FIVE)
            .email("first", mail -> mail.subject("1").text("1"))
            .waitFor(Delay.days(1).at("09:30"))
            .email("second", mail -> mail.subject("2").text("2"))
            .build();
    TestSequencer sequencer = start(store(kept), daily);
    EnrollmentId enrollment = enroll(sequencer, daily, "bo@example.com");
    sequencer.advanceTo(june(1, "09:00"));
    assertThat(left()).containsExactly(june(1, "09:00"));
    assertThat(view(sequencer, enrollment).state().due()).contains(june(2, "09:30"));
    sequencer.mailboxes().pause(MAILBOX, ACT);
    sequencer.advanceTo(june(4, "18:00"));
    assertThat(view(sequencer, enrollment).state().due()).contains(june(2, "09:30"));
    sequencer.mailboxes().resume(MAILBOX, ACT);
    sequencer.advanceTo(june(5, "23:00"));
    assertThat(left()).containsExactly(june(1, "09:00"), june(5, "09:30"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S7 a hard bounce ends the run as stopped; another failure as failed, to be retried")
  void whatAFailureDoes(Kept kept) {
    TestSequencer sequencer = start(store(kept), TWO);
    transport.answer("gone@example.com", SendResult.refusedRecipient("550", "unknown"));
    transport.answer("big@example.com", SendResult.refusedMessage("552", "too big"));
    EnrollmentId gone = enroll(sequencer, TWO, "gone@example.com");
    EnrollmentId big = enroll(sequencer, TWO, "big@example.com");
    sequencer.advance(Duration.ofDays(2));
    assertThat(transport.accepted()).isEmpty();
    assertThat(view(sequencer, gone).state().ending()).contains(Ending.STOPPED);
    assertThat(view(sequencer, big).state().ending()).contains(Ending.FAILED);
    assertThat(sequencer.enrollments().retry(gone, ACT).done()).isFalse();
    assertThat(sequencer.enrollments().retry(big, ACT).done()).isTrue();
    sequencer.advance(Duration.ofDays(2));
    assertThat(transport.accepted()).hasSize(2);
    assertThat(view(sequencer, big).state().ending()).contains(Ending.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S8 past the end date a run waits and says so; a later end date lets it go on")
  void theEndDateIsAGate(Kept kept) {
    TestSequencer sequencer = start(store(kept));
    sequencer.publish(ending(START.plus(Duration.ofHours(24))));
    EnrollmentId enrollment =
        sequencer.enroll("ending", Contact.of("bo@example.com")).enrollment().orElseThrow();
    sequencer.advance(Duration.ofDays(3));
    assertThat(transport.accepted()).hasSize(1);
    assertThat(view(sequencer, enrollment).status()).isEqualTo(EnrollmentStatus.ACTIVE);
    assertThat(view(sequencer, enrollment).state().reason()).contains("end date");
    sequencer.publish(ending(START.plus(Duration.ofDays(30))));
    sequencer.runUntilIdle();
    assertThat(leftAfter()).containsExactly(Duration.ZERO, Duration.ofDays(3));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S8 a mail leaves a millisecond before the end date and not at it")
  void theEdgeOfTheEndDate(Kept kept) {
    TestSequencer sequencer =
        start(
            store(kept),
            Sequence.named("before")
                .endsAt(START.plus(Duration.ofDays(1)).plus(MILLI))
                .email("first", mail -> mail.subject("1").text("1"))
                .waitFor(Delay.days(1))
                .email("second", mail -> mail.subject("2").text("2"))
                .build(),
            ending(START.plus(Duration.ofDays(1))));
    sequencer.enroll("before", Contact.of("bo@example.com"));
    sequencer.enroll("ending", Contact.of("cy@example.com"));
    sequencer.advance(Duration.ofDays(5));
    assertThat(transport.accepted().stream().map(mail -> mail.mail().to().address()))
        .containsExactlyInAnyOrder("bo@example.com", "bo@example.com", "cy@example.com");
  }

  private static Sequence ending(Instant at) {
    return Sequence.named("ending")
        .endsAt(at)
        .email("first", mail -> mail.subject("1").text("1"))
        .waitFor(Delay.days(1))
        .email("second", mail -> mail.subject("2").text("2"))
        .build();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S9 the zone is the contact's, else the sequence's, else the engine's")
  void zones(Kept kept) {
    Sequence plain = windowed("plain", NINE_TO_FIVE);
    Sequence zoned =
        Sequence.named("zoned")
            .defaultZone("America/New_York")
            .window(NINE_TO_FIVE)
            .email("first", mail -> mail.subject("1").text("1"))
            .build();
    // The mailbox has a zone of its own, which is nobody's business but that of its quota.
    TestSequencer sequencer =
        start(store(kept), mailbox().zone("Pacific/Auckland").perDay(100), plain, zoned);
    enroll(sequencer, plain, "engine@example.com");
    enroll(sequencer, zoned, "sequence@example.com");
    sequencer.enroll("zoned", in("America/Los_Angeles", "contact@example.com"));
    sequencer.advance(Duration.ofDays(1));
    assertThat(left()).containsExactly(june(1, "09:00"), june(1, "13:00"), june(1, "16:00"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S13 one overdue step for each enrollment: two of one contact send one each")
  void overduePerEnrollment(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE, TWO);
    enroll(sequencer, ONE, "bo@example.com");
    enroll(sequencer, TWO, "bo@example.com");
    sequencer.pauseEverything(ACT);
    sequencer.advance(Duration.ofDays(9));
    assertThat(transport.attempted()).isEmpty();
    sequencer.resumeEverything(ACT);
    sequencer.runUntilIdle();
    assertThat(transport.accepted()).hasSize(2);
    sequencer.advance(Duration.ofDays(1));
    assertThat(transport.accepted()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S23 cancelling answers cancelled before begin, too late from begin on")
  void cancelling(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    Send send =
        Send.to(Contact.of("bo@example.com"))
            .mail(mail -> mail.subject("1").text("1"))
            .at(START.plusSeconds(60));
    DeliveryId early = sequencer.send(send.key("early"));
    DeliveryId late = sequencer.send(send.key("late"));
    sequencer.advance(Duration.ofSeconds(60).minus(MILLI));
    assertThat(sequencer.deliveries().cancel(early).outcome()).isEqualTo(ActResult.Outcome.DONE);
    List<ActResult> during = new ArrayList<>();
    transport.onNext(
        FakeAnswer.accept().first(() -> during.add(sequencer.deliveries().cancel(late))));
    sequencer.advance(MILLI);
    assertThat(during).extracting(ActResult::outcome).containsExactly(ActResult.Outcome.TOO_LATE);
    assertThat(during.get(0).inFlight()).isEqualTo(1);
    ActResult after = sequencer.deliveries().cancel(late);
    assertThat(after.outcome()).isEqualTo(ActResult.Outcome.TOO_LATE);
    assertThat(after.inFlight()).isZero();
    assertThat(transport.accepted()).hasSize(1);
    assertThat(deliveries(sequencer)).filteredOn(d -> d.status() == DeliveryStatus.SENT).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S25 a mail leaves at the first instant at which all its gates are open")
  void allGates(Kept kept) {
    Mailbox gates = mailbox().zone("UTC").perHour(1).minGap(Duration.ofMinutes(90));
    Sequence windowed = windowed("gates", SendWindow.daily("08:00", "10:00"));
    TestSequencer sequencer = start(store(kept), gates, windowed);
    for (int i = 0; i < 3; i++) {
      enroll(sequencer, windowed, "c" + i + "@example.com");
    }
    sequencer.advance(Duration.ofDays(2));
    assertThat(left()).containsExactly(june(1, "08:00"), june(1, "09:30"), june(2, "08:00"));
  }
}
