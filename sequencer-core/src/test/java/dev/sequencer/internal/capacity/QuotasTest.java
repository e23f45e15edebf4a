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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotasTest {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final int THREE_DAYS = 3 * 1440;

  @Test
  void aDayEndsAtTheFirstInstantOfALaterDateAndBeginsAtItsFirst() {
    for (long seed = 0; seed < 500; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant at = dice.near(zone);
      LocalDate date = LocalTimes.date(at, zone);
      Span day = Quotas.day(at, zone);
      String as = "seed %d, %s, %s".formatted(seed, zone, at);
      assertThat(Optional.of(day.end()))
          .as(as)
          .isEqualTo(
              Wall.first(at, THREE_DAYS, t -> Wall.local(t, zone).toLocalDate().isAfter(date)));
      assertThat(Optional.of(day.start()))
          .as(as)
          .isEqualTo(
              Wall.first(
                  at.minus(THREE_DAYS, ChronoUnit.MINUTES),
                  THREE_DAYS + 1,
                  t -> Wall.local(t, zone).toLocalDate().equals(date)));
    }
  }

  @Test
  void anHourIsOneLocalHourAtOneOffset() {
    for (long seed = 0; seed < 1_000; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant at = dice.near(zone).plusSeconds(dice.below(60));
      Span hour = Quotas.hour(at, zone);
      String as = "seed %d, %s, %s".formatted(seed, zone, at);
      assertThat(hour.contains(at)).as(as).isTrue();
      assertThat(key(hour.start(), zone)).as(as).isEqualTo(key(at, zone));
      assertThat(key(hour.end().minusMillis(1), zone)).as(as).isEqualTo(key(at, zone));
      assertThat(key(hour.end(), zone)).as(as).isNotEqualTo(key(at, zone));
      assertThat(key(hour.start().minusMillis(1), zone)).as(as).isNotEqualTo(key(at, zone));
    }
  }

  @Test
  void nextAllowedIsTheFirstMinuteThatWindowAndQuotasAllow() {
    for (long seed = 0; seed < 500; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant now = dice.near(zone);
      SendWindow window = dice.window(LocalTimes.date(now, zone));
      boolean dayFull = dice.below(2) == 0;
      boolean hourFull = dice.below(2) == 0;
      Instant dayEnd = Quotas.day(now, zone).end();
      Instant hourEnd = Quotas.hour(now, zone).end();
      Instant actual =
          Quotas.nextAllowed(now, Openings.of(window, zone), usage(dayFull), usage(hourFull));
      Wall.first(
              now,
              THREE_DAYS,
              t ->
                  Wall.open(window, t, zone)
                      && !(dayFull && t.isBefore(dayEnd))
                      && !(hourFull && t.isBefore(hourEnd)))
          .ifPresent(
              first -> assertThat(actual).as("%s, %s, %s", zone, now, window).isEqualTo(first));
    }
  }

  @Test
  void bucketsNeverGoBackWhenTheClockDoes() {
    Instant afterMidnight = Instant.parse("2026-06-02T04:00:01Z");
    Instant steppedBack = Instant.parse("2026-06-02T03:59:58Z");
    LocalDate day = Quotas.dayKey(afterMidnight, NEW_YORK, Optional.empty());
    Instant hour = Quotas.hourKey(afterMidnight, NEW_YORK, Optional.empty());
    assertThat(Quotas.dayKey(steppedBack, NEW_YORK, Optional.of(day))).isEqualTo("2026-06-02");
    assertThat(Quotas.dayKey(steppedBack, NEW_YORK, Optional.empty())).isEqualTo("2026-06-01");
    assertThat(Quotas.hourKey(steppedBack, NEW_YORK, Optional.of(hour))).isEqualTo(hour);
    assertThat(Quotas.dayReset(day, steppedBack, NEW_YORK)).isEqualTo("2026-06-03T04:00:00Z");
  }

  @Test
  void aQuotaOfOneIsTakenAndOneOfZeroIsNot() {
    assertThat(new Quotas.Usage(1, 0).isFull()).isFalse();
    assertThat(new Quotas.Usage(1, 1).isFull()).isTrue();
    assertThatThrownBy(() -> new Quotas.Usage(0, 0))
        .isInstanceOfSatisfying(
            TimeRuleException.class,
            fault -> assertThat(fault.code()).isEqualTo(Code.INVALID_QUOTA))
        .hasMessage("A quota must be 1 or more, but was 0; leave it out for no limit");
  }

  private static Optional<Quotas.Usage> usage(boolean full) {
    return Optional.of(new Quotas.Usage(5, full ? 5 : 4));
  }

  private static String key(Instant instant, ZoneId zone) {
    return Wall.local(instant, zone).truncatedTo(ChronoUnit.HOURS)
        + " "
        + zone.getRules().getOffset(instant);
  }
}
