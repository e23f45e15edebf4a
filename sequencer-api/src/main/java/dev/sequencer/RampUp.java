package dev.sequencer;

/**
 * The warm-up of a mailbox: its quota on the n-th day on which a mail left is {@code min(upTo,
 * start + step x (n - 1))}.
 *
 * @param start mails on the first day
 * @param step more on each further day
 * @param upTo the most
 */
public record RampUp(int start, int step, int upTo) {
  /**
   * Checks the numbers.
   *
   * @throws TimeRuleException with INVALID_QUOTA when one is not positive or start is above upTo
   */
  public RampUp {
    MailboxLimits.quota("start of a ramp-up", start);
    MailboxLimits.quota("step of a ramp-up", step);
    MailboxLimits.quota("end of a ramp-up", upTo);
    if (start > upTo) {
      throw new TimeRuleException(
          TimeRuleException.Code.INVALID_QUOTA,
          "a ramp-up must not start above its end, but starts at " + start + " of " + upTo);
    }
  }
}
