package dev.sequencer.internal.capacity;

import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import dev.sequencer.internal.time.LocalTimes;
import dev.sequencer.internal.time.Openings;
import dev.sequencer.internal.time.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Quota buckets of calendar days and hours in the mailbox's zone (R7).
 *
 * <p>A day bucket is a local date: 23, 24 or 25 hours, and a repeated midnight does not begin it
 * anew. An hour bucket is a local hour at one offset, so a repeated hour is two.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class Quotas {

  /**
   * A quota and how much of it is used.
   *
   * @param limit how many mails, 1 or more
   * @param used how many have been counted in the bucket that contains now
   */
  public record Usage(int limit, int used) {

    /**
     * Checks the quota.
     *
     * @throws TimeRuleException with {@code INVALID_QUOTA} when the limit is not positive
     */
    public Usage {
      checkLimit(limit);
    }

    /**
     * Tells whether nothing is left.
     *
     * @return true when the bucket is used up
     */
    public boolean isFull() {
      return used >= limit;
    }
  }

  private Quotas() {}

  /**
   * Refuses a quota that can never send.
   *
   * @param limit how many mails
   * @throws TimeRuleException with {@code INVALID_QUOTA} when it is zero or less
   */
  public static void checkLimit(long limit) {
    if (limit <= 0) {
      throw new TimeRuleException(
          Code.INVALID_QUOTA,
          "A quota must be 1 or more, but was " + limit + "; leave it out for no limit");
    }
  }

  /**
   * Gives the bucket of a day.
   *
   * @param at an instant
   * @param zone the mailbox's zone
   * @return from the first instant of its local date to the first after {@code at} on a later one
   */
  public static Span day(Instant at, ZoneId zone) {
    LocalTimes.check(at, Code.NO_OPEN_TIME);
    LocalDate date = LocalTimes.date(at, zone);
    return new Span(LocalTimes.startOf(date, zone), dayReset(date, at, zone));
  }

  /**
   * Gives the bucket of an hour.
   *
   * @param at an instant
   * @param zone the mailbox's zone
   * @return from the first to the first after the last instant of its local hour and offset
   */
  public static Span hour(Instant at, ZoneId zone) {
    LocalTimes.check(at, Code.NO_OPEN_TIME);
    ZoneRules rules = zone.getRules();
    long offset = rules.getOffset(at).getTotalSeconds();
    long localHour = Math.floorDiv(at.getEpochSecond() + offset, 3_600L) * 3_600L;
    Instant start = Instant.ofEpochSecond(localHour - offset);
    Instant end = start.plusSeconds(3_600);
    ZoneOffsetTransition before = rules.previousTransition(at.plusNanos(1));
    ZoneOffsetTransition after = rules.nextTransition(at);
    return new Span(
        before == null ? start : LocalTimes.later(start, before.getInstant()),
        after == null ? end : LocalTimes.earlier(end, after.getInstant()));
  }

  /**
   * Gives the instant at which a day bucket ends.
   *
   * @param date the bucket
   * @param now an instant in it
   * @param zone the mailbox's zone
   * @return the first instant after now on a later local date
   */
  public static Instant dayReset(LocalDate date, Instant now, ZoneId zone) {
    return LocalTimes.firstOn(date.plusDays(1), now, zone);
  }

  /**
   * Gives the day bucket in which now counts. Buckets only move forward: when the clock steps back
   * over midnight, the one that is in use goes on (KERNEL K13).
   *
   * @param now one reading of the clock
   * @param zone the mailbox's zone
   * @param inUse the bucket of the ledger
   * @return the later of now's local date and the one in use
   */
  public static LocalDate dayKey(Instant now, ZoneId zone, Optional<LocalDate> inUse) {
    LocalDate date = LocalTimes.date(now, zone);
    return inUse.filter(key -> key.isAfter(date)).orElse(date);
  }

  /**
   * Gives the hour bucket in which now counts, named by its start; it only moves forward as well.
   *
   * @param now one reading of the clock
   * @param zone the mailbox's zone
   * @param inUse the bucket of the ledger
   * @return the later of the start of now's hour and the one in use
   */
  public static Instant hourKey(Instant now, ZoneId zone, Optional<Instant> inUse) {
    Instant start = hour(now, zone).start();
    return inUse.filter(key -> key.isAfter(start)).orElse(start);
  }

  /**
   * Gives the first instant at which window and quotas allow a mail (R7.3).
   *
   * @param now one reading of the clock, in the zone of the hours
   * @param hours the mailbox's hours
   * @param daily the day's quota, for the bucket that contains now
   * @param hourly the hour's quota, for the bucket that contains now
   * @return now, or when the buckets in use have ended and the hours are open
   * @throws TimeRuleException with {@code NO_OPEN_TIME} when nothing opens through the local date
   *     366 days later
   */
  public static Instant nextAllowed(
      Instant now, Openings hours, Optional<Usage> daily, Optional<Usage> hourly) {
    LocalTimes.check(now, Code.NO_OPEN_TIME);
    ZoneId zone = hours.zone();
    LocalDate last = LocalTimes.date(now, zone).plusDays(Openings.HORIZON_DAYS);
    Instant dayEnds = daily.filter(Usage::isFull).map(full -> day(now, zone).end()).orElse(now);
    Instant hourEnds = hourly.filter(Usage::isFull).map(full -> hour(now, zone).end()).orElse(now);
    return hours.firstOpen(LocalTimes.later(dayEnds, hourEnds), last);
  }
}
