package dev.sequencer;

import java.util.List;
import java.util.Objects;

/**
 * What became of a publication.
 *
 * @param sequence the name of the sequence
 * @param version the number of the current version, 1 for the first
 * @param isNew whether this call made it
 * @param lints what is probably a mistake
 */
public record PublishResult(String sequence, int version, boolean isNew, List<Problem> lints) {
  /** Copies the list. */
  public PublishResult {
    Objects.requireNonNull(sequence, "sequence");
    lints = List.copyOf(lints);
  }
}
