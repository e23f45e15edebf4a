package dev.sequencer.spi.store;

import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of an enrollment.
 *
 * @param status what people want
 * @param phase what the machine does
 * @param ending how it ended; present exactly when the status is ENDED
 * @param reason why it is so, for people; may be empty
 */
public record State(
    EnrollmentStatus status, EnrollmentPhase phase, Optional<Ending> ending, String reason) {
  /** Active and waiting. */
  public static final State WAITING =
      new State(EnrollmentStatus.ACTIVE, EnrollmentPhase.WAITING, Optional.empty(), "");

  /**
   * Checks that they fit.
   *
   * @throws IllegalArgumentException when an ending stands without the status ENDED or the reverse
   */
  public State {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(reason, "reason");
    if (ending.isPresent() != (status == EnrollmentStatus.ENDED)) {
      throw new IllegalArgumentException(
          "an ending goes with status ENDED, but status is " + status + " with " + ending);
    }
  }

  /** Gives the same with another phase. */
  public State phase(EnrollmentPhase next) {
    return new State(status, next, ending, reason);
  }

  /** Gives the same with a status other than ENDED and a reason. */
  public State status(EnrollmentStatus next, String why) {
    return new State(next, phase, Optional.empty(), why);
  }

  /** Gives the ended state. */
  public State ended(Ending how, String why) {
    return new State(EnrollmentStatus.ENDED, phase, Optional.of(how), why);
  }
}
