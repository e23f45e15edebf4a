package dev.sequencer.verification.rules.crooked.internal.plan;

import dev.sequencer.verification.rules.crooked.spi.store.Store;

/** A plan that looks into the store. */
final class AsksTheStore {
  private AsksTheStore() {}

  static int size(Store store) {
    return store.size();
  }
}
