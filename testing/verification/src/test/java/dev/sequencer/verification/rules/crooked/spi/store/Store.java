package dev.sequencer.verification.rules.crooked.spi.store;

/** A port. */
public interface Store {
  /** Returns how many rows there are. */
  int size();
}
