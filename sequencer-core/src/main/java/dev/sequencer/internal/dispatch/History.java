package dev.sequencer.internal.dispatch;

import dev.sequencer.SequencerEvent;
import dev.sequencer.spi.store.Position;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices a store that went back: one that knows less than this node has itself begun, or that is
 * on another timeline (KERNEL K8). Safe for use by several threads.
 */
public final class History {
  private final Events events;
  private Optional<Instant> newest = Optional.empty();
  private Optional<String> timeline = Optional.empty();
  private boolean lost;

  /** Makes one that tells listeners. */
  public History(Events events) {
    this.events = events;
  }

  synchronized void begun(Instant at) {
    if (newest.filter(known -> !known.isBefore(at)).isEmpty()) {
      newest = Optional.of(at);
    }
  }

  /** Compares a position with what this node knows; false when the store went back. */
  synchronized boolean check(Position position, Instant now) {
    if (lost) {
      return false;
    }
    boolean behind =
        newest
            .filter(
                mine -> position.newestBegun().filter(stored -> !stored.isBefore(mine)).isEmpty())
            .isPresent();
    boolean elsewhere = timeline.filter(known -> !known.equals(position.timeline())).isPresent();
    timeline = Optional.of(position.timeline());
    if (behind || elsewhere) {
      lost = true;
      events.tell(
          new SequencerEvent.StoreWentBack(now, position.newestBegun(), newest.orElse(now)));
    }
    return !lost;
  }

  /** Says whether mail may be sent. */
  public synchronized boolean intact() {
    return !lost;
  }

  /** Takes the store as it is. */
  public synchronized void accept() {
    lost = false;
    newest = Optional.empty();
    timeline = Optional.empty();
  }
}
