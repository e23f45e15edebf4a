package dev.sequencer.verification.rules.crooked.internal.engine;

import jakarta.mail.Message;

/** The engine knows mail types. */
public final class Pass {
  static Class<?> mail() {
    return Message.class;
  }
}
