package dev.sequencer.inmemory;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How to take back what the running transaction has changed, newest first. A function that was
 * handed in may throw at any row; then nothing of the call is kept.
 */
final class Journal {
  private final Deque<Runnable> inverses = new ArrayDeque<>();

  /** Remembers the inverse of a change that is being made. */
  void undoBy(Runnable inverse) {
    inverses.push(inverse);
  }

  void commit() {
    inverses.clear();
  }

  void rollBack() {
    while (!inverses.isEmpty()) {
      inverses.pop().run();
    }
  }
}
