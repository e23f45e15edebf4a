package dev.sequencer.verification.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Lets exactly one of many threads run. The one that runs holds the baton and passes it on at the
 * calls of ports, to a strand that a seed chooses; who waits for a later instant gets it then. Time
 * moves when nobody can run now. So every interleaving is possible, and each is repeated by its
 * seed.
 *
 * <p>All fields belong to the holder of the baton; passing it on publishes them.
 */
final class Baton {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "strand");
            thread.setDaemon(true);
            return thread;
          });

  private final Random chance;
  private final int passOneIn;
  private final List<Strand> strands = new ArrayList<>();
  private final Semaphore outside = new Semaphore(0);
  private long now;
  private Strand current;
  private boolean over;

  /** Ends the code of a strand when the run is over. Not an exception that anybody handles. */
  static final class RunIsOver extends Error {
    private static final long serialVersionUID = 1L;

    RunIsOver() {
      super("the run is over", null, false, false);
    }
  }

  /** A thread of the run. */
  static final class Strand {
    private final String name;
    private final Semaphore turn = new Semaphore(0);
    private long wakeAt;
    private boolean ended;

    private Strand(String name, long wakeAt) {
      this.name = name;
      this.wakeAt = wakeAt;
    }

    String name() {
      return name;
    }

    boolean ended() {
      return ended;
    }
  }

  Baton(Random chance, long start, int passOneIn) {
    this.chance = chance;
    this.passOneIn = passOneIn;
    this.now = start;
    this.current = new Strand("nobody", start);
  }

  long now() {
    return now;
  }

  Strand current() {
    return current;
  }

  /** Adds a strand that can run from now on. */
  Strand spawn(String name, Runnable code) {
    Strand strand = new Strand(name, now);
    strands.add(strand);
    THREADS.execute(() -> live(strand, code));
    return strand;
  }

  private void live(Strand strand, Runnable code) {
    strand.turn.acquireUninterruptibly();
    try {
      if (!over) {
        code.run();
      }
    } catch (RunIsOver end) {
      // That is how a strand ends that has more to do.
    } finally {
      strand.ended = true;
      strands.remove(strand);
      if (over || strands.isEmpty()) {
        outside.release();
      } else {
        current = next();
        current.turn.release();
      }
    }
  }

  /** Maybe lets another strand run that can. */
  void pass() {
    if (over) {
      throw new RunIsOver();
    }
    if (strands.size() > 1 && chance.nextInt(passOneIn) == 0) {
      handOn();
    }
  }

  /** Lets others run until an instant, or until woken. */
  void sleepUntil(long instant) {
    if (over) {
      throw new RunIsOver();
    }
    if (instant > now) {
      current.wakeAt = instant;
      handOn();
    }
  }

  /** Lets a strand that sleeps run at an instant already. */
  void wake(Strand strand, long instant) {
    if (strand.wakeAt > instant) {
      strand.wakeAt = Math.max(instant, now);
    }
  }

  private void handOn() {
    Strand me = current;
    Strand next = next();
    if (next == me) {
      return;
    }
    current = next;
    next.turn.release();
    me.turn.acquireUninterruptibly();
    if (over) {
      throw new RunIsOver();
    }
  }

  private Strand next() {
    int able = 0;
    Strand first = strands.get(0);
    for (Strand strand : strands) {
      if (strand.wakeAt <= now) {
        able++;
      }
      if (strand.wakeAt < first.wakeAt) {
        first = strand;
      }
    }
    if (able == 0) {
      now = first.wakeAt;
      return first;
    }
    int chosen = able == 1 ? 0 : chance.nextInt(able);
    for (Strand strand : strands) {
      if (strand.wakeAt <= now && chosen-- == 0) {
        return strand;
      }
    }
    throw new IllegalStateException("one of them can run");
  }

  /** Ends the run: every strand ends at its next call of a port. Called by the holder. */
  void end() {
    over = true;
    throw new RunIsOver();
  }

  /** Lets the strands run until the run is over and each has ended. Called from outside. */
  void run() {
    current = next();
    current.turn.release();
    outside.acquireUninterruptibly();
    while (!strands.isEmpty()) {
      current = strands.get(strands.size() - 1);
      current.turn.release();
      outside.acquireUninterruptibly();
    }
  }
}
