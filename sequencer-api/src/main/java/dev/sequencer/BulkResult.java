package dev.sequencer;

import java.util.Objects;
import java.util.Optional;

/**
 * What became of one contact of a bulk call.
 *
 * @param row its place in the stream, 1 for the first
 * @param input the contact as it came
 * @param outcome which of the four
 * @param enrollment its enrollment, new or old
 * @param reason why it is invalid or suppressed; else empty
 */
public record BulkResult(
    long row,
    ContactInput input,
    Outcome outcome,
    Optional<EnrollmentId> enrollment,
    String reason) {
  /** Checks that nothing is missing. */
  public BulkResult {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(enrollment, "enrollment");
    Objects.requireNonNull(reason, "reason");
  }

  /** The four outcomes. */
  public enum Outcome {
    /** A new enrollment was made. */
    ENROLLED,
    /** It was enrolled before. */
    ALREADY_ENROLLED,
    /** Its address or domain is suppressed. */
    SUPPRESSED,
    /** A value of it breaks a rule. */
    INVALID
  }
}
