package dev.sequencer.spi.store;

import java.time.InstantSource;
import java.util.Objects;

/**
 * What an engine hands to its store.
 *
 * @param clock the clock that the handle's {@code now()} reads
 * @param node the engine's name among the engines of this store
 */
public record StoreSetup(InstantSource clock, String node) {
  /** Checks that nothing is missing. */
  public StoreSetup {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(node, "node");
  }
}
