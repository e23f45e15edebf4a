package dev.sequencer.spi.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The end of an attempt, or of a step that needed none. The guard of an outcome is the attempt, the
 * guard of a plan the rev.
 *
 * <p>With {@code attempt > 0}: applied where the row's attempt has this number and its phase is
 * SENDING or IN_DOUBT, unless the delivery of the step holds this attempt's outcome with this
 * status already. When rev is {@code expectedRev} the whole transition is applied; else only the
 * outcome: delivery and log are written, the counts and stage reference of the transition's attempt
 * and its phase are taken, and an enrollment that is not ended waits in its sequence's control
 * lane, due now, its cursor, status and ending kept, but for one that was HELD and IN_DOUBT: it
 * becomes ACTIVE. Both raise {@code rev} by one.
 *
 * <p>When the transition's phase is IN_DOUBT nothing moves at all but phase, status and reason (of
 * one that somebody paused, held or ended meanwhile only the phase, when rev is another one); not
 * even {@code rev}, so that a late outcome of the same attempt is applied whole when nobody has
 * acted meanwhile.
 *
 * <p>With {@code attempt == 0}: applied where rev is {@code expectedRev} and phase is WAITING, or
 * not at all.
 *
 * @param attempt the attempt it ends; 0 for none
 * @param expectedRev the rev by which the transition was planned
 * @param transition what to write
 * @param ledgers what it does to ledgers, applied exactly when the outcome is
 * @param seen the row that the transition was planned from, as it was stored: where its rev,
 *     attempt, status and phase are still the same, all of it is, and a store need not read it
 */
public record Completion(
    int attempt,
    long expectedRev,
    Transition transition,
    List<LedgerChange> ledgers,
    Optional<Work> seen) {
  /** Copies the list. */
  public Completion {
    Objects.requireNonNull(transition, "transition");
    ledgers = List.copyOf(ledgers);
    Objects.requireNonNull(seen, "seen");
  }

  /** Makes one that tells nothing of the row that it was planned from. */
  public Completion(
      int attempt, long expectedRev, Transition transition, List<LedgerChange> ledgers) {
    this(attempt, expectedRev, transition, ledgers, Optional.empty());
  }

  /** Gives the same with the row that it was planned from. */
  public Completion seen(Work row) {
    return new Completion(attempt, expectedRev, transition, ledgers, Optional.of(row));
  }

  /**
   * A change of a ledger.
   *
   * @param key whose
   * @param change gives the ledger after it; pure, called inside the transaction
   */
  public record LedgerChange(LedgerKey key, UnaryOperator<Ledger> change) {}

  /** What became of a completion. */
  public enum Answer {
    /** All of it was applied. */
    APPLIED,
    /** The outcome was recorded; the plan was not, since the enrollment had changed. */
    OUTCOME_ONLY,
    /** This attempt's outcome had been recorded before; nothing was changed. */
    REPEATED,
    /**
     * The attempt was superseded, resolved in another way or never begun, or the plan without an
     * attempt was out of date; nothing was changed.
     */
    REFUSED
  }
}
