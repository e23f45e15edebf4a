package dev.sequencer.testkit;

import dev.sequencer.PassReport;
import dev.sequencer.Sequencer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Moves time from wake-up to wake-up and lets an engine make its passes.
 *
 * <ol>
 *   <li>Passes are made at the instant at which the clock stands until one has nothing to do.
 *   <li>That one tells when the next is needed; the clock is set to that instant, never past it.
 *   <li>So on until the target, where passes are made once more.
 * </ol>
 *
 * <p>A jump would be wrong: everything due in between would leave at the end, and what follows it
 * would count from there.
 */
final class Driver {
  /** Wake-ups in a row without anything to do that are a fault rather than patience. */
  private static final int MOST_IDLE_WAKE_UPS = 100_000;

  private final ManualClock clock;
  private final Supplier<Sequencer> engine;
  private final int mostPasses;

  Driver(ManualClock clock, Supplier<Sequencer> engine, int mostPasses) {
    this.clock = clock;
    this.engine = engine;
    this.mostPasses = mostPasses;
  }

  /** Makes passes until nothing is left for this instant; the sum, with what the last one told. */
  PassReport settle() {
    PassReport last = engine.get().runDue();
    PassReport sum = last;
    for (int passes = 1; hasMore(last); passes++) {
      if (passes >= mostPasses) {
        throw new AssertionError(
            "an engine must get idle at one instant, but at "
                + clock.instant()
                + " it still has work after "
                + passes
                + " passes, the last: "
                + last
                + ". Look for a retry or an enrollment without delay, or allow more passes.");
      }
      last = engine.get().runDue();
      sum = sum.plus(last);
    }
    return sum;
  }

  private boolean hasMore(PassReport pass) {
    return !pass.idle()
        || pass.nextNeededAt().filter(next -> !next.isAfter(clock.instant())).isPresent();
  }

  PassReport advanceTo(Instant target) {
    PassReport sum = settle();
    int idle = 0;
    while (true) {
      Optional<Instant> next = sum.nextNeededAt().filter(wakeUp -> !wakeUp.isAfter(target));
      if (next.isEmpty()) {
        break;
      }
      clock.set(next.get());
      PassReport here = settle();
      sum = sum.plus(here);
      idle = here.idle() ? idle + 1 : 0;
      if (idle > MOST_IDLE_WAKE_UPS) {
        throw new AssertionError(
            "an engine must not wake up for nothing, but "
                + idle
                + " wake-ups in a row up to "
                + next.get()
                + " had nothing to do");
      }
    }
    if (clock.instant().isBefore(target)) {
      clock.set(target);
      sum = sum.plus(settle());
    }
    return sum;
  }

  /** Moves to the next wake-up, if there is one, and makes its passes. */
  Optional<Instant> advanceToNextWakeUp() {
    Optional<Instant> next = settle().nextNeededAt();
    if (next.isPresent()) {
      clock.set(next.get());
      settle();
    }
    return next;
  }
}
