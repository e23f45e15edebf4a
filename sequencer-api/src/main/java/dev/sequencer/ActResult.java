package dev.sequencer;

import java.util.Objects;

/**
 * What became of an act.
 *
 * @param outcome which of the five
 * @param message what happened or why not, for people
 * @param inFlight how many mails of what it concerns have an attempt without outcome and may still
 *     leave
 */
public record ActResult(Outcome outcome, String message, int inFlight) {
  /** Checks that nothing is missing. */
  public ActResult {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(message, "message");
  }

  /** The five outcomes. */
  public enum Outcome {
    /** It was done. */
    DONE,
    /** It was so already. */
    UNCHANGED,
    /** The mail is being sent or has been sent. */
    TOO_LATE,
    /** The state does not allow it. */
    REFUSED,
    /** There is nothing of that name. */
    NOT_FOUND
  }

  /** Says whether it was done. */
  public boolean done() {
    return outcome == Outcome.DONE;
  }
}
