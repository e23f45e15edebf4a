package dev.sequencer.internal.time;

import dev.sequencer.Holidays;
import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * Counts business days (R6): local dates one by one from the day after the start, those that are
 * open, no holiday and exist in the zone.
 */
final class BusinessDays {

  private BusinessDays() {}

  static Instant after(
      Instant start, long amount, ZoneId zone, Set<DayOfWeek> openDays, Holidays holidays) {
    if (openDays.isEmpty()) {
      throw new TimeRuleException(
          Code.INVALID_CALENDAR,
          "A business calendar must have an open weekday, but has none; open at least one");
    }
    if (amount == 0) {
      return start;
    }
    LocalDateTime local = LocalDateTime.ofInstant(start, zone);
    LocalDate date = local.toLocalDate();
    for (long counted = 0; counted < amount; counted++) {
      date = next(date, zone, openDays, holidays);
    }
    return LocalTimes.resolve(date.atTime(local.toLocalTime()), zone);
  }

  private static LocalDate next(
      LocalDate after, ZoneId zone, Set<DayOfWeek> openDays, Holidays holidays) {
    LocalDate date = after;
    for (int searched = 0; searched < Openings.HORIZON_DAYS; searched++) {
      date = date.plusDays(1);
      if (openDays.contains(date.getDayOfWeek())
          && !holidays.contains(date)
          && LocalTimes.exists(date, zone)) {
        return date;
      }
    }
    throw new TimeRuleException(
        Code.NO_OPEN_TIME,
        "A business day must come within "
            + Openings.HORIZON_DAYS
            + " dates, but there is none after "
            + after
            + " through "
            + date
            + "; check the holidays");
  }
}
