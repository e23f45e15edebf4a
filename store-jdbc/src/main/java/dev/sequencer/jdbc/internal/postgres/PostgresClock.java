package dev.sequencer.jdbc.internal.postgres;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of all engines on a database (KERNEL K13): a monotonic reading plus the offset to
 * the server's time, which is measured every 10 seconds along with what a transaction asks anyway.
 */
final class PostgresClock implements InstantSource {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final InstantSource wall;
  private final LongSupplier nanos;
  private @Nullable Reading reading;

  PostgresClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
  }

  static PostgresClock of(InstantSource wall) {
    return new PostgresClock(wall, System::nanoTime);
  }

  /** Says whether an engine goes by the system's time, and so by the server's. */
  static boolean isSystem(InstantSource clock) {
    return clock == InstantSource.system()
        || (clock instanceof Clock zoned
            && zoned.withZone(ZoneOffset.UTC).equals(Clock.systemUTC()));
  }

  /**
   * Hears of the server's time.
   *
   * @param asked the monotonic reading before the question
   * @param millis the answer
   */
  synchronized void told(long asked, long millis) {
    long answered = nanos.getAsLong();
    Reading old = reading;
    if (old == null || isOld(old, answered)) {
      long middle = asked + (answered - asked) / 2;
      reading = new Reading(middle, millis, wall.instant());
    }
  }

  long asked() {
    return nanos.getAsLong();
  }

  /** A machine that was asleep has a monotonic reading that stood still. */
  private boolean isOld(Reading old, long now) {
    return now - old.nanos >= EVERY.toNanos()
        || Duration.between(old.wall, wall.instant()).abs().compareTo(EVERY) >= 0;
  }

  @Override
  public synchronized Instant instant() {
    Reading known = reading;
    if (known == null) {
      return wall.instant();
    }
    return Instant.ofEpochMilli(known.millis + (nanos.getAsLong() - known.nanos) / 1_000_000);
  }

  /** What the server's time was at a monotonic reading. */
  private record Reading(long nanos, long millis, Instant wall) {}
}
