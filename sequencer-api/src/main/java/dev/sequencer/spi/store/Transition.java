package dev.sequencer.spi.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A change of one enrollment: its next moving row, a delivery's outcome, lines for the log. The
 * store raises {@code rev} by one; enrollment and origin must be those of the row it was made from,
 * but for the version.
 *
 * <p>A step is tried again when the transition gives no delivery and leaves the enrollment ACTIVE
 * and WAITING at a step that it did not stand at, or at its own after it had ended: the store
 * removes that step's delivery when it is FAILED or SKIPPED. One that is SENT is never removed.
 *
 * @param next the row after it
 * @param delivery the outcome to write; replaces one of the same step only when that is in doubt or
 *     of a smaller attempt
 * @param log lines to append
 */
public record Transition(Work next, Optional<Delivery> delivery, List<LogEntry> log) {
  /** Copies the list. */
  public Transition {
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(delivery, "delivery");
    log = List.copyOf(log);
  }

  /** Gives a change of the row with one line for the log. */
  public static Transition of(Work next, LogEntry entry) {
    return new Transition(next, Optional.empty(), List.of(entry));
  }
}
