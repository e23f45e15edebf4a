package dev.sequencer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Local calendar dates on which nothing is sent.
 *
 * <p>A date means that date in the zone in which the window is read, so {@code 2026-12-25} closes
 * Christmas day of each contact, wherever they live. Immutable.
 */
public final class Holidays {

  private static final Holidays NONE = new Holidays(new TreeSet<>());

  private final SortedSet<LocalDate> dates;

  private Holidays(SortedSet<LocalDate> dates) {
    this.dates = Collections.unmodifiableSortedSet(dates);
  }

  /**
   * Gives the empty set.
   *
   * @return no holidays
   */
  public static Holidays none() {
    return NONE;
  }

  /**
   * Gives the set of some dates.
   *
   * @param dates local dates, in any order
   * @return their set
   */
  public static Holidays of(LocalDate... dates) {
    return of(Arrays.asList(dates));
  }

  /**
   * Gives the set of some dates.
   *
   * @param dates local dates, in any order
   * @return their set
   */
  public static Holidays of(Collection<LocalDate> dates) {
    return dates.isEmpty() ? NONE : new Holidays(new TreeSet<>(dates));
  }

  /**
   * Reads dates from text.
   *
   * @param dates dates as {@code yyyy-MM-dd}
   * @return their set
   * @throws TimeRuleException with {@code INVALID_CALENDAR} when one is no date
   */
  public static Holidays parse(Collection<String> dates) {
    SortedSet<LocalDate> parsed = new TreeSet<>();
    for (String date : dates) {
      try {
        parsed.add(LocalDate.parse(date));
      } catch (DateTimeException e) {
        throw new TimeRuleException(
            TimeRuleException.Code.INVALID_CALENDAR,
            "A holiday must be a date as yyyy-MM-dd, but was \""
                + date
                + "\"; correct or remove it");
      }
    }
    return of(parsed);
  }

  /**
   * Gives these holidays and others.
   *
   * @param others more holidays
   * @return the union
   */
  public Holidays and(Holidays others) {
    SortedSet<LocalDate> union = new TreeSet<>(dates);
    union.addAll(others.dates);
    return of(union);
  }

  /**
   * Tells whether a date is a holiday.
   *
   * @param date a local date
   * @return true when it is one of these
   */
  public boolean contains(LocalDate date) {
    return dates.contains(date);
  }

  /**
   * Gives the dates.
   *
   * @return the dates in ascending order, unmodifiable
   */
  public SortedSet<LocalDate> dates() {
    return dates;
  }

  /**
   * Tells whether there is no holiday at all.
   *
   * @return true when the set is empty
   */
  public boolean isEmpty() {
    return dates.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Holidays that && dates.equals(that.dates);
  }

  @Override
  public int hashCode() {
    return dates.hashCode();
  }

  @Override
  public String toString() {
    return dates.toString();
  }
}
