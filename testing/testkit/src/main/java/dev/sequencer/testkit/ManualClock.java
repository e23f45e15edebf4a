package dev.sequencer.testkit;

import dev.sequencer.spi.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * A clock that stands until a test moves it, in whole milliseconds. An engine on it is driven by
 * {@code runDue()}. Safe for use by several threads.
 */
public final class ManualClock implements VirtualClock {
  private Instant now;

  private ManualClock(Instant now) {
    this.now = now;
  }

  /**
   * Gives a clock that stands at an instant.
   *
   * @throws IllegalArgumentException when it is finer than milliseconds
   */
  public static ManualClock at(Instant instant) {
    return new ManualClock(millis(instant));
  }

  /**
   * Gives a clock that stands at an instant such as {@code 2026-06-01T08:00:00Z}.
   *
   * @throws IllegalArgumentException when it is no instant or finer than milliseconds
   */
  public static ManualClock at(String instant) {
    return at(parse(instant));
  }

  static Instant parse(String instant) {
    try {
      return Instant.parse(instant);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "the start of a clock must be an instant in UTC such as 2026-06-01T08:00:00Z, but is '"
              + instant
              + "'",
          e);
    }
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /**
   * Moves it on.
   *
   * @return the instant at which it stands now
   * @throws IllegalArgumentException when the duration is negative or finer than milliseconds
   */
  public synchronized Instant advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "a clock is advanced by zero or more, but by " + duration + ": use stepBack");
    }
    now = millis(now.plus(duration));
    return now;
  }

  /**
   * Moves it on to an instant.
   *
   * @throws IllegalArgumentException when that is before now or finer than milliseconds
   */
  public synchronized void set(Instant instant) {
    if (instant.isBefore(now)) {
      throw new IllegalArgumentException(
          "a clock that stands at " + now + " is not set back to " + instant + ": use stepBack");
    }
    now = millis(instant);
  }

  /**
   * Moves it back, as a clock of a machine does when it is corrected.
   *
   * @return the instant at which it stands now
   * @throws IllegalArgumentException when the duration is negative or finer than milliseconds
   */
  public synchronized Instant stepBack(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "a clock steps back by zero or more, but by " + duration + ": use advance");
    }
    now = millis(now.minus(duration));
    return now;
  }

  private static Instant millis(Instant instant) {
    if (!instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
      throw new IllegalArgumentException(
          "a clock stands at whole milliseconds, but "
              + instant
              + " is finer: use truncatedTo(ChronoUnit.MILLIS)");
    }
    return instant;
  }

  /** Gives the instant at which it stands. */
  @Override
  public String toString() {
    return "ManualClock[" + instant() + "]";
  }
}
