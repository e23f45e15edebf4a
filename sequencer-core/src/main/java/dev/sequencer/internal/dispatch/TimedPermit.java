package dev.sequencer.internal.dispatch;

import dev.sequencer.spi.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The permit of one attempt. It ends when either clock says so: wall time counts a suspended
 * machine, monotonic time a wall clock that was set back (KERNEL K1).
 */
final class TimedPermit implements Permit {
  private final Supplier<Instant> clock;
  private final LongSupplier nanos;
  private final Instant notAfter;
  private final long startedNanos;
  private final Duration whole;
  private Optional<Instant> given = Optional.empty();
  private boolean refused;

  /**
   * Makes the permit of an attempt that has just begun.
   *
   * @param nanos a monotonic reading; constant on a virtual clock
   */
  TimedPermit(Supplier<Instant> clock, LongSupplier nanos, Instant begunAt, Instant notAfter) {
    this.clock = clock;
    this.nanos = nanos;
    this.notAfter = notAfter;
    this.startedNanos = nanos.getAsLong();
    this.whole = Duration.between(begunAt, notAfter);
  }

  @Override
  public synchronized boolean check() {
    Instant now = clock.get();
    if (refused || left(now).isNegative() || left(now).isZero()) {
      refused = true;
      return false;
    }
    given = Optional.of(now);
    return true;
  }

  @Override
  public synchronized Duration remaining() {
    return refused ? Duration.ZERO : left(clock.get());
  }

  private Duration left(Instant now) {
    Duration byWall = Duration.between(now, notAfter);
    Duration byNanos = whole.minusNanos(nanos.getAsLong() - startedNanos);
    return byWall.compareTo(byNanos) < 0 ? byWall : byNanos;
  }

  /** Gives the last instant at which it was given: when the mail left. */
  synchronized Optional<Instant> given() {
    return given;
  }

  /** Says whether it was asked for and not given. */
  synchronized boolean wasRefused() {
    return refused;
  }
}
