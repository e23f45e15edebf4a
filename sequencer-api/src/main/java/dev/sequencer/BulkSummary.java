package dev.sequencer;

/**
 * The totals of a bulk call.
 *
 * @param enrolled new enrollments
 * @param alreadyEnrolled contacts that were enrolled before
 * @param suppressed contacts that must not be mailed
 * @param invalid contacts that break a rule
 */
public record BulkSummary(long enrolled, long alreadyEnrolled, long suppressed, long invalid) {
  /** Gives how many contacts came. */
  public long total() {
    return enrolled + alreadyEnrolled + suppressed + invalid;
  }
}
