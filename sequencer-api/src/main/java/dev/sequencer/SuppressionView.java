package dev.sequencer;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A suppression as it is.
 *
 * @param target the normalised address or domain
 * @param sequence the name of the sequence it holds for; empty for all
 * @param transactionalToo whether it blocks transactional mail too
 * @param reason why
 * @param since since when
 */
public record SuppressionView(
    String target,
    Optional<String> sequence,
    boolean transactionalToo,
    String reason,
    Instant since) {
  /** Checks that nothing is missing. */
  public SuppressionView {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(since, "since");
  }
}
