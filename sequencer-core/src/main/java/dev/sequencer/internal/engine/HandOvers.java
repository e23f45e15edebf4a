package dev.sequencer.internal.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets tasks run at once on an executor's threads, without a thread being woken for each: whoever
 * takes a task first wakes the next when more wait, and then goes on taking. While tasks are slow,
 * each has a thread of its own as soon as threads wake; while they are quick, few threads do all.
 * Safe for use by several threads.
 */
final class HandOvers {
  private final Executor executor;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean waking = new AtomicBoolean();
  private final AtomicInteger awake = new AtomicInteger();

  HandOvers(Executor executor) {
    this.executor = executor;
  }

  /** Lets a task run; on the caller's thread when the executor has none and none is at work. */
  void run(Runnable task) {
    waiting.add(task);
    if (!wakeOne() && awake.get() == 0) {
      takeAll();
    }
  }

  /** Lets one more thread take tasks; false when there is none. */
  private boolean wakeOne() {
    if (!waking.compareAndSet(false, true)) {
      return true;
    }
    try {
      executor.execute(this::woken);
      return true;
    } catch (RejectedExecutionException full) {
      waking.set(false);
      return false;
    }
  }

  private void woken() {
    awake.incrementAndGet();
    try {
      // Before it looks: a task that is added later wakes another one.
      waking.set(false);
      takeAll();
    } finally {
      awake.decrementAndGet();
      // One that came meanwhile may have relied on this thread.
      if (!waiting.isEmpty() && !wakeOne()) {
        takeAll();
      }
    }
  }

  private void takeAll() {
    for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
      if (!waiting.isEmpty()) {
        wakeOne();
      }
      task.run();
    }
  }
}
