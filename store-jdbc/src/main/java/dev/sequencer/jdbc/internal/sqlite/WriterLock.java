package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.Priority;
import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One writer at a time in a process (KERNEL K21): SQLite's own waiting is not fair, so those who
 * write through this process wait here, on their own threads, and go by priority, then in the order
 * in which they came. After bulk work the next bulk work waits some milliseconds, in which writers
 * of other processes find the file free. Safe for use by several threads; not reentrant.
 */
final class WriterLock {
  /** So many rows of bulk work between two rests. */
  private static final int ROWS_BETWEEN_RESTS = 1_000;

  private static final Duration REST = Duration.ofMillis(3);

  private final ReentrantLock monitor = new ReentrantLock();
  private final PriorityQueue<Waiter> waiting = new PriorityQueue<>();
  private final List<SqliteConnections> members = new CopyOnWriteArrayList<>();
  private @Nullable Thread holder;
  private final long restNanos;
  private long tickets;
  private int bulkRows;
  private int resting;

  WriterLock() {
    this(REST);
  }

  /** Makes one with another length of a rest, for tests. */
  WriterLock(Duration rest) {
    this.restNanos = rest.toNanos();
  }

  /**
   * Waits for the turn of this thread.
   *
   * @throws IllegalStateException when this thread has the lock already
   */
  void enter(Priority priority) {
    monitor.lock();
    try {
      checkNotInside();
      Waiter me = new Waiter(priority, tickets++, monitor.newCondition());
      waiting.add(me);
      while (holder != null || !me.equals(next())) {
        me.turn.awaitUninterruptibly();
      }
      waiting.remove(me);
      holder = Thread.currentThread();
    } finally {
      monitor.unlock();
    }
  }

  /**
   * Refuses a thread that has the lock.
   *
   * @throws IllegalStateException when a function that was handed to a call calls the store
   */
  void checkNotInside() {
    monitor.lock();
    try {
      if (Thread.currentThread().equals(holder)) {
        throw new IllegalStateException(
            "a function that is handed to a store must be pure, but this one calls the store: read"
                + " what it needs before");
      }
    } finally {
      monitor.unlock();
    }
  }

  /** Gives the turn to the next. */
  void leave() {
    monitor.lock();
    try {
      holder = null;
      wakeNext();
    } finally {
      monitor.unlock();
    }
  }

  /** Counts rows of bulk work; after enough of them no bulk work is admitted for some time. */
  void restAfter(int rows) {
    monitor.lock();
    try {
      bulkRows += rows;
      if (bulkRows < ROWS_BETWEEN_RESTS) {
        return;
      }
      bulkRows = 0;
      resting++;
      try {
        rest();
      } finally {
        resting--;
        wakeNext();
      }
    } finally {
      monitor.unlock();
    }
  }

  /** A timed wait for nothing: the monitor is free meanwhile. */
  private void rest() {
    Condition never = monitor.newCondition();
    long left = restNanos;
    try {
      while (left > 0) {
        left = never.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes connections among those that are closed together when the file is another one. */
  void join(SqliteConnections connections) {
    members.add(connections);
  }

  void leave(SqliteConnections connections) {
    members.remove(connections);
  }

  /** Gives all connections of this process to the file. */
  List<SqliteConnections> members() {
    return members;
  }

  /** Says how many wait, for tests. */
  int waiting() {
    monitor.lock();
    try {
      return waiting.size();
    } finally {
      monitor.unlock();
    }
  }

  /** Says whether bulk work is held back, for tests. */
  boolean isResting() {
    monitor.lock();
    try {
      return resting > 0;
    } finally {
      monitor.unlock();
    }
  }

  private void wakeNext() {
    Waiter next = next();
    if (holder == null && next != null) {
      next.turn.signal();
    }
  }

  /** Bulk work is last, so when it is not to be admitted nobody is left behind it. */
  private @Nullable Waiter next() {
    Waiter first = waiting.peek();
    return first == null || (resting > 0 && first.priority == Priority.ENROLL) ? null : first;
  }

  /** A thread that waits; ordered by priority, then by its ticket. */
  private static final class Waiter implements Comparable<Waiter> {
    final Priority priority;
    final long ticket;
    final Condition turn;

    Waiter(Priority priority, long ticket, Condition turn) {
      this.priority = priority;
      this.ticket = ticket;
      this.turn = turn;
    }

    @Override
    public int compareTo(Waiter other) {
      int byPriority = priority.compareTo(other.priority);
      return byPriority != 0 ? byPriority : Long.compare(ticket, other.ticket);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(ticket);
    }
  }
}
