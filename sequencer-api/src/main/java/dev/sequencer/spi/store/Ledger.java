package dev.sequencer.spi.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a mailbox or a paced sequence has used of its capacity. The store keeps it and locks it;
 * only the engine's functions read or change what it says.
 *
 * @param key whose it is
 * @param day the used part of the quota of the day bucket; keys are ISO local dates
 * @param hour the used part of the quota of the hour bucket; keys are ISO instants of its start
 * @param lastBegun the instant or slot of the newest begin
 * @param lastLeft when the newest mail left
 * @param inFlightUntil the deadline of the running attempt, where only one may run at a time
 * @param rest whether and why it rests
 * @param ramp how far its warm-up is
 * @param fullUntil until when a rolling quota is full
 */
public record Ledger(
    LedgerKey key,
    Bucket day,
    Bucket hour,
    Optional<Instant> lastBegun,
    Optional<Instant> lastLeft,
    Optional<Instant> inFlightUntil,
    Rest rest,
    Ramp ramp,
    Optional<Instant> fullUntil) {
  /** Checks that nothing is missing. */
  public Ledger {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(hour, "hour");
    Objects.requireNonNull(lastBegun, "lastBegun");
    Objects.requireNonNull(lastLeft, "lastLeft");
    Objects.requireNonNull(inFlightUntil, "inFlightUntil");
    Objects.requireNonNull(rest, "rest");
    Objects.requireNonNull(ramp, "ramp");
    Objects.requireNonNull(fullUntil, "fullUntil");
  }

  /** Gives the ledger of somebody who has never sent. */
  public static Ledger fresh(LedgerKey key) {
    return new Ledger(
        key,
        Bucket.NONE,
        Bucket.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Rest.NONE,
        Ramp.NONE,
        Optional.empty());
  }

  /** Gives the same with other buckets. */
  public Ledger buckets(Bucket newDay, Bucket newHour) {
    return new Ledger(
        key, newDay, newHour, lastBegun, lastLeft, inFlightUntil, rest, ramp, fullUntil);
  }

  /** Gives the same with another newest begin. */
  public Ledger begun(Instant at) {
    return new Ledger(
        key, day, hour, Optional.of(at), lastLeft, inFlightUntil, rest, ramp, fullUntil);
  }

  /** Gives the same with another newest departure. */
  public Ledger left(Optional<Instant> at) {
    return new Ledger(key, day, hour, lastBegun, at, inFlightUntil, rest, ramp, fullUntil);
  }

  /** Gives the same with another running attempt. */
  public Ledger inFlight(Optional<Instant> until) {
    return new Ledger(key, day, hour, lastBegun, lastLeft, until, rest, ramp, fullUntil);
  }

  /** Gives the same with another rest. */
  public Ledger rest(Rest newRest) {
    return new Ledger(key, day, hour, lastBegun, lastLeft, inFlightUntil, newRest, ramp, fullUntil);
  }

  /** Gives the same with another warm-up. */
  public Ledger ramp(Ramp newRamp) {
    return new Ledger(key, day, hour, lastBegun, lastLeft, inFlightUntil, rest, newRamp, fullUntil);
  }

  /** Gives the same, full until another instant. */
  public Ledger fullUntil(Optional<Instant> until) {
    return new Ledger(key, day, hour, lastBegun, lastLeft, inFlightUntil, rest, ramp, until);
  }

  /**
   * A quota bucket.
   *
   * @param key which bucket, ordered as text; empty for none
   * @param used mails counted in it
   */
  public record Bucket(String key, int used) {
    /** No bucket yet. */
    public static final Bucket NONE = new Bucket("", 0);

    /** Checks that nothing is missing. */
    public Bucket {
      Objects.requireNonNull(key, "key");
    }
  }

  /**
   * A rest of a mailbox.
   *
   * @param since when it began; empty when there is none
   * @param until when it ends; empty with a {@code since}: when somebody reconnects the mailbox
   * @param reason why, such as {@code THROTTLED}
   * @param level how often in a row, for the back-off
   */
  public record Rest(Optional<Instant> since, Optional<Instant> until, String reason, int level) {
    /** No rest. */
    public static final Rest NONE = new Rest(Optional.empty(), Optional.empty(), "", 0);

    /** Checks that nothing is missing. */
    public Rest {
      Objects.requireNonNull(since, "since");
      Objects.requireNonNull(until, "until");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * How far a warm-up is.
   *
   * @param days the days on which a mail left
   * @param last the newest of them as an ISO local date; empty for none
   */
  public record Ramp(int days, String last) {
    /** Not begun. */
    public static final Ramp NONE = new Ramp(0, "");

    /** Checks that nothing is missing. */
    public Ramp {
      Objects.requireNonNull(last, "last");
    }
  }
}
