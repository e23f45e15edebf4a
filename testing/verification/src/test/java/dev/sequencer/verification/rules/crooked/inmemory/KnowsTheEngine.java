package dev.sequencer.verification.rules.crooked.inmemory;

import dev.sequencer.verification.rules.crooked.internal.engine.Pass;

/** A store that knows the engine. */
final class KnowsTheEngine {
  private KnowsTheEngine() {}

  static Pass pass() {
    return new Pass();
  }
}
