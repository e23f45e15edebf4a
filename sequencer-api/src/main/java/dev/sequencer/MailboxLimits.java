package dev.sequencer;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a mailbox may send.
 *
 * @param perDay mails a day; empty for no limit
 * @param day how a day is counted
 * @param perHour mails an hour; empty for no limit
 * @param hour how an hour is counted
 * @param minGap the least time between two mails, to the millisecond; zero for none
 * @param spread how the day's quota lies over the mailbox's hours
 * @param rampUp its warm-up
 */
public record MailboxLimits(
    OptionalInt perDay,
    Counting day,
    OptionalInt perHour,
    Counting hour,
    Duration minGap,
    Spread spread,
    Optional<RampUp> rampUp) {
  /** No limits. */
  public static final MailboxLimits NONE =
      new MailboxLimits(
          OptionalInt.empty(),
          Counting.CALENDAR,
          OptionalInt.empty(),
          Counting.CALENDAR,
          Duration.ZERO,
          Spread.AS_IT_COMES,
          Optional.empty());

  /** How a quota is counted. */
  public enum Counting {
    /** By calendar days or clock hours in the mailbox's zone. */
    CALENDAR,
    /** Over any 24 hours or 60 minutes. */
    ROLLING
  }

  /** How a day's quota lies over the mailbox's hours. */
  public enum Spread {
    /** Mails leave as they become due. */
    AS_IT_COMES,
    /** At slots of equal distance. */
    EVENLY,
    /** At slots that are moved forward by a hash, so that they look less regular. */
    EVENLY_WITH_JITTER
  }

  /**
   * Checks the numbers. That even spreading has a daily quota to spread is checked when the mailbox
   * is saved or declared.
   *
   * @throws TimeRuleException with INVALID_QUOTA when a quota is not positive
   * @throws IllegalArgumentException when the least time is not between 1 ms and 24 hours
   */
  public MailboxLimits {
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(hour, "hour");
    Objects.requireNonNull(minGap, "minGap");
    Objects.requireNonNull(spread, "spread");
    Objects.requireNonNull(rampUp, "rampUp");
    perDay.ifPresent(mails -> quota("mails per day", mails));
    perHour.ifPresent(mails -> quota("mails per hour", mails));
    if (!minGap.isZero()) {
      gap(minGap);
    }
  }

  /** Says whether mails leave at slots. */
  public boolean evenly() {
    return spread != Spread.AS_IT_COMES;
  }

  // Each gives the same limits with another value.

  MailboxLimits perDay(int mails) {
    return new MailboxLimits(OptionalInt.of(mails), day, perHour, hour, minGap, spread, rampUp);
  }

  MailboxLimits perHour(int mails) {
    return new MailboxLimits(perDay, day, OptionalInt.of(mails), hour, minGap, spread, rampUp);
  }

  MailboxLimits day(Counting counting) {
    return new MailboxLimits(perDay, counting, perHour, hour, minGap, spread, rampUp);
  }

  MailboxLimits hour(Counting counting) {
    return new MailboxLimits(perDay, day, perHour, counting, minGap, spread, rampUp);
  }

  MailboxLimits minGap(Duration gap) {
    return new MailboxLimits(perDay, day, perHour, hour, gap(gap), spread, rampUp);
  }

  MailboxLimits spread(Spread how) {
    return new MailboxLimits(perDay, day, perHour, hour, minGap, how, rampUp);
  }

  MailboxLimits rampUp(RampUp warmUp) {
    return new MailboxLimits(perDay, day, perHour, hour, minGap, spread, Optional.of(warmUp));
  }

  static int quota(String what, int value) {
    if (value <= 0) {
      throw new TimeRuleException(
          TimeRuleException.Code.INVALID_QUOTA,
          what
              + " must be greater than 0, but is "
              + value
              + ": leave it out for no limit, pause the mailbox to send nothing");
    }
    return value;
  }

  static Duration gap(Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofHours(24)) > 0) {
      throw new IllegalArgumentException(
          "the least time between two mails must be between 1 ms and 24 hours, but is " + value);
    }
    return Duration.ofMillis(value.toMillis());
  }
}
