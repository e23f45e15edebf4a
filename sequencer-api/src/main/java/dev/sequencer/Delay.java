package dev.sequencer;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Objects;
import java.util.Optional;

/**
 * How long to wait: an amount of a unit, perhaps hours or minutes more, perhaps until a local time
 * of day, counted from the previous send unless something else is said.
 *
 * <pre>{@code
 * Delay.days(3)                                 // same local time, three calendar days later
 * Delay.days(3).at("09:30")                     // on that day at 09:30 of the contact's zone
 * Delay.days(2).plusHours(4)                    // two calendar days, then four elapsed hours
 * Delay.businessDays(5).sinceEnrollment()
 * Delay.none().sinceAttribute("renewal").at("09:00")
 * }</pre>
 *
 * <p>Minutes and hours are elapsed time. Days, weeks, months and business days are calendar time in
 * the contact's zone: the local time of day stays the same over a change of the clocks, and a month
 * ends where the month ends (31 January and one month is 28 February). An amount of 0 is the start
 * itself, whatever the unit.
 *
 * <p>With a send time, a delay of one day or more ends at that time of the day it reaches, earlier
 * or later than the full delay; a delay of minutes, hours or nothing ends at the first such time
 * that is not before its end.
 *
 * <p>The longest delays are 5,256,000 minutes, 87,600 hours, 3,650 days, 521 weeks, 120 months and
 * 2,600 business days.
 *
 * <p>Immutable; each method gives a new delay.
 */
public final class Delay {

  /** What the amount of a delay counts. */
  public enum Unit {
    /** Elapsed minutes. */
    MINUTES(5_256_000),
    /** Elapsed hours. */
    HOURS(87_600),
    /** Calendar days, at the same local time. */
    DAYS(3_650),
    /** Weeks of seven calendar days. */
    WEEKS(521),
    /** Calendar months; a day that the month lacks is its last day. */
    MONTHS(120),
    /** Days on which the sequence's window opens; without a window Monday to Friday. */
    BUSINESS_DAYS(2_600);

    private final long most;

    Unit(long most) {
      this.most = most;
    }

    /**
     * Tells the largest amount of this unit.
     *
     * @return the limit, inclusive
     */
    public long most() {
      return most;
    }

    /**
     * Tells whether the unit is calendar time, which needs a zone.
     *
     * @return false for minutes and hours, which are elapsed time
     */
    public boolean isCalendar() {
      return this != MINUTES && this != HOURS;
    }
  }

  /** From which instant a delay counts. */
  public enum Base {
    /** The instant at which the previous step's e-mail really left; for the first, enrolling. */
    PREVIOUS_SEND,
    /** The instant of enrolling. */
    ENROLLMENT,
    /** A date or instant in an attribute of the contact or the enrollment. */
    ATTRIBUTE
  }

  private final Unit unit;
  private final long amount;
  private final long extraMinutes;
  private final Optional<LocalTime> sendTime;
  private final Base base;
  private final Optional<String> attribute;

  private Delay(
      Unit unit,
      long amount,
      long extraMinutes,
      Optional<LocalTime> sendTime,
      Base base,
      Optional<String> attribute) {
    this.unit = unit;
    this.amount = amount;
    this.extraMinutes = extraMinutes;
    this.sendTime = sendTime;
    this.base = base;
    this.attribute = attribute;
    if (amount < 0 || amount > unit.most()) {
      throw DelayText.outOfRange(unit, amount);
    }
    if (elapsedMinutes() > Unit.MINUTES.most()) {
      throw DelayText.outOfRange(Unit.MINUTES, elapsedMinutes());
    }
    if (sendTime.isPresent() && unit.isCalendar() && extraMinutes > 0) {
      throw DelayText.invalid(
          "A delay with both a calendar and an elapsed part has no send time, but was \""
              + toText()
              + "\"; leave out the hours and minutes, or the time");
    }
  }

  /**
   * Gives no delay: zero days.
   *
   * @return the delay
   */
  public static Delay none() {
    return days(0);
  }

  /**
   * Gives elapsed minutes.
   *
   * @param amount 0 to 5,256,000
   * @return the delay
   * @throws TimeRuleException with {@code INVALID_DELAY} outside these bounds
   */
  public static Delay minutes(long amount) {
    return of(amount, Unit.MINUTES);
  }

  /**
   * Gives elapsed hours.
   *
   * @param amount 0 to 87,600
   * @return the delay
   * @throws TimeRuleException with {@code INVALID_DELAY} outside these bounds
   */
  public static Delay hours(long amount) {
    return of(amount, Unit.HOURS);
  }

  /**
   * Gives calendar days.
   *
   * @param amount 0 to 3,650
   * @return the delay
   * @throws TimeRuleException with {@code INVALID_DELAY} outside these bounds
   */
  public static Delay days(long amount) {
    return of(amount, Unit.DAYS);
  }

  /**
   * Gives weeks of seven calendar days.
   *
   * @param amount 0 to 521
   * @return the delay
   * @throws TimeRuleException with {@code INVALID_DELAY} outside these bounds
   */
  public static Delay weeks(long amount) {
    return of(amount, Unit.WEEKS);
  }

  /**
   * Gives calendar months.
   *
   * @param amount 0 to 120
   * @return the delay
   * @throws TimeRuleException with {@code INVALID_DELAY} outside these bounds
   */
  public static Delay months(long amount) {
    return of(amount, Unit.MONTHS);
  }

  /**
   * Gives business days: days on which the sequence's window opens, holidays left out; Monday to
   * Friday without a window.
   *
   * @param amount 0 to 2,600
   * @return the delay
   * @throws TimeRuleException with {@code INVALID_DELAY} outside these bounds
   */
  public static Delay businessDays(long amount) {
    return of(amount, Unit.BUSINESS_DAYS);
  }

  /**
   * Gives an amount of a unit.
   *
   * @param amount 0 to {@link Unit#most()}
   * @param unit what the amount counts
   * @return the delay
   * @throws TimeRuleException with {@code INVALID_DELAY} outside these bounds
   */
  public static Delay of(long amount, Unit unit) {
    return new Delay(unit, amount, 0, Optional.empty(), Base.PREVIOUS_SEND, Optional.empty());
  }

  /**
   * Reads a delay from text, for example {@code 3d at 09:30}, {@code 2d+4h}, {@code 5 business
   * days}, {@code 1 month}, {@code 90m}, {@code 3d since enrollment} or {@code 0d since attribute
   * renewal}.
   *
   * <p>Units are {@code m min minute(s)}, {@code h hr hour(s)}, {@code d day(s)}, {@code w
   * week(s)}, {@code mo month(s)} and {@code bd business day(s)}, in any case and with or without
   * spaces; {@code none} is zero days. An attribute whose name has spaces stands in double quotes.
   *
   * @param text the delay
   * @return the delay; {@code Delay.parse(d.toText())} equals {@code d}
   * @throws TimeRuleException with {@code INVALID_DELAY} when it is not understood or too long,
   *     with {@code INVALID_TIME} when its send time is none
   */
  public static Delay parse(String text) {
    return DelayText.parse(text);
  }

  /**
   * Gives this delay with elapsed hours added; they count after the calendar part.
   *
   * @param hours 0 or more
   * @return the longer delay
   * @throws TimeRuleException with {@code INVALID_DELAY} when negative, when the elapsed part
   *     exceeds 87,600 hours, or when this is calendar time with a send time
   */
  public Delay plusHours(long hours) {
    if (hours < 0 || hours > Unit.HOURS.most()) {
      throw DelayText.outOfRange(Unit.HOURS, hours);
    }
    return plus(hours * 60);
  }

  /**
   * Gives this delay with elapsed minutes added; they count after the calendar part.
   *
   * @param minutes 0 or more
   * @return the longer delay
   * @throws TimeRuleException with {@code INVALID_DELAY} when negative, when the elapsed part
   *     exceeds 5,256,000 minutes, or when this is calendar time with a send time
   */
  public Delay plusMinutes(long minutes) {
    if (minutes < 0 || minutes > Unit.MINUTES.most()) {
      throw DelayText.outOfRange(Unit.MINUTES, minutes);
    }
    return plus(minutes);
  }

  /**
   * Gives this delay with a local time of day at which it ends.
   *
   * @param sendTime a time as {@code HH:mm}, 00:00 to 23:59, in the contact's zone
   * @return the delay with this time instead of any other
   * @throws TimeRuleException with {@code INVALID_TIME} when it is no such time, with {@code
   *     INVALID_DELAY} when the delay has both a calendar and an elapsed part
   */
  public Delay at(String sendTime) {
    return at(TimeOfDay.parse(sendTime));
  }

  /**
   * Gives this delay with a local time of day at which it ends.
   *
   * @param sendTime a time in whole minutes, in the contact's zone
   * @return the delay with this time instead of any other
   * @throws TimeRuleException with {@code INVALID_TIME} when it has seconds, with {@code
   *     INVALID_DELAY} when the delay has both a calendar and an elapsed part
   */
  public Delay at(LocalTime sendTime) {
    if (sendTime.getSecond() != 0 || sendTime.getNano() != 0) {
      throw TimeOfDay.invalid(sendTime.toString());
    }
    return new Delay(unit, amount, extraMinutes, Optional.of(sendTime), base, attribute);
  }

  /**
   * Gives this delay counted from enrolling instead of the previous send, so that steps keep their
   * distances from the first day even when one is sent late.
   *
   * @return the delay with this base
   */
  public Delay sinceEnrollment() {
    return new Delay(unit, amount, extraMinutes, sendTime, Base.ENROLLMENT, Optional.empty());
  }

  /**
   * Gives this delay counted from a date or instant in an attribute.
   *
   * @param name the attribute's name
   * @return the delay with this base
   * @throws TimeRuleException with {@code INVALID_DELAY} when the name is blank, has blanks around
   *     it or has control characters
   */
  public Delay sinceAttribute(String name) {
    if (name.isBlank() || !name.equals(name.strip()) || name.chars().anyMatch(c -> c < ' ')) {
      throw DelayText.invalid(
          "A delay counts from an attribute with a name, but it was \"" + name + "\"");
    }
    return new Delay(unit, amount, extraMinutes, sendTime, Base.ATTRIBUTE, Optional.of(name));
  }

  /**
   * Gives the unit of the main part.
   *
   * @return the unit
   */
  public Unit unit() {
    return unit;
  }

  /**
   * Gives the amount of the main part.
   *
   * @return 0 to the unit's limit
   */
  public long amount() {
    return amount;
  }

  /**
   * Gives all elapsed time of this delay: the amount, when its unit is elapsed, and what was added.
   *
   * @return the elapsed part, zero for calendar time alone
   */
  public Duration elapsed() {
    return Duration.ofMinutes(elapsedMinutes());
  }

  /**
   * Gives the local time of day at which the delay ends.
   *
   * @return a time in whole minutes; empty when the delay keeps the time of day it reaches
   */
  public Optional<LocalTime> sendTime() {
    return sendTime;
  }

  /**
   * Tells from which instant the delay counts.
   *
   * @return the base
   */
  public Base base() {
    return base;
  }

  /**
   * Gives the name of the attribute from which the delay counts.
   *
   * @return the name, present exactly when the base is {@link Base#ATTRIBUTE}
   */
  public Optional<String> attribute() {
    return attribute;
  }

  /**
   * Tells whether a zone is needed to work out the delay's end.
   *
   * @return true for calendar time of one unit or more and for a send time
   */
  public boolean needsZone() {
    return (unit.isCalendar() && amount > 0) || sendTime.isPresent();
  }

  /**
   * Writes the delay in the form that {@link #parse} reads and stored definitions hold.
   *
   * @return the text
   */
  public String toText() {
    return DelayText.write(this, extraMinutes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Delay that
        && unit == that.unit
        && amount == that.amount
        && extraMinutes == that.extraMinutes
        && sendTime.equals(that.sendTime)
        && base == that.base
        && attribute.equals(that.attribute);
  }

  @Override
  public int hashCode() {
    return Objects.hash(unit, amount, extraMinutes, sendTime, base, attribute);
  }

  /** Gives {@link #toText()}. */
  @Override
  public String toString() {
    return toText();
  }

  private Delay plus(long minutes) {
    return new Delay(unit, amount, extraMinutes + minutes, sendTime, base, attribute);
  }

  private long elapsedMinutes() {
    return switch (unit) {
      case MINUTES -> amount + extraMinutes;
      case HOURS -> amount * 60 + extraMinutes;
      case DAYS, WEEKS, MONTHS, BUSINESS_DAYS -> extraMinutes;
    };
  }
}
