package dev.sequencer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the engine is.
 *
 * @param up whether work is done as it should be
 * @param problems what is wrong, each with what to do; empty when up
 * @param oldestDueAge the age of the oldest work that is due, allowed and not done; zero for none
 * @param stuck enrollments that are due, allowed and not done for longer than the threshold, or
 *     held, the oldest first, at most 100
 * @param lastPassAt the newest pass of any node of this store
 */
public record Health(
    boolean up,
    List<String> problems,
    Duration oldestDueAge,
    List<EnrollmentId> stuck,
    Optional<Instant> lastPassAt) {
  /** Copies the lists. */
  public Health {
    problems = List.copyOf(problems);
    Objects.requireNonNull(oldestDueAge, "oldestDueAge");
    stuck = List.copyOf(stuck);
    Objects.requireNonNull(lastPassAt, "lastPassAt");
  }
}
