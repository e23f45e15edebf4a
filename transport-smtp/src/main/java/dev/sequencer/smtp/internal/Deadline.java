package dev.sequencer.smtp.internal;

import java.time.Duration;

/**
 * An instant in the time that the machine has been running, after which a socket waits no longer.
 * It is no time of day: what a peer may take is measured in real time, whatever the engine's clock
 * says. Immutable.
 */
public final class Deadline {
  /** Longer than any limit of a transport, and far from the end of a long. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  /** Gives the deadline that is so far away, a day at most. */
  public static Deadline in(Duration time) {
    Duration bounded = time.compareTo(LONGEST) > 0 ? LONGEST : time;
    return new Deadline(System.nanoTime() + bounded.toNanos());
  }

  /** Gives the time left; zero or less when it has passed. */
  public Duration left() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }

  /** Says whether it has passed. */
  public boolean hasPassed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** Gives this one, or the one that is so far away if that comes first. */
  public Deadline orIn(Duration time) {
    Deadline other = in(time);
    return other.nanos - nanos < 0 ? other : this;
  }
}
