package dev.sequencer.spi.store;

import java.time.Instant;
import java.util.Objects;

/**
 * The moving row of an enrollment. No two states of a row agree in rev, attempt number, status and
 * phase: whoever finds these as it saw them need not read the rest.
 *
 * @param enrollment its number, greater than zero
 * @param origin what it is a run of
 * @param rev grows by one with every act, recorded event and completed transition; the guard of
 *     every plan
 * @param lane where it waits
 * @param due when it may go at the earliest; fixed when the step is reached
 * @param cursor where it stands
 * @param state status, phase and reason
 * @param attempt the newest attempt and the binding
 */
public record Work(
    long enrollment,
    Origin origin,
    long rev,
    Lane lane,
    Instant due,
    Cursor cursor,
    State state,
    Attempt attempt) {
  /** Checks that nothing is missing. */
  public Work {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(lane, "lane");
    Objects.requireNonNull(due, "due");
    Objects.requireNonNull(cursor, "cursor");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(attempt, "attempt");
  }

  /** Gives the same at another place and time. */
  public Work at(Lane newLane, Instant newDue, Cursor newCursor) {
    return new Work(enrollment, origin, rev, newLane, newDue, newCursor, state, attempt);
  }

  /** Gives the same in another lane, due at another instant. */
  public Work waitingIn(Lane newLane, Instant newDue) {
    return at(newLane, newDue, cursor);
  }

  /** Gives the same in another state. */
  public Work state(State newState) {
    return new Work(enrollment, origin, rev, lane, due, cursor, newState, attempt);
  }

  /** Gives the same with another attempt. */
  public Work attempt(Attempt newAttempt) {
    return new Work(enrollment, origin, rev, lane, due, cursor, state, newAttempt);
  }
}
