package dev.sequencer.internal.capacity;

import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.Duration;
import java.util.Optional;

/**
 * How a day's quota is spread over the hours.
 *
 * @param quota mails a day, 1 or more
 * @param minSpacing the least time between two mails, 0 to 366 days
 * @param jitterSeed a stable key, such as the mailbox's address, by which slots are moved; empty
 *     for exact slots
 */
public record Pacing(int quota, Duration minSpacing, Optional<String> jitterSeed) {

  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * Checks the values.
   *
   * @throws TimeRuleException with {@code INVALID_QUOTA} for a quota of zero or less, with {@code
   *     INVALID_DELAY} for a spacing out of bounds
   */
  public Pacing {
    if (minSpacing.isNegative() || minSpacing.compareTo(LONGEST) > 0) {
      throw new TimeRuleException(
          Code.INVALID_DELAY,
          "A minimum spacing must be 0 to 366 days, but was " + minSpacing + "; correct it");
    }
    Quotas.checkLimit(quota);
  }

  /**
   * Gives even spreading alone.
   *
   * @param quota mails a day, 1 or more
   * @return the pacing without minimum spacing and jitter
   */
  public static Pacing evenly(int quota) {
    return new Pacing(quota, Duration.ZERO, Optional.empty());
  }
}
