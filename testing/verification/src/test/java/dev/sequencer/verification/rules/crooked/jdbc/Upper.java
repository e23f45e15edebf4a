package dev.sequencer.verification.rules.crooked.jdbc;

import dev.sequencer.verification.rules.crooked.jdbc.internal.Lower;

/** Half of a cycle. */
public final class Upper {
  static Lower lower() {
    return new Lower();
  }
}
