package dev.sequencer;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An enrollment as it is.
 *
 * @param id its id
 * @param sequence the name of its sequence
 * @param version the number of its version
 * @param contact its contact
 * @param runKey its run key
 * @param enrolledAt when it was enrolled
 * @param state where it stands
 */
public record EnrollmentView(
    EnrollmentId id,
    String sequence,
    int version,
    Contact contact,
    String runKey,
    Instant enrolledAt,
    Standing state) {
  /** Checks that nothing is missing. */
  public EnrollmentView {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(contact, "contact");
    Objects.requireNonNull(runKey, "runKey");
    Objects.requireNonNull(enrolledAt, "enrolledAt");
    Objects.requireNonNull(state, "state");
  }

  /** Gives its status. */
  public EnrollmentStatus status() {
    return state.status();
  }

  /**
   * Where an enrollment stands.
   *
   * @param status what people want
   * @param phase what the machine does
   * @param ending how it ended
   * @param step the key of the step it waits at; empty at its end
   * @param due when that may go at the earliest, before windows and quotas
   * @param mailbox the address of the mailbox it is bound to
   * @param reason why it stands there
   */
  public record Standing(
      EnrollmentStatus status,
      EnrollmentPhase phase,
      Optional<Ending> ending,
      Optional<String> step,
      Optional<Instant> due,
      Optional<String> mailbox,
      String reason) {
    /** Checks that nothing is missing. */
    public Standing {
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(phase, "phase");
      Objects.requireNonNull(ending, "ending");
      Objects.requireNonNull(step, "step");
      Objects.requireNonNull(due, "due");
      Objects.requireNonNull(mailbox, "mailbox");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
