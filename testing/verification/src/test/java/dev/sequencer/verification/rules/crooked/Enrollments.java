package dev.sequencer.verification.rules.crooked;

import dev.sequencer.verification.rules.crooked.internal.engine.Pass;

/** The api knows the engine. */
final class Enrollments {
  private Enrollments() {}

  static Pass pass() {
    return new Pass();
  }
}
