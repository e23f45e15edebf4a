package dev.sequencer.verification.rules.straight.mime;

import jakarta.mail.Message;

/** Mail types in their place. */
public final class Writer {
  static Class<?> mail() {
    return Message.class;
  }
}
