package dev.sequencer;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The local times in which e-mail may leave: ranges for each weekday, and holidays.
 *
 * <pre>{@code
 * SendWindow office = SendWindow.weekdays("09:00", "12:00")
 *     .and(SendWindow.weekdays("13:00", "17:00"))
 *     .without(LocalDate.of(2026, 12, 25));
 * }</pre>
 *
 * <p>A range opens at its first minute and closes at its last, exclusive; {@code 24:00} closes at
 * the end of the day. A range whose end is earlier than its start goes over midnight and belongs to
 * the weekday on which it opens: {@code FRI 22:00-02:00} covers Saturday until 02:00. Ranges of one
 * day may overlap or touch. Times are read off the wall clock of the zone that applies: the
 * contact's for a sequence, the mailbox's for its hours. A window has no zone of its own.
 *
 * <p>Immutable; each method gives a new window.
 */
public final class SendWindow {

  private final Map<DayOfWeek, List<Range>> ranges;
  private final Holidays holidays;

  private SendWindow(Map<DayOfWeek, List<Range>> ranges, Holidays holidays) {
    Map<DayOfWeek, List<Range>> copy = new EnumMap<>(DayOfWeek.class);
    ranges.forEach(
        (day, ofDay) -> {
          if (!ofDay.isEmpty()) {
            copy.put(day, List.copyOf(ofDay));
          }
        });
    if (copy.isEmpty()) {
      throw invalid("A window must open on at least one weekday, but has no range; add one");
    }
    this.ranges = Collections.unmodifiableMap(copy);
    this.holidays = holidays;
  }

  /**
   * Gives a window from Monday to Friday.
   *
   * @param from opening as {@code HH:mm}
   * @param to closing as {@code HH:mm}, up to {@code 24:00}
   * @return the window
   * @throws TimeRuleException with {@code INVALID_WINDOW} when the range is not valid
   */
  public static SendWindow weekdays(String from, String to) {
    return on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), from, to);
  }

  /**
   * Gives a window on all seven days.
   *
   * @param from opening as {@code HH:mm}
   * @param to closing as {@code HH:mm}, up to {@code 24:00}
   * @return the window
   * @throws TimeRuleException with {@code INVALID_WINDOW} when the range is not valid
   */
  public static SendWindow daily(String from, String to) {
    return on(EnumSet.allOf(DayOfWeek.class), from, to);
  }

  /**
   * Gives a window on one weekday.
   *
   * @param day the weekday on which it opens
   * @param from opening as {@code HH:mm}
   * @param to closing as {@code HH:mm}, up to {@code 24:00}
   * @return the window
   * @throws TimeRuleException with {@code INVALID_WINDOW} when the range is not valid
   */
  public static SendWindow on(DayOfWeek day, String from, String to) {
    return on(Set.of(day), from, to);
  }

  /**
   * Gives a window on some weekdays.
   *
   * @param days the weekdays on which it opens, at least one
   * @param from opening as {@code HH:mm}
   * @param to closing as {@code HH:mm}, up to {@code 24:00}
   * @return the window
   * @throws TimeRuleException with {@code INVALID_WINDOW} when the range is not valid or no day is
   *     given
   */
  public static SendWindow on(Set<DayOfWeek> days, String from, String to) {
    List<Range> range = List.of(Range.parse(from + "-" + to));
    Map<DayOfWeek, List<Range>> ranges = new EnumMap<>(DayOfWeek.class);
    days.forEach(day -> ranges.put(day, range));
    return new SendWindow(ranges, Holidays.none());
  }

  /**
   * Gives a window of several ranges a day.
   *
   * @param ranges for each weekday its ranges as {@code HH:mm-HH:mm}; a weekday without any is
   *     closed
   * @return the window
   * @throws TimeRuleException with {@code INVALID_WINDOW} when a range is not valid or there is
   *     none at all
   */
  public static SendWindow of(Map<DayOfWeek, List<String>> ranges) {
    Map<DayOfWeek, List<Range>> parsed = new EnumMap<>(DayOfWeek.class);
    ranges.forEach((day, ofDay) -> parsed.put(day, ofDay.stream().map(Range::parse).toList()));
    return new SendWindow(parsed, Holidays.none());
  }

  /**
   * Reads a window whose weekdays are text, as configuration files have it.
   *
   * @param ranges for each weekday ({@code MON} or {@code MONDAY}, in any case) its ranges as
   *     {@code HH:mm-HH:mm}
   * @return the window
   * @throws TimeRuleException with {@code INVALID_WINDOW} when a weekday is unknown or given twice,
   *     a range is not valid, or there is none at all
   */
  public static SendWindow parse(Map<String, ? extends Collection<String>> ranges) {
    Map<DayOfWeek, List<Range>> parsed = new EnumMap<>(DayOfWeek.class);
    ranges.forEach(
        (day, ofDay) -> {
          List<Range> before = parsed.put(day(day), ofDay.stream().map(Range::parse).toList());
          if (before != null) {
            throw invalid("A window names each weekday once, but \"" + day + "\" comes again");
          }
        });
    return new SendWindow(parsed, Holidays.none());
  }

  /**
   * Gives a window that is open when this one or the other is.
   *
   * @param other more ranges; its holidays are added too, for all ranges
   * @return the window of both
   */
  public SendWindow and(SendWindow other) {
    Map<DayOfWeek, List<Range>> union = new EnumMap<>(ranges);
    other.ranges.forEach(
        (day, more) ->
            union.merge(
                day,
                more,
                (mine, theirs) -> {
                  List<Range> both = new ArrayList<>(mine);
                  both.addAll(theirs);
                  return both;
                }));
    return new SendWindow(union, holidays.and(other.holidays));
  }

  /**
   * Gives this window closed on some more dates.
   *
   * @param holidays local dates on which it does not open; the part after midnight of a range that
   *     would open on one falls away too
   * @return the window with these holidays beside those it has
   */
  public SendWindow without(Holidays holidays) {
    return new SendWindow(ranges, this.holidays.and(holidays));
  }

  /**
   * Gives this window closed on some more dates.
   *
   * @param dates local dates, as for {@link #without(Holidays)}
   * @return the window with these holidays beside those it has
   */
  public SendWindow without(LocalDate... dates) {
    return without(Holidays.of(dates));
  }

  /**
   * Gives the ranges as they were given, by the weekday on which they open.
   *
   * @return at least one weekday, each with at least one range; unmodifiable, from Monday to Sunday
   */
  public Map<DayOfWeek, List<Range>> ranges() {
    return ranges;
  }

  /**
   * Gives the dates on which the window does not open.
   *
   * @return the holidays, perhaps none
   */
  public Holidays holidays() {
    return holidays;
  }

  /**
   * Gives the weekdays on which the window opens; business days are counted by them.
   *
   * @return at least one weekday, unmodifiable
   */
  public Set<DayOfWeek> openDays() {
    return ranges.keySet();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SendWindow that
        && ranges.equals(that.ranges)
        && holidays.equals(that.holidays);
  }

  @Override
  public int hashCode() {
    return 31 * ranges.hashCode() + holidays.hashCode();
  }

  @Override
  public String toString() {
    return holidays.isEmpty() ? ranges.toString() : ranges + " without " + holidays;
  }

  private static DayOfWeek day(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().equals(name) || day.name().substring(0, 3).equals(name)) {
        return day;
      }
    }
    throw invalid(
        "A weekday must be one of MON, TUE, WED, THU, FRI, SAT, SUN, but was \"" + text + "\"");
  }

  private static TimeRuleException invalid(String message) {
    return new TimeRuleException(TimeRuleException.Code.INVALID_WINDOW, message);
  }

  /**
   * One range of a weekday, in minutes since its midnight.
   *
   * @param from opening, inclusive, 0 to 1439
   * @param to closing, exclusive, 0 to 1440; before {@code from} it is on the next day
   */
  public record Range(int from, int to) {

    /**
     * Checks the range.
     *
     * @throws TimeRuleException with {@code INVALID_WINDOW} when a bound lies outside the day or
     *     both are equal
     */
    public Range {
      if (from < 0 || from >= TimeOfDay.MINUTES_A_DAY || to < 0 || to > TimeOfDay.MINUTES_A_DAY) {
        throw malformed(from + " to " + to + " minutes");
      }
      if (from == to) {
        throw invalid(
            "A range of a window must not be empty, but was \""
                + TimeOfDay.text(from)
                + "-"
                + TimeOfDay.text(to)
                + "\"; write 00:00-24:00 for a whole day");
      }
    }

    /**
     * Reads a range.
     *
     * @param text the range as {@code HH:mm-HH:mm}; the end may be {@code 24:00}, or earlier than
     *     the start for a range over midnight
     * @return the range
     * @throws TimeRuleException with {@code INVALID_WINDOW} when it is not of this form or empty
     */
    public static Range parse(String text) {
      int dash = text.indexOf('-');
      if (dash < 0) {
        throw malformed(text);
      }
      int from = TimeOfDay.minutes(text.substring(0, dash));
      int to = TimeOfDay.minutes(text.substring(dash + 1));
      if (from == TimeOfDay.NONE || from == TimeOfDay.MINUTES_A_DAY || to == TimeOfDay.NONE) {
        throw malformed(text);
      }
      return new Range(from, to);
    }

    /**
     * Tells whether the range goes over midnight.
     *
     * @return true when it closes on the day after it opened
     */
    public boolean overnight() {
      return to < from;
    }

    /**
     * Writes the range as {@link #parse} reads it.
     *
     * @return the range as {@code HH:mm-HH:mm}
     */
    @Override
    public String toString() {
      return TimeOfDay.text(from) + "-" + TimeOfDay.text(to);
    }

    private static TimeRuleException malformed(String shown) {
      return invalid(
          "A range of a window must be HH:mm-HH:mm with an end up to 24:00, but was \""
              + shown
              + "\"; write for example 09:00-17:00");
    }
  }
}
