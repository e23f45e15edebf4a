package dev.sequencer;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The pace of a whole sequence, over all its mailboxes: how many mails an hour and how far apart.
 * Immutable.
 */
public final class Pace {
  private final OptionalInt perHour;
  private final Duration minGap;

  private Pace(OptionalInt perHour, Duration minGap) {
    this.perHour = perHour;
    this.minGap = minGap;
  }

  /**
   * Gives at most that many mails in a calendar hour of the sequence's zone, else the engine's,
   * else UTC.
   *
   * @throws TimeRuleException with INVALID_QUOTA when it is not positive
   */
  public static Pace perHour(int mails) {
    return new Pace(OptionalInt.of(MailboxLimits.quota("mails per hour", mails)), Duration.ZERO);
  }

  /**
   * Gives at least that time between two mails.
   *
   * @throws IllegalArgumentException when it is not between 1 ms and 24 hours
   */
  public static Pace every(Duration gap) {
    return new Pace(OptionalInt.empty(), MailboxLimits.gap(gap));
  }

  /**
   * Gives the same with at least that time between two mails.
   *
   * @throws IllegalArgumentException when it is not between 1 ms and 24 hours
   */
  public Pace minGap(Duration gap) {
    return new Pace(perHour, MailboxLimits.gap(gap));
  }

  /** Gives the mails per calendar hour. */
  public OptionalInt perHour() {
    return perHour;
  }

  /** Gives the least time between two mails; zero for none. */
  public Duration minGap() {
    return minGap;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pace that && perHour.equals(that.perHour) && minGap.equals(that.minGap);
  }

  @Override
  public int hashCode() {
    return Objects.hash(perHour, minGap);
  }

  @Override
  public String toString() {
    return "Pace[perHour=" + perHour + ", minGap=" + minGap + "]";
  }
}
