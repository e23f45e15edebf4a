package dev.sequencer.internal.capacity;

/**
 * The warm-up of a mailbox: a day's quota that grows with the days on which it sends.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class RampUp {

  private RampUp() {}

  /**
   * Gives the quota of a day of the warm-up.
   *
   * @param start the quota of the first day, 1 or more
   * @param step how much each further day adds, 0 or more
   * @param target the full quota
   * @param day which day of sending it is, counted from 1; a day counts when a mail left on it
   * @return the least of the target and {@code start + step * (day - 1)}
   * @throws dev.sequencer.TimeRuleException with {@code INVALID_QUOTA} when start or target is zero
   *     or less
   */
  public static int cap(int start, int step, int target, int day) {
    Quotas.checkLimit(start);
    Quotas.checkLimit(target);
    long grown = start + (long) Math.max(0, step) * (Math.max(1, day) - 1);
    return (int) Math.min(target, grown);
  }
}
