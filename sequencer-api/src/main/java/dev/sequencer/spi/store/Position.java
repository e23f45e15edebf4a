package dev.sequencer.spi.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a store is, so that an engine notices a store that went back (a restored backup, a
 * fail-over that lost commits).
 *
 * @param timeline names the history; changes with a fail-over
 * @param newestBegun the newest begin that the store knows of; gets no older as long as it keeps
 *     all
 */
public record Position(String timeline, Optional<Instant> newestBegun) {
  /** Checks that nothing is missing. */
  public Position {
    Objects.requireNonNull(timeline, "timeline");
    Objects.requireNonNull(newestBegun, "newestBegun");
  }
}
