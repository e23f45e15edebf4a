package dev.sequencer.verification.rules.straight.inmemory;

import dev.sequencer.verification.rules.straight.spi.store.StoredRow;

/** A store. */
public final class Memory {
  static StoredRow row() {
    return new StoredRow();
  }
}
