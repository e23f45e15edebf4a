package dev.sequencer.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.SendWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Openings against a scan of the wall clock, around transitions; a failure names its seed. */
class OpeningsPropertyTest {

  private static final int FIVE_DAYS = 5 * 1440;
  private static final int RUNS = 250;

  @Test
  void firstOpenInstantIsTheFirstOpenMinuteOfTheWallClock() {
    for (long seed = 0; seed < RUNS; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant from = dice.near(zone);
      SendWindow window = dice.window(LocalTimes.date(from, zone));
      Openings openings = Openings.of(window, zone);
      Optional<Instant> expected =
          Wall.first(from, FIVE_DAYS, instant -> Wall.open(window, instant, zone));
      Instant actual = openings.firstOpen(from);
      if (expected.isPresent()) {
        assertThat(actual).as(describe(seed, zone, from, window)).isEqualTo(expected.get());
      } else {
        assertThat(actual)
            .as(describe(seed, zone, from, window))
            .isAfterOrEqualTo(from.plusSeconds(60L * FIVE_DAYS))
            .matches(instant -> Wall.open(window, instant, zone), "is open");
      }
    }
  }

  @Test
  void closingIsTheFirstClosedMinuteOfTheWallClock() {
    for (long seed = 0; seed < RUNS; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant near = dice.near(zone);
      SendWindow window = dice.window(LocalTimes.date(near, zone));
      Openings openings = Openings.of(window, zone);
      Instant open = openings.firstOpen(near);
      Optional<Instant> expected =
          Wall.first(open, FIVE_DAYS, instant -> !Wall.open(window, instant, zone));
      Optional<Instant> actual = openings.closesAt(open);
      if (expected.isPresent()) {
        assertThat(actual).as(describe(seed, zone, open, window)).isEqualTo(expected);
      } else {
        assertThat(actual.map(at -> at.isAfter(open.plusSeconds(60L * FIVE_DAYS))).orElse(true))
            .as(describe(seed, zone, open, window))
            .isTrue();
      }
    }
  }

  @Test
  void whatOpensOnADateIsExactlyItsRangesAndTheirTails() {
    for (long seed = 0; seed < RUNS / 2; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant near = dice.near(zone);
      LocalDate date = LocalTimes.date(near, zone);
      SendWindow window = dice.window(date);
      List<Span> spans = Openings.of(window, zone).openedOn(date);
      Instant from = date.minusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
      for (int minute = 0; minute < FIVE_DAYS; minute++) {
        Instant instant = from.plusSeconds(60L * minute);
        assertThat(spans.stream().anyMatch(span -> span.contains(instant)))
            .as(describe(seed, zone, instant, window))
            .isEqualTo(Wall.opensOn(window, instant, zone, date));
      }
      for (int i = 1; i < spans.size(); i++) {
        assertThat(spans.get(i).start())
            .as(describe(seed, zone, near, window))
            .isAfter(spans.get(i - 1).end());
      }
    }
  }

  @Test
  void aUnionIsOpenWhenOneOfItsWindowsIsWhateverTheOthersHolidays() {
    for (long seed = 0; seed < RUNS; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant from = dice.near(zone);
      SendWindow one = dice.window(LocalTimes.date(from, zone));
      SendWindow other = dice.window(LocalTimes.date(from, zone));
      Openings union = Openings.anyOf(List.of(one, other), zone);
      Optional<Instant> expected =
          Wall.first(from, FIVE_DAYS, at -> Wall.open(one, at, zone) || Wall.open(other, at, zone));
      String as = describe(seed, zone, from, one) + " or " + other;
      expected.ifPresent(first -> assertThat(union.firstOpen(from)).as(as).isEqualTo(first));
    }
  }

  @Test
  void lanesOpenAndCloseWhereEveryRowOfThemMayLeave() {
    for (long seed = 0; seed < RUNS; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant from = dice.near(zone);
      SendWindow window = dice.window(LocalTimes.date(from, zone));
      Calendar calendar =
          Calendar.of(
              Optional.of(window), Optional.of(LocalTime.of(dice.below(24), dice.below(60))), zone);
      String as = describe(seed, zone, from, window) + " " + calendar.sendTime();
      Wall.first(from, FIVE_DAYS, calendar::laneOpen)
          .ifPresent(first -> assertThat(calendar.laneOpensAt(from)).as(as).contains(first));
      Optional<Instant> opening = calendar.laneOpensAt(from);
      opening
          .flatMap(open -> Wall.first(open, FIVE_DAYS, at -> !calendar.laneOpen(at)))
          .ifPresent(
              first ->
                  assertThat(calendar.laneClosesAt(opening.orElseThrow())).as(as).contains(first));
      Instant due = from.minusSeconds(60L * dice.below(2 * 1440));
      Wall.first(from, FIVE_DAYS, at -> calendar.openFor(due, at))
          .ifPresent(first -> assertThat(calendar.firstOpen(due, from)).as(as).isEqualTo(first));
      assertThat(calendar.laneOpen(from) && !calendar.openFor(due, from)).as(as).isFalse();
    }
  }

  private static String describe(long seed, ZoneId zone, Instant at, SendWindow window) {
    return "seed %d, %s, %s, %s".formatted(seed, zone, at, window);
  }
}
