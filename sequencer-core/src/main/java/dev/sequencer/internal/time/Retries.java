package dev.sequencer.internal.time;

import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a failed attempt is tried again (R4.6).
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class Retries {

  private Retries() {}

  /**
   * Gives the due instant of the next attempt; the plain calendar then decides when it is open.
   *
   * @param failedAt when the attempt failed
   * @param failures how many attempts have failed, this one included; 1 or more
   * @param backoffs the wait after each failure, elapsed time
   * @return the failure's instant plus the wait
   * @throws TimeRuleException with {@code RETRIES_EXHAUSTED} when there have been more failures
   *     than waits, with {@code INVALID_DELAY} for a negative wait or fewer than one failure
   */
  public static Instant next(Instant failedAt, int failures, List<Duration> backoffs) {
    LocalTimes.check(failedAt, Code.INVALID_DELAY);
    if (failures < 1) {
      throw new TimeRuleException(
          Code.INVALID_DELAY, "Failures are counted from 1, but were " + failures);
    }
    if (failures > backoffs.size()) {
      throw new TimeRuleException(
          Code.RETRIES_EXHAUSTED,
          "A retry policy of "
              + backoffs.size()
              + " retries ends, but this was failure "
              + failures);
    }
    Duration backoff = backoffs.get(failures - 1);
    if (backoff.isNegative() || backoff.compareTo(Duration.ofDays(3_650)) > 0) {
      throw new TimeRuleException(
          Code.INVALID_DELAY,
          "A wait before a retry must be 0 to 3,650 days, but was " + backoff + "; correct it");
    }
    return failedAt.plus(backoff);
  }
}
