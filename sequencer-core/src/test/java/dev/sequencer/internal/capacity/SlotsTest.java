package dev.sequencer.internal.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.SendWindow;
import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import dev.sequencer.internal.time.Dice;
import dev.sequencer.internal.time.LocalTimes;
import dev.sequencer.internal.time.Openings;
import dev.sequencer.internal.time.Span;
import dev.sequencer.internal.time.Wall;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalDate MONDAY = LocalDate.parse("2026-06-01");
  private static final Slots OFFICE =
      new Slots(Openings.of(SendWindow.weekdays("09:00", "17:00"), NEW_YORK), Pacing.evenly(30));

  @Test
  @DisplayName("window 9-17, 30 a day: every 16 minutes, last 16:44")
  void eightHoursAndThirtyMailsAreSixteenMinutesApart() {
    DaySlots slots = OFFICE.on(MONDAY);
    assertThat(slots.count()).isEqualTo(30);
    assertThat(slots.interval()).isEqualTo(Duration.ofMinutes(16));
    assertThat(Wall.local(slots.at(0), NEW_YORK)).isEqualTo("2026-06-01T09:00");
    assertThat(Wall.local(slots.at(29), NEW_YORK)).isEqualTo("2026-06-01T16:44");
  }

  @Test
  @DisplayName("window of 10 hours, 30 a day: every 20 minutes")
  void tenHoursAndThirtyMailsAreTwentyMinutesApart() {
    SendWindow tenHours = SendWindow.daily("08:00", "18:00");
    DaySlots slots = new Slots(Openings.of(tenHours, NEW_YORK), Pacing.evenly(30)).on(MONDAY);
    assertThat(slots.interval()).isEqualTo(Duration.ofMinutes(20));
    assertThat(Wall.local(slots.at(29), NEW_YORK)).isEqualTo("2026-06-01T17:40");
  }

  @Test
  void slotsStandAtMultiplesOfTheIntervalInOpenTime() {
    for (long seed = 0; seed < 300; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      LocalDate date = LocalTimes.date(dice.near(zone), zone);
      SendWindow window = dice.window(date);
      Pacing pacing =
          new Pacing(1 + dice.below(200), Duration.ofSeconds(dice.below(900)), Optional.empty());
      List<Instant> expected = expected(window, zone, date, pacing);
      DaySlots slots = DaySlots.of(date, Openings.of(window, zone).openedOn(date), pacing);
      List<Instant> actual = new ArrayList<>();
      for (int i = 0; i < slots.count(); i++) {
        actual.add(slots.at(i));
      }
      assertThat(actual)
          .as("seed %d, %s, %s, %s, %s", seed, zone, date, window, pacing)
          .isEqualTo(expected);
    }
  }

  @Test
  void nextIsTheEarliestSlotOfAllDatesThatIsFree() {
    for (long seed = 0; seed < 300; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant now = dice.near(zone).plusSeconds(dice.below(60));
      LocalDate date = LocalTimes.date(now, zone);
      SendWindow window = dice.window(date);
      Pacing pacing =
          new Pacing(1 + dice.below(60), Duration.ofSeconds(dice.below(900)), Optional.empty());
      Optional<Instant> last =
          Optional.of(now.minusSeconds(dice.below(2_000))).filter(any -> dice.below(3) > 0);
      Instant free = last.map(sent -> sent.plus(pacing.minSpacing())).orElse(now);
      Optional<Instant> expected = Optional.empty();
      for (int day = -3; day <= 4; day++) {
        for (Instant slot : expected(window, zone, date.plusDays(day), pacing)) {
          boolean usable = !slot.isBefore(now) && !slot.isBefore(free);
          boolean unused = last.map(slot::isAfter).orElse(true);
          if (usable && unused && expected.map(slot::isBefore).orElse(true)) {
            expected = Optional.of(slot);
          }
        }
      }
      Instant actual = new Slots(Openings.of(window, zone), pacing).next(now, last);
      String as =
          "seed %d, %s, %s, %s, %s, last %s".formatted(seed, zone, now, window, pacing, last);
      expected.ifPresent(slot -> assertThat(actual).as(as).isEqualTo(slot));
    }
  }

  @Test
  @DisplayName("K6 a wake-up some milliseconds late still uses its slot")
  void aSlotStaysUsableForAMinute() {
    Optional<Instant> first = Optional.of(Instant.parse("2026-06-01T13:00:00Z"));
    Instant slot = Instant.parse("2026-06-01T13:16:00Z");
    Instant late = slot.plusMillis(4);
    assertThat(OFFICE.next(late, first)).isEqualTo("2026-06-01T13:32:00Z");
    assertThat(OFFICE.nextUsable(late, first, Slots.GRACE)).isEqualTo(usable(slot, late));
    assertThat(OFFICE.nextUsable(slot.plusSeconds(60), first, Slots.GRACE).slot()).isEqualTo(slot);
    assertThat(OFFICE.nextUsable(slot.plusSeconds(61), first, Slots.GRACE).slot())
        .isEqualTo("2026-06-01T13:32:00Z");
  }

  @Test
  @DisplayName("K6 a slot that was used late is not used again")
  void aSlotIsUsedOnce() {
    Instant slot = Instant.parse("2026-06-01T13:16:00Z");
    assertThat(
            OFFICE
                .nextUsable(slot.plusSeconds(20), Optional.of(slot.plusSeconds(10)), Slots.GRACE)
                .slot())
        .isEqualTo("2026-06-01T13:32:00Z");
  }

  @Test
  @DisplayName("K6 the grace is half an interval where that is less")
  void shortIntervalsHaveAShortGrace() {
    Slots tight =
        new Slots(Openings.of(SendWindow.daily("09:00", "10:00"), NEW_YORK), Pacing.evenly(360));
    Instant slot = Instant.parse("2026-06-01T13:00:10Z");
    Optional<Instant> last = Optional.of(slot.minusSeconds(10));
    assertThat(tight.nextUsable(slot.plusSeconds(5), last, Slots.GRACE).slot()).isEqualTo(slot);
    assertThat(tight.nextUsable(slot.plusMillis(5_001), last, Slots.GRACE).slot())
        .isEqualTo(slot.plusSeconds(10));
  }

  @Test
  @DisplayName("K6 the grace neither outlasts the opening nor shortens the spacing")
  void theGraceKeepsClosingAndSpacing() {
    Slots tail =
        new Slots(
            Openings.of(SendWindow.daily("09:00", "10:00"), NEW_YORK),
            new Pacing(1_000, Duration.ofSeconds(119), Optional.empty()));
    DaySlots slots = tail.on(MONDAY);
    Instant last = slots.at(slots.count() - 1);
    assertThat(last).isEqualTo("2026-06-01T13:59:30Z");
    Instant before = Instant.parse("2026-06-01T13:57:40Z");
    assertThat(tail.nextUsable(before, Optional.of(before), Slots.GRACE))
        .isEqualTo(usable(last, before.plusSeconds(119)));
    assertThat(tail.nextUsable(last.plusSeconds(29), Optional.empty(), Slots.GRACE).slot())
        .isEqualTo(last);
    assertThat(tail.nextUsable(last.plusSeconds(30), Optional.empty(), Slots.GRACE).slot())
        .isEqualTo("2026-06-02T13:00:00Z");
  }

  @Test
  @DisplayName("S17 jitter moves slots forward, keeps order, spacing and opening")
  void jitterKeepsTheRules() {
    int moved = 0;
    for (long seed = 0; seed < 200; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      LocalDate date = LocalTimes.date(dice.near(zone), zone);
      SendWindow window = dice.window(date);
      Duration spacing = Duration.ofMillis(dice.below(600_000));
      int quota = 1 + dice.below(100);
      List<Span> open = Openings.of(window, zone).openedOn(date);
      DaySlots exact = DaySlots.of(date, open, new Pacing(quota, spacing, Optional.empty()));
      DaySlots jittered =
          DaySlots.of(date, open, new Pacing(quota, spacing, Optional.of("ann@acme.example")));
      String as = "seed %d, %s, %s, %s, %s".formatted(seed, zone, date, window, spacing);
      assertThat(jittered.count()).as(as).isEqualTo(exact.count());
      for (int i = 0; i < exact.count(); i++) {
        Instant slot = jittered.at(i);
        Duration shift = Duration.between(exact.at(i), slot);
        assertThat(shift).as(as).isBetween(Duration.ZERO, exact.interval().minus(spacing));
        assertThat(Wall.opensOn(window, slot, zone, date)).as(as).isTrue();
        if (i > 0) {
          assertThat(Duration.between(jittered.at(i - 1), slot))
              .as(as)
              .isGreaterThanOrEqualTo(spacing);
        }
        moved += shift.isZero() ? 0 : 1;
      }
    }
    assertThat(moved).isGreaterThan(1_000);
  }

  @Test
  @DisplayName("S17 jitter is the same on every node and another for each mailbox and day")
  void jitterIsAHash() {
    Pacing ann = new Pacing(30, Duration.ZERO, Optional.of("ann@acme.example"));
    Pacing ben = new Pacing(30, Duration.ZERO, Optional.of("ben@acme.example"));
    Openings hours = Openings.of(SendWindow.weekdays("09:00", "17:00"), NEW_YORK);
    Instant slot = new Slots(hours, ann).on(MONDAY).at(7);
    assertThat(slot).isEqualTo(new Slots(hours, ann).on(MONDAY).at(7));
    assertThat(slot).isEqualTo("2026-06-01T15:05:51.398Z");
    assertThat(slot).isNotEqualTo(new Slots(hours, ben).on(MONDAY).at(7));
    assertThat(slot.plus(Duration.ofDays(1)))
        .isNotEqualTo(new Slots(hours, ann).on(MONDAY.plusDays(1)).at(7));
  }

  @Test
  void intervalsAreWholeSecondsAndNeverShorterThanTheSpacing() {
    Openings hours = Openings.of(SendWindow.daily("09:00", "09:01"), NEW_YORK);
    assertThat(interval(hours, 1_000, Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    assertThat(interval(hours, 20, Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
    assertThat(interval(hours, 20, Duration.ofMillis(3_001))).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void aDateWithoutOpenTimeHasNoSlots() {
    assertThatThrownBy(() -> OFFICE.on(LocalDate.parse("2026-06-06")))
        .isInstanceOfSatisfying(
            TimeRuleException.class, fault -> assertThat(fault.code()).isEqualTo(Code.NO_OPEN_TIME))
        .hasMessage("Slots need open time, but nothing opens on 2026-06-06 in America/New_York");
  }

  private static Duration interval(Openings hours, int quota, Duration spacing) {
    return new Slots(hours, new Pacing(quota, spacing, Optional.empty())).on(MONDAY).interval();
  }

  private static Slots.Usable usable(Instant slot, Instant at) {
    return new Slots.Usable(slot, at);
  }

  /** R8.1 over a list of the open minutes. */
  private static List<Instant> expected(
      SendWindow window, ZoneId zone, LocalDate date, Pacing pacing) {
    Instant from = date.minusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
    List<Instant> minutes = new ArrayList<>();
    for (int i = 0; i < 5 * 1440; i++) {
      Instant minute = from.plusSeconds(60L * i);
      if (Wall.opensOn(window, minute, zone, date)) {
        minutes.add(minute);
      }
    }
    long seconds = 60L * minutes.size();
    long interval =
        Math.max(Math.max(seconds / pacing.quota(), pacing.minSpacing().toSeconds()), 1);
    List<Instant> slots = new ArrayList<>();
    for (long at = 0; at < seconds && slots.size() < pacing.quota(); at += interval) {
      slots.add(minutes.get((int) (at / 60)).plusSeconds(at % 60));
    }
    return slots;
  }
}
