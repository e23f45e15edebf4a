package dev.sequencer.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Delay;
import dev.sequencer.Holidays;
import dev.sequencer.SendWindow;
import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DelaysTest {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId UTC = ZoneId.of("Etc/UTC");

  @Test
  void theCalendarPartComesBeforeTheElapsedPart() {
    // Two days end at 03:30 on the 23-hour day, because 02:30 does not exist; then four hours.
    Instant start = Instant.parse("2026-03-06T07:30:00Z");
    assertThat(apply(Delay.days(2).plusHours(4), start)).isEqualTo("2026-03-08T11:30:00Z");
    // Four hours first would have given 06:30 local two days on.
    assertThat(apply(Delay.days(2), start.plus(Duration.ofHours(4))))
        .isEqualTo("2026-03-08T10:30:00Z");
  }

  @Test
  void elapsedPartsAddUp() {
    Instant start = Instant.parse("2026-06-01T12:00:00Z");
    assertThat(apply(Delay.hours(2).plusMinutes(30), start)).isEqualTo("2026-06-01T14:30:00Z");
    assertThat(apply(Delay.none().plusHours(4), start)).isEqualTo("2026-06-01T16:00:00Z");
  }

  @Test
  void elapsedTimeWithASendTimeEndsAtTheFirstOneThatIsNotEarlier() {
    Instant start = Instant.parse("2026-06-01T12:00:00Z"); // 08:00
    assertThat(apply(Delay.hours(1).at("09:00"), start)).isEqualTo("2026-06-01T13:00:00Z");
    assertThat(apply(Delay.minutes(61).at("09:00"), start)).isEqualTo("2026-06-02T13:00:00Z");
    assertThat(apply(Delay.hours(24).at("07:00"), start)).isEqualTo("2026-06-03T11:00:00Z");
    assertThat(apply(Delay.days(1).at("07:00"), start)).isEqualTo("2026-06-02T11:00:00Z");
  }

  @Test
  void consecutiveWaitsStartWhereTheOneBeforeEnds() {
    Instant start = Instant.parse("2026-06-01T19:00:00Z");
    Instant first = apply(Delay.days(1).at("09:00"), start);
    assertThat(apply(Delay.hours(2), first)).isEqualTo("2026-06-02T15:00:00Z");
  }

  @Test
  void aZeroOfAnyUnitIsTheStartItself() {
    Instant secondHalfPastOne = Instant.parse("2026-11-01T06:30:00.123Z");
    for (Delay.Unit unit : Delay.Unit.values()) {
      assertThat(apply(Delay.of(0, unit), secondHalfPastOne)).isEqualTo(secondHalfPastOne);
    }
  }

  @Test
  void theLongestDelaysEndAndOneMoreIsRefused() {
    Instant start = Instant.parse("2026-01-01T09:00:00Z");
    for (Delay.Unit unit : Delay.Unit.values()) {
      assertThat(apply(Delay.of(unit.most(), unit), start))
          .isBetween(start.plus(Duration.ofDays(3_600)), start.plus(Duration.ofDays(3_700)));
      assertThatThrownBy(() -> Delay.of(unit.most() + 1, unit))
          .isInstanceOf(TimeRuleException.class);
    }
  }

  @Test
  void daysAreResolvedOnceAndMonthsClippedOnce() {
    for (long seed = 0; seed < 500; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant start = dice.near(zone);
      int days = 1 + dice.below(400);
      assertThat(Delays.apply(Delay.days(days), start, zone, Optional.empty()))
          .as("seed %d, %s, %s + %d days", seed, zone, start, days)
          .isEqualTo(Wall.local(start, zone).plusDays(days).atZone(zone).toInstant());
      int months = 1 + dice.below(60);
      assertThat(Delays.apply(Delay.months(months), start, zone, Optional.empty()))
          .as("seed %d, %s, %s + %d months", seed, zone, start, months)
          .isEqualTo(Wall.local(start, zone).plusMonths(months).atZone(zone).toInstant());
    }
  }

  @Test
  void businessDaysGoByTheWindowsWeekdaysAndHolidays() {
    Instant thursday = Instant.parse("2026-06-04T08:00:00Z");
    SendWindow shortWeek =
        SendWindow.on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY), "09:00", "17:00")
            .without(LocalDate.parse("2026-06-08"));
    assertThat(Delays.apply(Delay.businessDays(1), thursday, BERLIN, Optional.of(shortWeek)))
        .isEqualTo("2026-06-09T08:00:00Z");
    assertThat(Delays.apply(Delay.businessDays(1), thursday, BERLIN, Optional.empty()))
        .isEqualTo("2026-06-05T08:00:00Z");
  }

  @Test
  void businessDaysWithoutAnOpenOneWithinAYearAreAnError() {
    Instant start = Instant.parse("2026-06-01T08:00:00Z");
    Set<DayOfWeek> mondays = Set.of(DayOfWeek.MONDAY);
    LocalDate first = LocalDate.parse("2026-06-08");
    Holidays year = Holidays.of(first.datesUntil(first.plusDays(366)).toList());
    assertThatThrownBy(() -> Delays.apply(Delay.businessDays(1), start, BERLIN, mondays, year))
        .isInstanceOfSatisfying(
            TimeRuleException.class, fault -> assertThat(fault.code()).isEqualTo(Code.NO_OPEN_TIME))
        .hasMessageContaining("none after 2026-06-01 through 2027-06-02; check the holidays");
    Holidays almost = Holidays.of(first.datesUntil(first.plusDays(357)).toList());
    assertThat(Delays.apply(Delay.businessDays(1), start, BERLIN, mondays, almost))
        .isEqualTo("2027-05-31T08:00:00Z");
  }

  @Test
  void aStartBeyondAllCalculationIsRefusedInsteadOfOverflowing() {
    for (Instant extreme : List.of(Instant.MIN, Instant.MAX)) {
      assertThatThrownBy(() -> apply(Delay.days(1), extreme))
          .isInstanceOfSatisfying(
              TimeRuleException.class,
              fault -> assertThat(fault.code()).isEqualTo(Code.INVALID_DELAY));
    }
  }

  @Test
  @DisplayName("E4 days since an attribute count local dates")
  void attributesAreReadInTheContactsZone() {
    assertThat(Delays.attribute("2026-06-10", BERLIN)).contains(instant("2026-06-09T22:00:00Z"));
    assertThat(Delays.attribute(" 2026-06-10T00:30 ", BERLIN))
        .contains(instant("2026-06-09T22:30:00Z"));
    assertThat(Delays.attribute("2026-06-10T00:30:00Z", BERLIN))
        .contains(instant("2026-06-10T00:30:00Z"));
    assertThat(Delays.attribute("2026-06-10T00:30-04:00", BERLIN))
        .contains(instant("2026-06-10T04:30:00Z"));
    assertThat(Delays.attribute("2026-06-10T00:30-04:00[America/New_York]", BERLIN))
        .contains(instant("2026-06-10T04:30:00Z"));
    Instant renewal = Delays.attribute("2026-06-10", BERLIN).orElseThrow();
    assertThat(Delays.apply(Delay.days(3).at("09:00"), renewal, BERLIN, Optional.empty()))
        .isEqualTo("2026-06-13T07:00:00Z");
    assertThat(Delays.apply(Delay.none().at("09:00"), renewal, BERLIN, Optional.empty()))
        .isEqualTo("2026-06-10T07:00:00Z");
  }

  @Test
  void textThatIsNoDateHasNoInstant() {
    for (String text : List.of("", "soon", "2026-02-30", "10.06.2026", "2026-06-10T25:00")) {
      assertThat(Delays.attribute(text, UTC)).as(text).isEmpty();
    }
  }

  private static Instant apply(Delay delay, Instant start) {
    return Delays.apply(delay, start, NEW_YORK, Optional.empty());
  }

  private static Instant instant(String text) {
    return Instant.parse(text);
  }
}
