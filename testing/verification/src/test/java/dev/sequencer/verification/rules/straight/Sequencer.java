package dev.sequencer.verification.rules.straight;

import dev.sequencer.verification.rules.straight.spi.Port;

/** The factory names a port, which speaks of the model: the one exception to "no cycles". */
public final class Sequencer {
  static Class<?> port() {
    return Port.class;
  }
}
