package dev.sequencer.spi.store;

import java.time.Instant;
import java.util.Objects;

/**
 * Where an enrollment stands in its sequence.
 *
 * @param step the number of the step it waits at; 0 when it waits for its end
 * @param after the number of the step from which the walk to {@code step} started; 0 for the start
 *     of the sequence
 * @param baseAt the instant from which the delays between {@code after} and {@code step} count
 */
public record Cursor(int step, int after, Instant baseAt) {
  /** Checks that nothing is missing. */
  public Cursor {
    Objects.requireNonNull(baseAt, "baseAt");
  }
}
