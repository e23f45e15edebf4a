package dev.sequencer.verification.rules.straight.internal.capacity;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A unit is no thread. */
final class Quota {
  private Quota() {}

  static long hours(Duration gap) {
    return TimeUnit.HOURS.convert(gap);
  }
}
