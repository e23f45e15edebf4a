package dev.sequencer.tck.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until a test moves it, forwards or back. Safe for use by several threads. */
public final class ManualClock implements InstantSource {
  private volatile Instant now;

  private ManualClock(Instant now) {
    this.now = now;
  }

  /** Gives a clock that stands at an instant. */
  public static ManualClock at(Instant now) {
    return new ManualClock(now);
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves it to an instant. */
  public void set(Instant instant) {
    now = instant;
  }

  /** Moves it on; back when the duration is negative. */
  public void advance(Duration duration) {
    now = now.plus(duration);
  }
}
