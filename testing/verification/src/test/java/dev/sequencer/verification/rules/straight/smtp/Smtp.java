package dev.sequencer.verification.rules.straight.smtp;

import dev.sequencer.verification.rules.straight.mime.Writer;

/** A transport on another's open type. */
final class Smtp {
  private Smtp() {}

  static Writer writer() {
    return new Writer();
  }
}
