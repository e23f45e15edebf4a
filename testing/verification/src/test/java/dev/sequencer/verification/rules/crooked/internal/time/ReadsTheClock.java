package dev.sequencer.verification.rules.crooked.internal.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Time that is not told but asked for. */
final class ReadsTheClock {
  private ReadsTheClock() {}

  static Supplier<Instant> byReference(InstantSource source) {
    return source::instant;
  }

  static long byCall() {
    return System.nanoTime();
  }
}
