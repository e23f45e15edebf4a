package dev.sequencer.cli.demo;

import dev.sequencer.spi.VirtualClock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until the demo moves it. The server reads it on threads of its own. */
final class DemoClock implements VirtualClock {
  private final AtomicReference<Instant> now;

  DemoClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    Instant at = now.get();
    if (at == null) {
      throw new IllegalStateException("the clock of the demo has no time");
    }
    return at;
  }

  /** Moves forward; an earlier instant changes nothing. */
  void moveTo(Instant later) {
    now.accumulateAndGet(later, (mine, other) -> mine.isBefore(other) ? other : mine);
  }
}
