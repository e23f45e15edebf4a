package dev.sequencer.verification.rules.crooked.smtp;

import dev.sequencer.verification.rules.crooked.mime.internal.Bytes;

/** Reaches into another module. */
final class UsesInternals {
  private UsesInternals() {}

  static Bytes bytes() {
    return new Bytes();
  }
}
