package dev.sequencer.internal.operations;

import dev.sequencer.spi.store.SteerCall;
import java.util.concurrent.atomic.AtomicBoolean;

/** The entry of the inbox that operations carry out: the first call that they make takes it out. */
final class Carried {
  /** None: operations of a host. */
  static final Carried NOTHING = new Carried(0);

  private final long entry;
  private final AtomicBoolean taken = new AtomicBoolean();

  Carried(long entry) {
    this.entry = entry;
  }

  /**
   * Gives a call that takes the entry out, or the same when there is none or an earlier one did.
   */
  SteerCall by(SteerCall call) {
    return entry != 0 && taken.compareAndSet(false, true) ? call.carryingOut(entry) : call;
  }

  boolean taken() {
    return taken.get();
  }
}
