package dev.sequencer.internal.capacity;

import dev.sequencer.Mailbox;
import dev.sequencer.MailboxLimits;
import dev.sequencer.MailboxLimits.Counting;
import dev.sequencer.Pace;
import dev.sequencer.TimeRuleException;
import dev.sequencer.internal.capacity.Gate.Reason;
import dev.sequencer.internal.time.LocalTimes;
import dev.sequencer.internal.time.Openings;
import dev.sequencer.spi.store.Ledger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * What a mailbox, or a sequence with a pace of its own, may send and when.
 *
 * <p>The order of the gates is R10's: rest, mail in flight, hours, quota of the day, quota of the
 * hour, rolling quota, minimum gap, slot. Each may only move the instant later; they are asked in
 * turn until none moves it.
 *
 * <p>The ledger says what was used. It is read as a hint by {@link #gate} and {@link #free}; begin
 * asks {@link #exactGate} under the ledger's lock, then {@link #taken} gives the ledger afterwards.
 * {@link #left}, {@link #ended} and {@link #givenBack} are what complete does to it.
 *
 * <p>Immutable and pure; safe for use by several threads.
 */
public final class Capacity {

  private final MailboxLimits limits;
  private final Openings hours;
  private final LedgerQuotas quotas;
  private final boolean oneAtATime;
  private final String seed;

  private Capacity(MailboxLimits limits, Openings hours, boolean oneAtATime, String seed) {
    this.limits = limits;
    this.hours = hours;
    this.quotas = new LedgerQuotas(limits, hours.zone());
    this.oneAtATime = oneAtATime;
    this.seed = seed;
  }

  /**
   * Gives the capacity of a mailbox.
   *
   * @param mailbox the mailbox
   * @param hours its own hours, or the union of the windows of the sequences that use it, in its
   *     zone
   * @return its capacity
   */
  public static Capacity of(Mailbox mailbox, Openings hours) {
    return new Capacity(mailbox.limits(), hours, mailbox.oneAtATime(), mailbox.address().address());
  }

  /**
   * Gives the capacity of a sequence with a pace.
   *
   * @param pace the pace
   * @param zone the zone of its calendar hours
   * @return its capacity, which has no hours and sends one mail at a time
   */
  public static Capacity of(Pace pace, ZoneId zone) {
    MailboxLimits limits =
        new MailboxLimits(
            OptionalInt.empty(),
            Counting.CALENDAR,
            pace.perHour(),
            Counting.CALENDAR,
            pace.minGap(),
            MailboxLimits.Spread.AS_IT_COMES,
            Optional.empty());
    return new Capacity(limits, Openings.always(zone), true, "");
  }

  /**
   * Tells when the next mail may begin, from the ledger alone. Rolling quotas count by what the
   * ledger remembers of them.
   *
   * @param ledger what was used
   * @param now one reading of the clock
   * @return the first instant, now or later, and the gate that binds
   */
  public Gate gate(Ledger ledger, Instant now) {
    Ledger.Rest rest = ledger.rest();
    if (rest.since().isPresent() && rest.until().isEmpty()) {
      return new Gate(Gate.NEVER, Reason.STOPPED);
    }
    try {
      return search(ledger, now);
    } catch (TimeRuleException nothingOpens) {
      return new Gate(Gate.NEVER, Reason.NO_OPEN_TIME);
    }
  }

  /**
   * Tells when the next mail may begin, rolling quotas counted anew.
   *
   * @param ledger what was used, locked
   * @param nthNewest gives the instant of the n-th newest counted mail, 1 for the newest
   * @param now one reading of the clock
   * @return the first instant, now or later, and the gate that binds
   */
  public Gate exactGate(Ledger ledger, IntFunction<Optional<Instant>> nthNewest, Instant now) {
    Gate gate = gate(ledger, now);
    if (!gate.isOpen(now)) {
      return gate;
    }
    Instant free = quotas.rollingFrom(ledger, now, nthNewest);
    return free.isAfter(now) ? new Gate(free, Reason.ROLLING_QUOTA) : gate;
  }

  /**
   * Tells how many mails may begin now: a hint for claims.
   *
   * @param ledger what was used
   * @param now one reading of the clock
   * @return 0 when none may, 1 where only one may be on its way, {@code Integer.MAX_VALUE} without
   *     limits
   */
  public int free(Ledger ledger, Instant now) {
    if (!gate(ledger, now).isOpen(now)) {
      return 0;
    }
    if (oneAtATime) {
      return 1;
    }
    OptionalInt left = quotas.leftOfDay(ledger, now);
    return left.orElseGet(() -> quotas.perDay(ledger, now).orElse(Integer.MAX_VALUE));
  }

  /**
   * Gives until when nothing else may begin as long as an attempt has no outcome: its deadline, and
   * the gap after the last instant at which it may have left, which only its outcome would tell.
   *
   * @param decideAt when the attempt is in doubt without outcome
   * @param leavesBy the last instant at which it may leave
   */
  public Instant heldUntil(Instant decideAt, Instant leavesBy) {
    Instant spaced = leavesBy.plus(limits.minGap());
    return spaced.isAfter(decideAt) ? spaced : decideAt;
  }

  /**
   * Gives the ledger after one mail began.
   *
   * @param ledger what was used before, with an open {@link #exactGate}
   * @param nthNewest gives the instant of the n-th newest counted mail, this one not included
   * @param now begin's reading of the clock
   * @param heldUntil see {@link #heldUntil}
   * @return the ledger with buckets, newest begin and what is in flight
   */
  public Ledger taken(
      Ledger ledger, IntFunction<Optional<Instant>> nthNewest, Instant now, Instant heldUntil) {
    Ledger after = quotas.counted(ledger, now).begun(now);
    // This mail is the newest now, so the others have moved up by one.
    IntFunction<Optional<Instant>> counted =
        n -> n == 1 ? Optional.of(now) : nthNewest.apply(n - 1);
    Instant full = quotas.rollingFrom(ledger, now, counted);
    after = after.fullUntil(full.isAfter(now) ? Optional.of(full) : Optional.empty());
    return oneAtATime ? after.inFlight(Optional.of(heldUntil)) : after;
  }

  /**
   * Gives the end of what was taken, for the permit: the closing of the hours and the end of each
   * calendar bucket that has a quota, whichever comes first.
   *
   * @param ledger what was used
   * @param now begin's reading of the clock
   * @return the first instant at which the mail must not leave any more; empty for none
   */
  public Optional<Instant> permitEnd(Ledger ledger, Instant now) {
    Optional<Instant> end = hours.closesAt(now);
    if (quotas.leftOfDay(ledger, now).isPresent()) {
      end = earlier(end, quotas.endOfDay(ledger, now));
    }
    if (quotas.leftOfHour(ledger, now).isPresent()) {
      end = earlier(end, quotas.endOfHour(ledger, now));
    }
    return end;
  }

  /**
   * Tells whether departures count here: where they do not, {@link #left} changes nothing that a
   * gate asks for.
   */
  public boolean countsDepartures() {
    return oneAtATime
        || limits.evenly()
        || limits.rampUp().isPresent()
        || !limits.minGap().isZero();
  }

  /**
   * Gives the ledger after a mail left, or may have left.
   *
   * @param ledger the ledger
   * @param leftAt when it left; for one in doubt the end of its permit
   * @return the ledger with spacing counted from there, the warm-up's day, and nothing in flight;
   *     an attempt that began after it left, because its outcome came late, stays in flight
   */
  public Ledger left(Ledger ledger, Instant leftAt) {
    Instant newest = ledger.lastLeft().map(last -> LocalTimes.later(last, leftAt)).orElse(leftAt);
    Ledger after = ended(ledger, leftAt).left(Optional.of(newest));
    LocalDate day = LocalTimes.date(leftAt, hours.zone());
    return limits.rampUp().isPresent() ? after.ramp(Ramps.count(after.ramp(), day)) : after;
  }

  /**
   * Gives the ledger after an attempt that did not leave.
   *
   * @param ledger the ledger
   * @param begunAt when the attempt began
   * @return the ledger with nothing in flight; an attempt that began later stays in flight
   */
  public Ledger ended(Ledger ledger, Instant begunAt) {
    boolean newerInFlight = ledger.lastBegun().filter(begunAt::isBefore).isPresent();
    return newerInFlight ? ledger : ledger.inFlight(Optional.empty());
  }

  /**
   * Gives the ledger after the quota of an attempt that was not accepted came back. Spacing and
   * slot do not come back, nor does anything for a bucket that is over.
   *
   * @param ledger the ledger
   * @param begunAt when the attempt began
   * @return the ledger with the attempt no longer counted in the buckets that are still current
   */
  public Ledger givenBack(Ledger ledger, Instant begunAt) {
    return quotas.credited(ledger, begunAt).fullUntil(Optional.empty());
  }

  /**
   * Tells how many mails count in the day's bucket.
   *
   * @param ledger what was used
   * @param now one reading of the clock
   * @return the mails of the calendar day that contains now
   */
  public int usedToday(Ledger ledger, Instant now) {
    return quotas.usedOfDay(ledger, now);
  }

  /**
   * Tells how many mails count in the hour's bucket.
   *
   * @param ledger what was used
   * @param now one reading of the clock
   * @return the mails of the calendar hour that contains now
   */
  public int usedThisHour(Ledger ledger, Instant now) {
    return quotas.usedOfHour(ledger, now);
  }

  private Gate search(Ledger ledger, Instant now) {
    LocalDate last = LocalTimes.date(now, hours.zone()).plusDays(Openings.HORIZON_DAYS);
    Gate gate = new Gate(now, Reason.FREE);
    Gate before;
    do {
      before = gate;
      gate = later(gate, Reason.RESTING, ledger.rest().until());
      gate = later(gate, Reason.IN_FLIGHT, oneAtATime ? ledger.inFlightUntil() : Optional.empty());
      gate = later(gate, Reason.HOURS, Optional.of(hours.firstOpen(gate.at(), last)));
      gate = later(gate, Reason.DAY_QUOTA, dayReset(ledger, gate.at()));
      gate = later(gate, Reason.HOUR_QUOTA, hourReset(ledger, gate.at()));
      gate =
          later(gate, Reason.ROLLING_QUOTA, quotas.rolls() ? ledger.fullUntil() : Optional.empty());
      gate = later(gate, Reason.SPACING, ledger.lastLeft().map(left -> left.plus(limits.minGap())));
      gate = later(gate, Reason.SLOT, slot(ledger, gate.at()));
    } while (gate.at().isAfter(before.at()));
    return gate;
  }

  private static Gate later(Gate gate, Reason reason, Optional<Instant> at) {
    return at.filter(instant -> instant.isAfter(gate.at()))
        .map(instant -> new Gate(instant, reason))
        .orElse(gate);
  }

  private Optional<Instant> dayReset(Ledger ledger, Instant at) {
    OptionalInt left = quotas.leftOfDay(ledger, at);
    return left.isPresent() && left.getAsInt() == 0
        ? Optional.of(quotas.endOfDay(ledger, at))
        : Optional.empty();
  }

  private Optional<Instant> hourReset(Ledger ledger, Instant at) {
    OptionalInt left = quotas.leftOfHour(ledger, at);
    return left.isPresent() && left.getAsInt() == 0
        ? Optional.of(quotas.endOfHour(ledger, at))
        : Optional.empty();
  }

  private Optional<Instant> slot(Ledger ledger, Instant at) {
    OptionalInt quota = quotas.perDay(ledger, at);
    if (!limits.evenly() || quota.isEmpty()) {
      return Optional.empty();
    }
    boolean jitter = limits.spread() == MailboxLimits.Spread.EVENLY_WITH_JITTER;
    Pacing pacing =
        new Pacing(
            quota.getAsInt(), limits.minGap(), jitter ? Optional.of(seed) : Optional.empty());
    Optional<Instant> used =
        ledger
            .lastLeft()
            .map(
                left -> ledger.lastBegun().map(begun -> LocalTimes.later(left, begun)).orElse(left))
            .or(ledger::lastBegun);
    return Optional.of(new Slots(hours, pacing).nextUsable(at, used, Slots.GRACE).at());
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Instant other) {
    return Optional.of(one.map(instant -> LocalTimes.earlier(instant, other)).orElse(other));
  }
}
