package dev.sequencer;

import java.util.Objects;
import java.util.Optional;

/** What became of a request to enroll. */
public sealed interface EnrollResult {
  /** Gives the enrollment; empty when the contact is suppressed or it is not known here. */
  Optional<EnrollmentId> enrollment();

  /**
   * A new enrollment was made.
   *
   * @param id its id
   */
  record Enrolled(EnrollmentId id) implements EnrollResult {
    /** Checks that it is there. */
    public Enrolled {
      Objects.requireNonNull(id, "id");
    }

    @Override
    public Optional<EnrollmentId> enrollment() {
      return Optional.of(id);
    }
  }

  /**
   * The contact was enrolled before; nothing was changed.
   *
   * @param enrollment the enrollment there is
   */
  record AlreadyEnrolled(Optional<EnrollmentId> enrollment) implements EnrollResult {
    /** Checks that it is there. */
    public AlreadyEnrolled {
      Objects.requireNonNull(enrollment, "enrollment");
    }
  }

  /**
   * The address or its domain is suppressed; nothing was made.
   *
   * @param reason why it is
   */
  record Suppressed(String reason) implements EnrollResult {
    /** Checks that it is there. */
    public Suppressed {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public Optional<EnrollmentId> enrollment() {
      return Optional.empty();
    }
  }
}
