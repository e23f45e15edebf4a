package dev.sequencer.verification.rules.straight.internal.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Time that is told. */
public final class Rule {
  /** Tells whether it is time. */
  public boolean isDue() {
    return true;
  }

  static ZonedDateTime at(Instant now, ZoneId zone) {
    return now.atZone(zone);
  }
}
