package dev.sequencer.internal.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param start its first instant
 * @param end the first instant after it
 */
public record Span(Instant start, Instant end) {

  /**
   * Tells whether an instant lies in the stretch.
   *
   * @param instant an instant
   * @return true from the start, inclusive, to the end, exclusive
   */
  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  /**
   * Gives the elapsed time from start to end.
   *
   * @return the length
   */
  public Duration length() {
    return Duration.between(start, end);
  }
}
