package dev.sequencer.verification.rules.crooked.internal.capacity;

import java.util.concurrent.locks.Lock;

/** Capacity that waits for others. */
final class Waits {
  private Waits() {}

  static void enter(Lock lock) {
    lock.lock();
  }
}
