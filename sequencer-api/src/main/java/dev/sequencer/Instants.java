package dev.sequencer;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * What every instant of a host must be: within what each store can keep, and whole milliseconds.
 */
final class Instants {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Instants() {}

  /**
   * Cuts an instant to milliseconds.
   *
   * @throws IllegalArgumentException when its year is not between 1 and 9999
   */
  static Instant cut(Instant instant) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw outside(instant.toString());
    }
    return Instant.ofEpochMilli(instant.toEpochMilli());
  }

  /**
   * Checks a local time.
   *
   * @throws IllegalArgumentException when its year is not between 1 and 9999
   */
  static LocalDateTime check(LocalDateTime time) {
    if (time.getYear() < 1 || time.getYear() > 9999) {
      throw outside(time.toString());
    }
    return time;
  }

  private static IllegalArgumentException outside(String time) {
    return new IllegalArgumentException(
        "a time must lie between the years 1 and 9999, but is " + time + ": leave it out for none");
  }
}
