package dev.sequencer;

import java.util.Objects;

/**
 * A value that breaks a time rule, or a calculation that finds no instant by the rules.
 *
 * <p>The message names the rule, the value and what to do; {@link #code()} tells programs which
 * rule it was.
 */
public final class TimeRuleException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * The rule that was broken. Where one input breaks several, the first in this order is reported.
   */
  public enum Code {
    /** A time zone id that is unknown, ambiguous or a mere offset. */
    INVALID_ZONE,
    /** A delay that is negative, too long or not understood. */
    INVALID_DELAY,
    /** A time of day that is not {@code HH:mm} from 00:00 to 23:59. */
    INVALID_TIME,
    /** A window with a bad range, an unknown weekday or no range at all. */
    INVALID_WINDOW,
    /** A business calendar without an open day, or a holiday that is no date. */
    INVALID_CALENDAR,
    /** A cron expression outside the accepted grammar. */
    INVALID_CRON,
    /** A cron expression that matches nothing within 100 years. */
    NEVER_FIRES,
    /** A quota of zero or less. */
    INVALID_QUOTA,
    /** No open instant within 366 days. */
    NO_OPEN_TIME,
    /** More failures than the retry policy has retries. */
    RETRIES_EXHAUSTED
  }

  private final Code code;

  /**
   * Creates an exception for one broken rule.
   *
   * @param code the rule
   * @param message the rule in words, the actual value and what to do
   */
  public TimeRuleException(Code code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code, "code");
  }

  /**
   * Tells which rule was broken.
   *
   * @return the code of the rule
   */
  public Code code() {
    return code;
  }
}
