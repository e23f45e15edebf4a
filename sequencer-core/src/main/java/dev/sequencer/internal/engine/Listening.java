package dev.sequencer.internal.engine;

import dev.sequencer.spi.store.WakeUps;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what other engines leave in the store, on a thread that it is run by, until it is ended.
 */
final class Listening implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");
  private static final Duration TURN = Duration.ofMillis(200);

  /** How long an engine waits at the most that hears, or that has nothing to hear with. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private static final Duration LONGEST_WAIT_DEAF = Duration.ofMillis(250);

  private final WakeUps wakeUps;
  private final Runnable called;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean deaf;
  private boolean failing;

  /**
   * Makes one.
   *
   * @param called hears that there may be work
   */
  Listening(WakeUps wakeUps, Runnable called) {
    this.wakeUps = wakeUps;
    this.called = called;
  }

  /** Gives how long the engine may wait at the most before it looks by itself. */
  Duration longestWait() {
    return deaf ? LONGEST_WAIT_DEAF : LONGEST_WAIT;
  }

  @Override
  public void run() {
    try (wakeUps) {
      while (stopping.getCount() > 0) {
        WakeUps.Answer answer = answer();
        if ((answer == WakeUps.Answer.DEAF) != deaf) {
          deaf = !deaf;
          // The driver may be in a longer wait than it has now.
          called.run();
        }
        if (answer == WakeUps.Answer.CALL) {
          called.run();
        }
        if (answer == WakeUps.Answer.DEAF && pause()) {
          return;
        }
      }
    } finally {
      ended.countDown();
    }
  }

  private WakeUps.Answer answer() {
    try {
      WakeUps.Answer answer = wakeUps.await(TURN);
      failing = false;
      return answer;
    } catch (RuntimeException | Error e) {
      // An error of a store must not end the thread unnoticed.
      if (!failing) {
        LOG.warn("listening for other nodes failed ({}); their work is looked for", e.toString());
        failing = true;
      }
      return WakeUps.Answer.DEAF;
    }
  }

  /** Waits a turn; says whether to end. */
  private boolean pause() {
    try {
      return stopping.await(TURN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends listening, and waits a little until it has. */
  void end() {
    stopping.countDown();
    try {
      if (!ended.await(1, TimeUnit.SECONDS)) {
        LOG.debug("the thread that listens waits for a connection; it ends when it has one");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
