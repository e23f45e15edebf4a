package dev.sequencer.spi.store;

import java.time.Duration;

/**
 * Hears when another engine leaves work in the same store that is due at once, so that a waiting
 * engine need not look for it. Nothing depends on it: an engine looks by itself every second, so
 * work that is due later than that needs no call, and while this is deaf it looks more often. Used
 * by one thread, between start and stop of its engine; only {@link #close} may come from another.
 */
public interface WakeUps extends AutoCloseable {
  /** What was heard. */
  enum Answer {
    /** Somebody else may have left work that is due. */
    CALL,
    /** The time is over, nobody called. */
    SILENCE,
    /** Calls would not be heard now; answered at once or when it turned out. */
    DEAF
  }

  /**
   * Waits for a call. Never throws: what goes wrong makes it deaf for a while, and is logged once.
   *
   * @param most how long it waits at the most; more than zero
   */
  Answer await(Duration most);

  /** Ends listening; may be called again. */
  @Override
  void close();
}
