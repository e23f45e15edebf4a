package dev.sequencer;

import java.util.Objects;

/**
 * What became of an act.
 *
 * @param outcome which of the six
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

  /** The six outcomes. */
  public enum Outcome {
    /** It was done. */
    DONE,
    /**
     * It takes part in a transaction of the host and is carried out after its commit, if the state
     * allows it then; until it is, nothing that it concerns begins.
     */
    QUEUED,
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
