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
 * <p>Rows of one lane are ordered by due alone, so a lane must be open for all its rows or for
 * none. {@link #laneOpen} is that answer: the window is open, and the date's send time, if the
 * window is open then, has come. It is exact for rows whose delay had this send time, because those
 * are due at it and never before it on their own date. A row that became due on some other way
 * (after a rest of its mailbox, say) before the send time waits for it like the rows of earlier
 * dates; it may leave whenever its lane is open, since {@code laneOpen(now)} implies {@code
 * openFor(due, now)}.
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
    return isLaterDate(due, opening) ? sendTimeInstead(opening).orElse(opening) : opening;
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
   * Tells whether a lane of this calendar is open: whether all its rows that are due may leave.
   *
   * @param now one reading of the clock
   * @return true when rows of this and of earlier dates may leave
   */
  public boolean laneOpen(Instant now) {
    return isOpen(now) && sendTimeInstead(now).isEmpty();
  }

  /**
   * Gives the first instant at which a lane of this calendar is open. For the instant at which a
   * row leaves ask it from the later of its due instant and now.
   *
   * @param from where the search begins
   * @return {@code from} itself when the lane is open, else its next opening; empty when there is
   *     none through the local date 366 days later
   */
  public Optional<Instant> laneOpensAt(Instant from) {
    return openings.opensAt(from).map(opening -> sendTimeInstead(opening).orElse(opening));
  }

  /**
   * Gives the first instant at which a lane that is open closes.
   *
   * @param open one reading of the clock, at which {@link #laneOpen} is true
   * @return the window's closing, or a midnight after which the lane waits for the send time; empty
   *     when neither comes through the local date 366 days later
   */
  public Optional<Instant> laneClosesAt(Instant open) {
    Optional<Instant> closing = openings.closesAt(open);
    if (sendTime.isEmpty()) {
      return closing;
    }
    LocalDate last = openings.horizon(open);
    Instant midnight = nextMidnight(open);
    while (closing.map(midnight::isBefore).orElse(true)
        && !LocalTimes.date(midnight, zone).isAfter(last)) {
      if (!laneOpen(midnight)) {
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
