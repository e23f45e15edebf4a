package dev.sequencer.internal.dispatch;

import dev.sequencer.SequencerEvent;
import dev.sequencer.spi.store.Position;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices a store that went back: one that knows less than this node has begun or has seen in it,
 * or that is on another timeline (KERNEL K8). Safe for use by several threads.
 */
public final class History {
  private final Events events;
  private Optional<Instant> newest = Optional.empty();
  private Optional<String> timeline = Optional.empty();
  private boolean lost;
  // How often history had been accepted when this node noticed; empty until the store is asked.
  private Optional<Long> acceptedBefore = Optional.empty();

  /** Makes one that tells listeners. */
  public History(Events events) {
    this.events = events;
  }

  synchronized void begun(Instant at) {
    if (newest.filter(known -> !known.isBefore(at)).isEmpty()) {
      newest = Optional.of(at);
    }
  }

  /**
   * What this node knew at an instant.
   *
   * @param newest the newest begin that it had seen committed
   */
  record Known(Optional<Instant> newest) {}

  /** Gives what is known now, to be compared with a position that is read after this. */
  synchronized Known known() {
    return new Known(newest);
  }

  /**
   * Compares a position with what this node knew before it was read, for mails begin meanwhile;
   * false when the store went back.
   */
  synchronized boolean check(Position position, Instant now, Known before) {
    if (lost) {
      return false;
    }
    boolean behind =
        before
            .newest()
            .filter(
                mine -> position.newestBegun().filter(stored -> !stored.isBefore(mine)).isEmpty())
            .isPresent();
    boolean elsewhere = timeline.filter(known -> !known.equals(position.timeline())).isPresent();
    timeline = Optional.of(position.timeline());
    if (behind || elsewhere) {
      lost = true;
      acceptedBefore = Optional.empty();
      events.tell(
          new SequencerEvent.StoreWentBack(now, position.newestBegun(), newest.orElse(now)));
    } else {
      position.newestBegun().ifPresent(this::begun);
    }
    return !lost;
  }

  /** Says whether mail may be sent. */
  public synchronized boolean intact() {
    return !lost;
  }

  /** Hears how often history was accepted, by any node, and goes on when it was since the loss. */
  synchronized void accepted(long times) {
    if (!lost) {
      return;
    }
    if (acceptedBefore.isEmpty()) {
      acceptedBefore = Optional.of(times);
    } else if (acceptedBefore.get() != times) {
      accept();
    }
  }

  /** Takes the store as it is. */
  public synchronized void accept() {
    lost = false;
    newest = Optional.empty();
    timeline = Optional.empty();
  }
}
