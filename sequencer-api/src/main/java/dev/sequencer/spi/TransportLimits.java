package dev.sequencer.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a transport may take: the two limits from which the engine derives when an attempt
 * without outcome is in doubt.
 *
 * @param handOver longest time from the call of {@code send} to the point of no return; a permit is
 *     refused after it
 * @param answer longest wait for the reply after the point of no return (SMTP: 10 minutes by RFC
 *     5321 section 4.5.3.2.6)
 */
public record TransportLimits(Duration handOver, Duration answer) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException when one is not between 1 ms and 1 hour
   */
  public TransportLimits {
    check("handOver", handOver);
    check("answer", answer);
  }

  /** Gives the limits of a transport. */
  public static TransportLimits of(Duration handOver, Duration answer) {
    return new TransportLimits(handOver, answer);
  }

  private static void check(String what, Duration value) {
    Objects.requireNonNull(value, what);
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " must be between 1 ms and 1 hour, but is " + value);
    }
  }
}
