package dev.sequencer.verification.rules.straight.files;

import dev.sequencer.verification.rules.straight.internal.plan.Plan;

/** An extra may use the core. */
final class Reader {
  private Reader() {}

  static Plan plan() {
    return new Plan();
  }
}
