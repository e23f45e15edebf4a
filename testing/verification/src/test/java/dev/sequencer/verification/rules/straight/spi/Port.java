package dev.sequencer.verification.rules.straight.spi;

import dev.sequencer.verification.rules.straight.Model;

/** A port that speaks of the model. */
public interface Port {
  /** Takes it. */
  void take(Model model);
}
