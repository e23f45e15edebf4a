package dev.sequencer.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets the caller's thread wait for an instant of a clock that moves by itself. */
final class Pause {
  private Pause() {}

  /** Waits; false when the thread is interrupted. */
  static boolean until(Instant instant, Supplier<Instant> clock) {
    CountDownLatch never = new CountDownLatch(1);
    Duration left = Duration.between(clock.get(), instant);
    try {
      // The clock may be slower than the machine's: look again.
      while (!left.isNegative() && !left.isZero()) {
        never.await(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
        left = Duration.between(clock.get(), instant);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
