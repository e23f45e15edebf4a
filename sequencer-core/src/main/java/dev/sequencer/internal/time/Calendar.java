package dev.sequencer.internal.time;

import dev.sequencer.SendWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/**
 * When rows of a lane may leave: a window, a send time and the zone in which both are read (R3.4,
 * R4; KERNEL S4, S5).
 *
 * <p>Rules, for a row that is due at an instant:
 *
 * <ol>
 *   <li>On the local date of its due instant the window alone counts.
 *   <li>On a later local date, whatever delayed it, the calendar opens at that date's send time, if
 *       the window is open then; else with the window.
 * </ol>
 *
 * <p>Rows of one lane are ordered by due alone. What is open may differ between them only by rule 2:
 * before the send time, rows from earlier dates are still closed while those of today are open. So
 * a lane is asked in two steps: {@link #isOpen} and, when it is, {@link #dueFrom}, the lower bound
 * of the due instants that may leave now. Because earlier dates come first in the order, a lower
 * bound is all that is needed, and within it the order stays right. Until {@link #nextChange} both
 * answers stay the same.
 *
 * <p>Retries and rows moved by hand use the calendar without send time.
 *
 * <p>Immutable; equal when window, send time and zone are; safe for use by several threads.
 */
public final class Calendar {

  private static final Calendar ALWAYS =
      new Calendar(Optional.empty(), Optional.empty(), ZoneOffset.UTC);

  private final Optional<SendWindow> window;
  private final Optional<LocalTime> sendTime;
  private final ZoneId zone;
  private final Openings openings;

  private Calendar(Optional<SendWindow> window, Optional<LocalTime> sendTime, ZoneId zone) {
    this.window = window;
    this.sendTime = sendTime;
    this.zone = zone;
    this.openings =
        window.map(hours -> Openings.of(hours, zone)).orElseGet(() -> Openings.always(zone));
  }

  /**
   * Gives a calendar.
   *
   * @param window when it is open; empty for always
   * @param sendTime when it opens on dates after the due date
   * @param zone the zone in which both are read
   * @return the calendar; {@link #always} when there is neither, whatever the zone
   */
  public static Calendar of(
      Optional<SendWindow> window, Optional<LocalTime> sendTime, ZoneId zone) {
    return window.isEmpty() && sendTime.isEmpty() ? ALWAYS : new Calendar(window, sendTime, zone);
  }

  /**
   * Gives the calendar that never closes, which needs no zone of its own.
   *
   * @return always open
   */
  public static Calendar always() {
    return ALWAYS;
  }

  /**
   * Gives the window.
   *
   * @return the window; empty when it never closes
   */
  public Optional<SendWindow> window() {
    return window;
  }

  /**
   * Gives the time at which the calendar opens on dates after the due date.
   *
   * @return the send time
   */
  public Optional<LocalTime> sendTime() {
    return sendTime;
  }

  /**
   * Gives the zone in which window and send time are read.
   *
   * @return the zone
   */
  public ZoneId zone() {
    return zone;
  }

  /**
   * Gives this calendar without its send time, as retries and rows moved by hand use it.
   *
   * @return the plain calendar
   */
  public Calendar plain() {
    return sendTime.isEmpty() ? this : of(window, Optional.empty(), zone);
  }

  /**
   * Gives the first instant at which a row may leave: the first at or after both instants that is
   * open for it. A row that is overdue is asked at the clock of now, not of its old due time.
   *
   * @param due the row's due instant
   * @param now one reading of the clock
   * @return the first open instant
   * @throws dev.sequencer.TimeRuleException with {@code NO_OPEN_TIME} when nothing opens through
   *     the local date 366 days later
   */
  public Instant firstOpen(Instant due, Instant now) {
    Instant opening = openings.firstOpen(LocalTimes.later(due, now));
    return isLaterDate(due, opening)
        ? sendTimeInstead(opening).orElse(opening)
        : opening;
  }

  /**
   * Tells whether the window is open, whatever the send time says.
   *
   * @param instant an instant
   * @return true when rows that are due on its local date may leave
   */
  public boolean isOpen(Instant instant) {
    return openings.isOpen(instant);
  }

  /**
   * Tells whether a row may leave.
   *
   * @param due the row's due instant
   * @param now one reading of the clock
   * @return true when it is due and the calendar is open for it
   */
  public boolean openFor(Instant due, Instant now) {
    return !due.isAfter(now)
        && isOpen(now)
        && (!isLaterDate(due, now) || sendTimeInstead(now).isEmpty());
  }

  /**
   * Gives the lower bound of the due instants that may leave at an open instant.
   *
   * @param open one reading of the clock, at which {@link #isOpen} is true
   * @return rows due at or after this instant may leave; empty when all may
   */
  public Optional<Instant> dueFrom(Instant open) {
    return sendTimeInstead(open)
        .map(later -> LocalTimes.startOf(LocalTimes.date(open, zone), zone));
  }

  /**
   * Gives the earliest instant at which {@link #isOpen} or {@link #dueFrom} may answer otherwise.
   *
   * @param now one reading of the clock
   * @return an instant after now; empty when nothing changes through the local date 366 days later
   */
  public Optional<Instant> nextChange(Instant now) {
    if (!isOpen(now)) {
      return openings.opensAt(now);
    }
    Optional<Instant> closing = openings.closesAt(now);
    if (sendTime.isEmpty()) {
      return closing;
    }
    Instant midnight = nextMidnight(now);
    Instant change = sendTimeInstead(now).map(time -> LocalTimes.earlier(time, midnight)).orElse(midnight);
    return Optional.of(closing.map(close -> LocalTimes.earlier(close, change)).orElse(change));
  }

  /**
   * Gives the first instant at which a row that may leave now may no longer.
   *
   * @param due the row's due instant
   * @param now an instant at which {@link #openFor} is true
   * @return the window's closing, or a midnight after which the row waits for the send time; empty
   *     when neither comes through the local date 366 days later
   */
  public Optional<Instant> closesFor(Instant due, Instant now) {
    Optional<Instant> closing = openings.closesAt(now);
    if (sendTime.isEmpty()) {
      return closing;
    }
    LocalDate last = openings.horizon(now);
    Instant midnight = nextMidnight(now);
    while (closing.map(midnight::isBefore).orElse(true)
        && !LocalTimes.date(midnight, zone).isAfter(last)) {
      if (!openFor(due, midnight)) {
        return Optional.of(midnight);
      }
      midnight = nextMidnight(midnight);
    }
    return closing;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calendar that
        && window.equals(that.window)
        && sendTime.equals(that.sendTime)
        && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return Objects.hash(window, sendTime, zone);
  }

  @Override
  public String toString() {
    return window.map(SendWindow::toString).orElse("always")
        + sendTime.map(time -> ", later dates at " + time).orElse("")
        + " in "
        + zone;
  }

  /** Tells whether an instant lies on a later local date than the due instant. */
  private boolean isLaterDate(Instant due, Instant instant) {
    return sendTime.isPresent()
        && due.isBefore(LocalTimes.startOf(LocalTimes.date(instant, zone), zone));
  }

  /** Gives the send time of an instant's date where it is open and still to come. */
  private Optional<Instant> sendTimeInstead(Instant opening) {
    return sendTime
        .map(time -> LocalTimes.resolve(LocalTimes.date(opening, zone).atTime(time), zone))
        .filter(instant -> instant.isAfter(opening) && isOpen(instant));
  }

  private Instant nextMidnight(Instant instant) {
    return LocalTimes.firstOn(LocalTimes.date(instant, zone).plusDays(1), instant, zone);
  }
}
