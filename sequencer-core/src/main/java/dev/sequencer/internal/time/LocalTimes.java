package dev.sequencer.internal.time;

import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Maps wall clock to time line and back.
 *
 * <p>The time line of a zone is cut by its transitions into stretches of one offset. Inside a
 * stretch, local time and instants differ by a constant; every question about gaps and overlaps is
 * answered by walking the stretches.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class LocalTimes {

  /** Earliest and latest instants that calculations take; beyond lies only arithmetic overflow. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("+99999-12-31T00:00:00Z");

  private LocalTimes() {}

  /**
   * Gives the one instant of a local time (R1): the instant itself where it is unique, forward by
   * the length of the gap where it does not exist, the earlier of two where it comes twice.
   *
   * @param local a local date and time
   * @param zone the zone whose wall clock it is
   * @return the instant
   * @throws TimeRuleException with {@code INVALID_TIME} when the year is beyond all calculation
   */
  public static Instant resolve(LocalDateTime local, ZoneId zone) {
    if (local.getYear() < 0 || local.getYear() > 200_000) {
      throw new TimeRuleException(
          Code.INVALID_TIME, "A local time must lie in the years 0 to 200,000, but was " + local);
    }
    return local.atZone(zone).toInstant();
  }

  /**
   * Gives the local date of an instant.
   *
   * @param instant an instant
   * @param zone the zone whose calendar counts
   * @return the date there
   */
  public static LocalDate date(Instant instant, ZoneId zone) {
    return LocalDateTime.ofInstant(instant, zone).toLocalDate();
  }

  /**
   * Gives the first instant whose local date is a given one or later.
   *
   * @param date a local date, which may not exist in the zone
   * @param zone the zone whose calendar counts
   * @return the start of the date; of the next one that exists where it was skipped
   */
  public static Instant startOf(LocalDate date, ZoneId zone) {
    return firstOn(date, date.atStartOfDay().toInstant(ZoneOffset.MAX), zone);
  }

  /**
   * Gives the first instant, not before another, whose local date is a given one or later.
   *
   * <p>This may come after the start of the date: where the clocks go back across midnight, a date
   * is left and entered again.
   *
   * @param date a local date
   * @param from the instant from which to search, inclusive
   * @param zone the zone whose calendar counts
   * @return the first instant from there on that date or a later one
   */
  public static Instant firstOn(LocalDate date, Instant from, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    Instant stretch = from;
    while (date(stretch, zone).isBefore(date)) {
      Instant midnight = date.atStartOfDay().toInstant(rules.getOffset(stretch));
      Optional<Instant> change = nextChange(stretch, zone);
      if (change.isEmpty() || midnight.isBefore(change.get())) {
        return midnight;
      }
      stretch = change.get();
    }
    return stretch;
  }

  /**
   * Tells whether a local date exists in a zone; a few were skipped at the date line.
   *
   * @param date a local date
   * @param zone the zone whose calendar counts
   * @return false when no instant has that date
   */
  static boolean exists(LocalDate date, ZoneId zone) {
    LocalDateTime noon = date.atTime(12, 0);
    return !zone.getRules().getValidOffsets(noon).isEmpty()
        || !spans(date.atStartOfDay(), date.plusDays(1).atStartOfDay(), zone).isEmpty();
  }

  /**
   * Gives the instants whose local time lies in a range: none for a range inside a gap, two
   * stretches for one inside an overlap.
   *
   * @param from start of the range, inclusive
   * @param to end of the range, exclusive
   * @param zone the zone whose wall clock counts
   * @return disjoint stretches in ascending order
   */
  static List<Span> spans(LocalDateTime from, LocalDateTime to, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    Instant last = to.toInstant(ZoneOffset.MIN);
    Instant stretch = from.toInstant(ZoneOffset.MAX);
    List<Span> spans = new ArrayList<>(1);
    while (stretch.isBefore(last)) {
      ZoneOffset offset = rules.getOffset(stretch);
      Instant next = nextChange(stretch, zone).map(change -> earlier(change, last)).orElse(last);
      Instant start = later(from.toInstant(offset), stretch);
      Instant end = earlier(to.toInstant(offset), next);
      if (start.isBefore(end)) {
        spans.add(new Span(start, end));
      }
      stretch = next;
    }
    return spans;
  }

  /** Gives the next change of the zone's offset; empty when there is none any more. */
  static Optional<Instant> nextChange(Instant after, ZoneId zone) {
    return Optional.ofNullable(zone.getRules().nextTransition(after))
        .map(ZoneOffsetTransition::getInstant);
  }

  /**
   * Refuses instants with which calendars cannot reckon.
   *
   * @param instant an instant from outside
   * @param code the code to refuse it with
   */
  public static void check(Instant instant, Code code) {
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      throw new TimeRuleException(
          code,
          "An instant must lie between " + EARLIEST + " and " + LATEST + ", but was " + instant);
    }
  }

  /**
   * Gives the earlier of two instants.
   *
   * @param one an instant
   * @param other another
   * @return the earlier
   */
  public static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * Gives the later of two instants.
   *
   * @param one an instant
   * @param other another
   * @return the later
   */
  public static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
