package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Mailbox;
import dev.sequencer.SendWindow;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that never wakes in time: no slot is lost by it, none used twice. */
class LateWakeUpTest extends Scenario {
  private static final SendWindow NINE_TO_FIVE = SendWindow.weekdays("09:00", "17:00");
  private static final Instant CLOSING = Instant.parse("2026-06-01T17:00:00Z");
  private static final Instant OPENING = Instant.parse("2026-06-01T09:00:00Z");

  private static Mailbox evenly(int perDay) {
    return mailbox().zone("UTC").perDay(perDay).hours(NINE_TO_FIVE).evenly();
  }

  /** Lets the day pass from wake-up to wake-up, each of them late. */
  private void passTheDay(TestSequencer sequencer, Supplier<Duration> late) {
    Optional<Instant> next = sequencer.runUntilIdle().nextNeededAt();
    while (next.filter(at -> at.isBefore(CLOSING)).isPresent()) {
      Instant woken = next.get().plus(late.get());
      clock.set(woken.isAfter(clock.instant()) ? woken : clock.instant());
      next = sequencer.runUntilIdle().nextNeededAt();
    }
  }

  private List<Instant> left() {
    return transport.accepted().stream().map(mail -> mail.at()).toList();
  }

  private void assertEachInItsSlot(Duration interval, Duration latest, String which) {
    List<Instant> left = left();
    for (int slot = 0; slot < left.size(); slot++) {
      Instant at = OPENING.plus(interval.multipliedBy(slot));
      assertThat(left.get(slot)).as(which + ", slot " + slot).isBetween(at, at.plus(latest));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K6 1.2 s late at each slot, an evenly spread mailbox still sends its whole quota")
  void alwaysAsLate(Kept kept) {
    Duration late = Duration.ofMillis(1_200);
    TestSequencer sequencer = start(store(kept), evenly(30), ONE);
    for (int i = 0; i < 40; i++) {
      enroll(sequencer, ONE, "c" + i + "@example.com");
    }
    passTheDay(sequencer, () -> late);
    assertThat(left()).hasSize(30).allMatch(at -> at.isBefore(CLOSING));
    assertEachInItsSlot(Duration.ofMinutes(16), late, "always late");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "K6 0 to 3 s late at each slot, an evenly spread mailbox still sends its whole quota")
  void lateByChance(Kept kept) {
    for (long seed = 1; seed <= (kept == Kept.IN_MEMORY ? 20 : 2); seed++) {
      transport.reset();
      Random random = new Random(seed);
      int perDay = random.nextBoolean() ? 30 : 96;
      clock.stepBack(Duration.between(START, clock.instant()));
      TestSequencer sequencer =
          start(
              FaultyStore.around(kept.in(folder, "seed-" + seed)),
              evenly(perDay).minGap(Duration.ofSeconds(1 + random.nextInt(60))),
              ONE);
      for (int i = 0; i < perDay + 5; i++) {
        enroll(sequencer, ONE, "c" + i + "@example.com");
      }
      passTheDay(sequencer, () -> Duration.ofMillis(random.nextInt(3_001)));
      assertThat(left()).as("seed " + seed).hasSize(perDay);
      assertEachInItsSlot(
          Duration.ofHours(8).dividedBy(perDay), Duration.ofSeconds(3), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K6 a wake-up a minute late still uses the slot, a millisecond later it is lost")
  void theEdgeOfTheGrace(Kept kept) {
    for (boolean inTime : List.of(true, false)) {
      transport.reset();
      clock.stepBack(Duration.between(START, clock.instant()));
      TestSequencer sequencer =
          start(FaultyStore.around(kept.in(folder, "in-time-" + inTime)), evenly(30), ONE);
      enroll(sequencer, ONE, "bo@example.com");
      sequencer.runUntilIdle();
      Instant edge = OPENING.plusSeconds(60);
      clock.set(inTime ? edge : edge.plus(MILLI));
      sequencer.runUntilIdle();
      sequencer.advance(Duration.ofHours(1));
      assertThat(left()).containsExactly(inTime ? edge : OPENING.plus(Duration.ofMinutes(16)));
    }
  }
}
