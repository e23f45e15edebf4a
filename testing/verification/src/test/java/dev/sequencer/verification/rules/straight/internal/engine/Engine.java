package dev.sequencer.verification.rules.straight.internal.engine;

import dev.sequencer.verification.rules.straight.Model;
import dev.sequencer.verification.rules.straight.inmemory.Memory;
import dev.sequencer.verification.rules.straight.internal.plan.Plan;
import java.time.InstantSource;
import org.slf4j.Logger;

/** The engine knows the clock, the logger and the default store. */
public final class Engine {
  static Class<?>[] parts() {
    return new Class<?>[] {
      Model.class, Memory.class, Plan.class, InstantSource.class, Logger.class
    };
  }
}
