package dev.sequencer.internal.time;

import dev.sequencer.Holidays;
import dev.sequencer.SendWindow;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One window, made ready for questions: the minutes of a date in which it is open (R4).
 *
 * <p>A minute is a bit, so that ranges that overlap or touch are one. The bit sets are shared and
 * must not be changed by callers.
 */
final class OpenMinutes {

  static final int DAY = 24 * 60;

  private static final BitSet CLOSED = new BitSet();

  private final Holidays holidays;

  /** What opens on a weekday: bits 0 to 1439 are its own minutes, 1440 to 2879 the next date's. */
  private final Map<DayOfWeek, BitSet> opening = new EnumMap<>(DayOfWeek.class);

  /** The open minutes of a weekday, without and with what the day before left open at midnight. */
  private final Map<DayOfWeek, BitSet> own = new EnumMap<>(DayOfWeek.class);

  private final Map<DayOfWeek, BitSet> withTail = new EnumMap<>(DayOfWeek.class);

  OpenMinutes(SendWindow window) {
    this.holidays = window.holidays();
    for (DayOfWeek day : DayOfWeek.values()) {
      BitSet minutes = new BitSet(2 * DAY);
      for (SendWindow.Range range : window.ranges().getOrDefault(day, List.of())) {
        minutes.set(range.from(), range.overnight() ? range.to() + DAY : range.to());
      }
      opening.put(day, minutes);
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      BitSet minutes = openingOn(day).get(0, DAY);
      own.put(day, minutes);
      BitSet all = openingOn(day.minus(1)).get(DAY, 2 * DAY);
      all.or(minutes);
      withTail.put(day, all);
    }
  }

  /** Gives the open minutes of a date. A holiday has none and leaves none to the next date. */
  BitSet on(LocalDate date) {
    if (holidays.contains(date)) {
      return CLOSED;
    }
    boolean tailIsCut = holidays.contains(date.minusDays(1));
    return (tailIsCut ? own : withTail).getOrDefault(date.getDayOfWeek(), CLOSED);
  }

  /** Gives the minutes of the ranges that open on a date, counted on through the next date. */
  BitSet opening(LocalDate date) {
    if (holidays.contains(date)) {
      return CLOSED;
    }
    BitSet minutes = openingOn(date.getDayOfWeek());
    return holidays.contains(date.plusDays(1)) ? minutes.get(0, DAY) : minutes;
  }

  /** Tells whether no minute of any date is closed. */
  boolean neverCloses() {
    return holidays.isEmpty() && withTail.values().stream().allMatch(m -> m.cardinality() == DAY);
  }

  private BitSet openingOn(DayOfWeek day) {
    return opening.getOrDefault(day, CLOSED);
  }
}
