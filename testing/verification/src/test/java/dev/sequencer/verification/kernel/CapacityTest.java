package dev.sequencer.verification.kernel;

import static dev.sequencer.tck.faults.Times.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Act;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Mailbox;
import dev.sequencer.Resolution;
import dev.sequencer.SendWindow;
import dev.sequencer.spi.SendResult;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When quota, slots and spacing are taken, by which instant, and when they are given back. */
class CapacityTest extends Scenario {
  private static final Instant MIDNIGHT = Instant.parse("2026-06-02T00:00:00Z");

  private static Mailbox perDay(int mails) {
    return mailbox().zone("UTC").perDay(mails);
  }

  /** One mail every 16 minutes from 09:00 on. */
  private static Mailbox evenly() {
    return perDay(30).hours(SendWindow.weekdays("09:00", "17:00")).evenly();
  }

  private List<Instant> left() {
    return transport.accepted().stream().map(mail -> mail.at()).toList();
  }

  private static Instant at(String time) {
    return Instant.parse("2026-06-01T" + time + "Z");
  }

  private static void enroll(TestSequencer sequencer, int count) {
    for (int i = 0; i < count; i++) {
      enroll(sequencer, ONE, "c" + i + "@example.com");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K5 a node that dies between claim and begin has taken nothing of the quota")
  void nothingLeaks(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, perDay(1), ONE);
    enroll(sequencer, 1);
    store.crashBefore("begin", times(1));
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
    sequencer.crash();
    sequencer.advance(Duration.ofMinutes(1));
    assertThat(leftAfter()).containsExactly(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "K5 claimed before midnight, begun after it: it counts for the day on which it begins")
  void countsWhereItBegins(Kept kept) {
    FaultyStore store = store(kept);
    clock.set(MIDNIGHT.minusMillis(200));
    TestSequencer sequencer = start(store, perDay(1), ONE);
    enroll(sequencer, 2);
    store.onCall("begin", times(1), () -> clock.advance(Duration.ofMillis(1_200)));
    sequencer.advance(Duration.ofDays(2));
    assertThat(left())
        .containsExactly(MIDNIGHT.plusMillis(1_000), MIDNIGHT.plus(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K5 begun before midnight, begun in time: both days have their own mail")
  void countsOnItsOwnDay(Kept kept) {
    clock.set(MIDNIGHT.minusMillis(1));
    TestSequencer sequencer = start(store(kept), perDay(1), ONE);
    enroll(sequencer, 2);
    sequencer.advance(Duration.ofDays(2));
    assertThat(left()).containsExactly(MIDNIGHT.minusMillis(1), MIDNIGHT);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K5 what is given back after midnight is not given to the new day")
  void givenBackToItsOwnDayOnly(Kept kept) {
    clock.set(MIDNIGHT.minusSeconds(30));
    TestSequencer sequencer = start(store(kept), perDay(1), ONE);
    transport.onNext(
        FakeAnswer.of(SendResult.deferred("451", "later"))
            .afterwards(() -> clock.advance(Duration.ofMinutes(1))));
    enroll(sequencer, 3);
    sequencer.advanceTo(MIDNIGHT.plus(Duration.ofHours(23)));
    assertThat(left()).hasSize(1);
    sequencer.advance(Duration.ofDays(3));
    assertThat(left()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K5 in doubt counts as sent; resolved as not sent on the same day it is credited")
  void doubtCounts(Kept kept) {
    TestSequencer sequencer = start(store(kept), perDay(1), ONE);
    transport.onNext(FakeAnswer.inDoubtButAccepted());
    enroll(sequencer, 3);
    sequencer.advance(Duration.ofHours(1));
    assertThat(transport.attempted()).hasSize(1);

    DeliveryView doubt = sequencer.deliveries().find(DeliveryQuery.inDoubt()).items().get(0);
    sequencer.deliveries().resolve(doubt.id(), Resolution.FAIL, "it bounced");
    sequencer.runUntilIdle();
    assertThat(left()).containsExactly(at("08:00:00"), at("09:00:00"));
    sequencer.advance(Duration.ofHours(14));
    assertThat(transport.attempted()).hasSize(2);
    sequencer.advance(Duration.ofHours(2));
    assertThat(left()).containsExactly(at("08:00:00"), at("09:00:00"), MIDNIGHT);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "K5 a mail in doubt that is not sent again, since its step is skipped, goes on counting")
  void skippedInsteadOfSentAgain(Kept kept) {
    TestSequencer sequencer = start(store(kept), mailbox().perHour(1).rollingHour(), ONE);
    transport.onNext(FakeAnswer.inDoubtButAccepted());
    EnrollmentId first = enroll(sequencer, ONE, "first@example.com");
    sequencer.advance(Duration.ofMinutes(20));
    enroll(sequencer, ONE, "second@example.com");
    DeliveryView doubt = sequencer.deliveries().find(DeliveryQuery.inDoubt()).items().get(0);
    sequencer.deliveries().resolve(doubt.id(), Resolution.RESEND, "send it again");
    sequencer.runUntilIdle();
    sequencer.enrollments().skip(first, Act.because("not needed any more"));
    sequencer.advance(Duration.ofMinutes(40).minusMillis(1));
    assertThat(transport.attempted()).hasSize(1);
    sequencer.advance(MILLI);
    assertThat(transport.attempted()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K5 resolved as not sent on a later day it is credited to no day")
  void doubtOfYesterday(Kept kept) {
    TestSequencer sequencer = start(store(kept), perDay(1), ONE);
    transport.onNext(FakeAnswer.inDoubt());
    enroll(sequencer, 3);
    sequencer.advanceTo(MIDNIGHT);
    assertThat(left()).containsExactly(MIDNIGHT);
    DeliveryView doubt = sequencer.deliveries().find(DeliveryQuery.inDoubt()).items().get(0);
    sequencer.deliveries().resolve(doubt.id(), Resolution.FAIL, "it bounced");
    sequencer.advance(Duration.ofHours(23));
    assertThat(left()).containsExactly(MIDNIGHT);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K6 a node that wakes late uses the slot, until a minute after it")
  void graceOfASlot(Kept kept) {
    TestSequencer sequencer = start(store(kept), evenly(), ONE);
    enroll(sequencer, 4);
    for (String late : List.of("09:00:00.004", "09:16:01.200", "09:33:00", "09:49:00.001")) {
      clock.set(at(late));
      sequencer.runUntilIdle();
    }
    sequencer.advance(Duration.ofHours(1));
    assertThat(left())
        .containsExactly(at("09:00:00.004"), at("09:16:01.200"), at("09:33:00"), at("10:04:00"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K6 a late slot keeps the spacing: two slots in one grace do not become a burst")
  void graceKeepsSpacing(Kept kept) {
    Mailbox mailbox =
        perDay(480)
            .hours(SendWindow.weekdays("09:00", "17:00"))
            .evenly()
            .minGap(Duration.ofSeconds(40));
    TestSequencer sequencer = start(store(kept), mailbox, ONE);
    enroll(sequencer, 3);
    clock.set(at("09:00:29"));
    sequencer.runUntilIdle();
    sequencer.advanceTo(at("09:01:08.999"));
    assertThat(left()).containsExactly(at("09:00:29"));
    sequencer.advanceTo(at("09:02:00"));
    assertThat(left()).containsExactly(at("09:00:29"), at("09:01:09"), at("09:02:00"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K14 another engine does not begin while a mail of a spaced mailbox is in flight")
  void oneAtATimeAcrossEngines(Kept kept) {
    FaultyStore store = store(kept);
    Mailbox mailbox = mailbox().minGap(Duration.ofSeconds(30));
    TestSequencer one = start(store, mailbox, ONE);
    TestSequencer two = start(store, mailbox, ONE);
    transport.onNext(
        FakeAnswer.accept()
            .first(
                () -> {
                  clock.advance(Duration.ofSeconds(20));
                  two.runDue();
                  clock.advance(Duration.ofSeconds(15));
                  two.runDue();
                }));
    enroll(one, 2);
    one.runDue();
    assertThat(leftAfter()).containsExactly(Duration.ofSeconds(35));
    two.advanceTo(START.plusSeconds(65).minusMillis(1));
    assertThat(transport.attempted()).hasSize(1);
    two.advance(MILLI);
    assertThat(leftAfter()).containsExactly(Duration.ofSeconds(35), Duration.ofSeconds(65));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K14 a node that died while it sent frees its mailbox at its deadline, not before")
  void freedByTime(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, mailbox().minGap(Duration.ofSeconds(30)), ONE);
    enroll(sequencer, 2);
    store.crashAfter("begin", times(1));
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
    sequencer.crash();
    Duration deadline = Duration.ofMinutes(12).plusSeconds(30);
    sequencer.advance(deadline.minus(MILLI));
    assertThat(transport.attempted()).isEmpty();
    sequencer.advance(Duration.ofMinutes(1));
    assertThat(leftAfter()).hasSize(1);
    assertThat(leftAfter().get(0)).isBetween(deadline, deadline.plus(MILLI));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K14 the gap counts from when a mail may have left whose outcome is not written yet")
  void spacedFromWhatMayHaveLeft(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, mailbox().minGap(Duration.ofMinutes(20)), ONE);
    enroll(sequencer, 2);
    store.crashAfter("begin", times(1));
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
    sequencer.crash();
    store.failBefore("complete", times(3));
    sequencer.advance(Duration.ofHours(1));
    assertThat(leftAfter()).containsExactly(Duration.ofMinutes(22));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K24 a mail leaves when its permit is given: spacing and delays count from there")
  void leavesAtThePermit(Kept kept) {
    TestSequencer sequencer = start(store(kept), mailbox().minGap(Duration.ofMinutes(10)), TWO);
    transport.onNext(
        FakeAnswer.accept()
            .first(() -> clock.advance(Duration.ofMinutes(1)))
            .afterwards(() -> clock.advance(Duration.ofMinutes(9))));
    EnrollmentId first = enroll(sequencer, TWO, "ann@example.com");
    enroll(sequencer, TWO, "bo@example.com");
    sequencer.advance(Duration.ofDays(2));

    Duration day = Duration.ofDays(1);
    Duration minute = Duration.ofMinutes(1);
    assertThat(leftAfter())
        .containsExactly(
            minute, Duration.ofMinutes(11), day.plus(minute), day.plus(Duration.ofMinutes(11)));
    assertThat(deliveries(sequencer))
        .filteredOn(d -> d.id().enrollment().equals(first))
        .first()
        .satisfies(
            d -> {
              assertThat(d.begunAt()).contains(START);
              assertThat(d.leftAt()).contains(START.plus(minute));
            });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S3 a refused or deferred attempt uses up its slot; the next mail has the next one")
  void slotsAreUsedUp(Kept kept) {
    TestSequencer sequencer = start(store(kept), evenly(), ONE);
    transport.onNext(SendResult.refusedMessage("554", "no"));
    enroll(sequencer, 2);
    sequencer.advanceTo(at("12:00:00"));
    assertThat(left()).containsExactly(at("09:16:00"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S3 a mail that is dropped before begin leaves its slot to the next one")
  void aDropLeavesTheSlot(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, evenly(), ONE);
    enroll(sequencer, 2);
    sequencer.suppressions().suppress("other@example.com", dev.sequencer.Act.because("a test"));
    store.onCall(
        "begin",
        times(1),
        () ->
            sequencer
                .suppressions()
                .suppress("c0@example.com", dev.sequencer.Act.because("a test")));
    sequencer.advanceTo(at("12:00:00"));
    assertThat(left()).containsExactly(at("09:00:00"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S17 jitter moves a slot forward within its interval, the same on every node")
  void jitter(Kept kept) {
    Duration gap = Duration.ofMinutes(2);
    Mailbox mailbox =
        perDay(30).hours(SendWindow.weekdays("09:00", "17:00")).evenlyWithJitter().minGap(gap);
    TestSequencer sequencer = start(store(kept), mailbox, ONE);
    enroll(sequencer, 30);
    sequencer.advanceTo(at("23:00:00"));
    List<Instant> first = left();
    assertThat(first).hasSize(30);
    Duration interval = Duration.ofMinutes(16);
    for (int k = 0; k < 30; k++) {
      Duration moved =
          Duration.between(at("09:00:00").plus(interval.multipliedBy(k)), first.get(k));
      assertThat(moved).isBetween(Duration.ZERO, interval.minus(gap).minus(MILLI));
    }
    assertThat(first.stream().map(i -> i.getEpochSecond() % 960).distinct().count())
        .isGreaterThan(10);

    transport.reset();
    clock.stepBack(Duration.ofHours(15));
    TestSequencer other =
        closing(describe(FaultyStore.around(kept.in(folder, "other")), mailbox, ONE).build());
    enroll(other, 30);
    other.advanceTo(at("23:00:00"));
    assertThat(left()).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S22 a full rolling day opens exactly 24 hours after its oldest counted mail")
  void rollingDay(Kept kept) {
    TestSequencer sequencer = start(store(kept), perDay(2).rollingDay(), ONE);
    enroll(sequencer, ONE, "a@example.com");
    sequencer.advance(Duration.ofHours(1));
    enroll(sequencer, ONE, "b@example.com");
    enroll(sequencer, ONE, "c@example.com");
    enroll(sequencer, ONE, "d@example.com");
    sequencer.advanceTo(START.plus(Duration.ofDays(1)).minus(MILLI));
    assertThat(left()).hasSize(2);
    sequencer.advance(Duration.ofDays(1));
    assertThat(leftAfter())
        .containsExactly(
            Duration.ZERO, Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(25));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K13 a clock that is set back over midnight does not give the old day's quota again")
  void bucketsMoveForwardOnly(Kept kept) {
    clock.set(MIDNIGHT.plusSeconds(10));
    TestSequencer sequencer = start(store(kept), perDay(1), ONE);
    enroll(sequencer, ONE, "a@example.com");
    sequencer.runUntilIdle();
    assertThat(left()).hasSize(1);
    clock.stepBack(Duration.ofMinutes(1));
    enroll(sequencer, ONE, "b@example.com");
    sequencer.advanceTo(MIDNIGHT.plus(Duration.ofDays(1)).minus(MILLI));
    assertThat(left()).hasSize(1);
    sequencer.advance(MILLI);
    assertThat(left()).hasSize(2);
  }
}
