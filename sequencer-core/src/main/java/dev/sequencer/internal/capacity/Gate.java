package dev.sequencer.internal.capacity;

import java.time.Instant;

/**
 * What capacity says to the next mail: when, and what binds.
 *
 * @param at the first instant at which it may begin, as far as is known; a far one when nothing but
 *     a person opens the gate
 * @param reason the gate that is the last to open
 */
public record Gate(Instant at, Reason reason) {

  /** The instant of a gate that does not open by itself. */
  public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  /** The gates between a row and its leaving. */
  public enum Reason {
    /** None: it may begin. */
    FREE("free"),
    /** The row is not due. */
    NOT_DUE("not due yet"),
    /** The sequence's window is closed, or its send time has not come. */
    WINDOW("outside the sequence's window"),
    /** The mailbox is stopped until somebody reconnects it. */
    STOPPED("stopped until it is reconnected"),
    /** The mailbox rests. */
    RESTING("resting"),
    /** Another mail is on its way and only one may be. */
    IN_FLIGHT("another mail is on its way"),
    /** The mailbox's hours are closed. */
    HOURS("outside the mailbox's hours"),
    /** The quota of the day is used up. */
    DAY_QUOTA("quota of the day used up"),
    /** The quota of the hour is used up. */
    HOUR_QUOTA("quota of the hour used up"),
    /** A rolling quota is used up. */
    ROLLING_QUOTA("rolling quota used up"),
    /** The newest mail left too short a time ago. */
    SPACING("minimum gap to the newest mail"),
    /** The next slot of an even spread has not come. */
    SLOT("waiting for the next slot"),
    /** Hours and quotas do not open within a year. */
    NO_OPEN_TIME("no open time within a year");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /**
     * Gives the reason in words, for explanations.
     *
     * @return a phrase
     */
    public String words() {
      return words;
    }
  }

  /**
   * Tells whether a mail may begin at an instant.
   *
   * @param now one reading of the clock
   * @return true when the gate is open
   */
  public boolean isOpen(Instant now) {
    return !at.isAfter(now);
  }
}
