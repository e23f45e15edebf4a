package dev.sequencer.internal.time;

import dev.sequencer.Delay;
import dev.sequencer.Holidays;
import dev.sequencer.SendWindow;
import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Works out when a delay ends (R2, R3.1 to R3.3, R6).
 *
 * <ol>
 *   <li>The calendar part: local date and time of the start, dates or months or business days on,
 *       same local time, mapped to an instant once. An amount of 0 is the start itself.
 *   <li>The elapsed part is added to that instant.
 *   <li>The send time, if there is one: after a calendar part the one of the date reached, whether
 *       earlier or later; after an elapsed part or no delay the first that is not earlier.
 * </ol>
 *
 * <p>The result is a row's due instant. Windows and holidays are the {@link Calendar}'s.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class Delays {

  private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  private Delays() {}

  /**
   * Gives the instant at which a delay ends.
   *
   * @param delay the delay; its base is already the start
   * @param start the instant from which it counts
   * @param zone the contact's zone; any will do for a delay that {@linkplain Delay#needsZone needs
   *     none}
   * @param window the window whose weekdays and holidays make business days; empty for Monday to
   *     Friday
   * @return the due instant
   * @throws TimeRuleException with {@code NO_OPEN_TIME} when no business day comes within 366
   *     dates, with {@code INVALID_DELAY} when the start is beyond all calculation
   */
  public static Instant apply(
      Delay delay, Instant start, ZoneId zone, Optional<SendWindow> window) {
    Set<DayOfWeek> openDays = window.map(SendWindow::openDays).orElse(WEEKDAYS);
    return apply(
        delay, start, zone, openDays, window.map(SendWindow::holidays).orElse(Holidays.none()));
  }

  /**
   * Gives the instant at which a delay ends, with a business calendar of its own.
   *
   * @param delay the delay; its base is already the start
   * @param start the instant from which it counts
   * @param zone the contact's zone
   * @param openDays the weekdays that are business days
   * @param holidays the dates that are none
   * @return the due instant
   * @throws TimeRuleException with {@code INVALID_CALENDAR} when business days are counted and no
   *     weekday is open, else as above
   */
  public static Instant apply(
      Delay delay, Instant start, ZoneId zone, Set<DayOfWeek> openDays, Holidays holidays) {
    LocalTimes.check(start, Code.INVALID_DELAY);
    Instant base = calendarPart(delay, start, zone, openDays, holidays).plus(delay.elapsed());
    if (delay.sendTime().isEmpty()) {
      return base;
    }
    LocalTime sendTime = delay.sendTime().get();
    return delay.unit().isCalendar() && delay.amount() > 0
        ? LocalTimes.resolve(LocalTimes.date(base, zone).atTime(sendTime), zone)
        : firstSendTime(sendTime, base, zone);
  }

  /**
   * Reads the instant of an attribute from which a delay counts: an instant, a date-time with
   * offset or zone, a local date-time, or a local date, which is its first instant.
   *
   * @param text an ISO-8601 date or date-time
   * @param zone the contact's zone, for local ones
   * @return the instant; empty when the text is no date
   */
  public static Optional<Instant> attribute(String text, ZoneId zone) {
    String value = text.strip();
    try {
      if (value.length() <= "yyyy-MM-dd".length()) {
        return Optional.of(LocalTimes.startOf(LocalDate.parse(value), zone));
      }
      if (value.endsWith("]")) {
        return Optional.of(ZonedDateTime.parse(value).toInstant());
      }
      boolean offset =
          value.endsWith("Z") || value.lastIndexOf('+') > 0 || value.lastIndexOf('-') > 9;
      return Optional.of(
          offset
              ? OffsetDateTime.parse(value).toInstant()
              : LocalTimes.resolve(LocalDateTime.parse(value), zone));
    } catch (DateTimeException | TimeRuleException e) {
      return Optional.empty();
    }
  }

  private static Instant calendarPart(
      Delay delay, Instant start, ZoneId zone, Set<DayOfWeek> openDays, Holidays holidays) {
    long amount = delay.amount();
    if (delay.unit() == Delay.Unit.BUSINESS_DAYS) {
      return BusinessDays.after(start, amount, zone, openDays, holidays);
    }
    if (!delay.unit().isCalendar() || amount == 0) {
      return start;
    }
    LocalDateTime local = LocalDateTime.ofInstant(start, zone);
    LocalDateTime end =
        switch (delay.unit()) {
          case WEEKS -> local.plusWeeks(amount);
          case MONTHS -> local.plusMonths(amount);
          case DAYS, MINUTES, HOURS, BUSINESS_DAYS -> local.plusDays(amount);
        };
    return LocalTimes.resolve(end, zone);
  }

  /** A gap may push a date's send time into the next date, so the dates around are asked too. */
  private static Instant firstSendTime(LocalTime sendTime, Instant from, ZoneId zone) {
    LocalDate date = LocalTimes.date(from, zone).minusDays(1);
    Instant instant = LocalTimes.resolve(date.atTime(sendTime), zone);
    while (instant.isBefore(from)) {
      date = date.plusDays(1);
      instant = LocalTimes.resolve(date.atTime(sendTime), zone);
    }
    return instant;
  }
}
