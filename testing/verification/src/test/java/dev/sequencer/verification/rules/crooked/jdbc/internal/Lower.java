package dev.sequencer.verification.rules.crooked.jdbc.internal;

import dev.sequencer.verification.rules.crooked.jdbc.Upper;

/** The other half. */
public final class Lower {
  static Upper upper() {
    return new Upper();
  }
}
