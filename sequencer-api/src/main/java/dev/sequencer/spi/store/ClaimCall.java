package dev.sequencer.spi.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request for rows that may go now. A claim is a hint: it expires by itself, and losing it costs
 * a second preparation, nothing else.
 *
 * @param expiry how long the claimed rows are nobody else's; from {@link Answer#until} on they may
 *     be claimed again
 * @param owners how many owners to visit at the most
 * @param all whether to visit owners whose wake-up has not come, the oldest first (the safety net)
 * @param release rows that this caller claimed and does not want; given back first, so that this
 *     call may claim them again
 * @param policy what may be claimed; its methods are called inside the transaction
 */
public record ClaimCall(
    Duration expiry, int owners, boolean all, Collection<Claimed> release, Policy policy) {
  /** Copies the collection. */
  public ClaimCall {
    Objects.requireNonNull(expiry, "expiry");
    release = List.copyOf(release);
    Objects.requireNonNull(policy, "policy");
  }

  /**
   * A claim to be given back.
   *
   * @param enrollment the row
   * @param until the expiry that its claim was given; another one's claim stays
   */
  public record Claimed(long enrollment, Instant until) {}

  /**
   * What may be claimed. Pure: reads what it is given and the definitions that the caller knows.
   */
  public interface Policy {
    /**
     * Says how many rows each owner may get at the most; an owner that is left out gets none. One
     * lane gives at most 64 rows to a claim.
     *
     * @param owners the visited owners
     * @param ledgers gives ledgers as they are, without a lock; fresh ones for unknown keys
     * @param now the store's now
     */
    Map<Integer, Integer> slots(List<Integer> owners, LedgerReader ledgers, Instant now);

    /** Says whether a lane is open: neither paused nor closed nor past an end. */
    boolean open(Lane lane, Instant now);

    /**
     * Says how many rows an open lane may give at the most, 0 or more; beyond 64 by default, which
     * is what a lane gives anyway.
     */
    default int most(Lane lane, Instant now) {
      return Integer.MAX_VALUE;
    }

    /**
     * Says when to visit an owner again, the earliest instant at which a claim can succeed.
     *
     * @param owner the owner
     * @param taken how many rows it got
     * @param heads the earliest due of each of its lanes among the rows that nobody holds, after
     *     this claim
     * @param ledgers gives ledgers as they are
     * @param now the store's now
     */
    Instant wakeAt(int owner, int taken, List<LaneHead> heads, LedgerReader ledgers, Instant now);
  }

  /** Gives ledgers as they are, without a lock. */
  @FunctionalInterface
  public interface LedgerReader {
    /** Gives the ledger of a key, a fresh one when it is unknown. */
    Ledger read(LedgerKey key);
  }

  /**
   * The earliest row of a lane.
   *
   * @param lane the lane
   * @param due its earliest due
   */
  public record LaneHead(Lane lane, Instant due) {}

  /**
   * What was claimed.
   *
   * @param now the store's now of this claim
   * @param until when the claims expire
   * @param subjects the claimed rows with what decisions read, per owner by priority, bound before
   *     new, due, enrollment
   * @param position how far the store is
   * @param definitions the definitions' revision
   * @param nextWake the earliest of the wake-ups of all owners and the ends of all claims that
   *     anybody holds, those of this call too: far in the future for none
   */
  public record Answer(
      Instant now,
      Instant until,
      List<Subject> subjects,
      Position position,
      long definitions,
      Instant nextWake) {
    /** Copies the list. */
    public Answer {
      subjects = List.copyOf(subjects);
    }

    /** Gives the claimed rows. */
    public List<Work> rows() {
      return subjects.stream().map(Subject::work).toList();
    }
  }
}
