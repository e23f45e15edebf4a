package dev.sequencer.files;

import dev.sequencer.Problem;
import dev.sequencer.Sequence;
import dev.sequencer.internal.definition.Node;
import dev.sequencer.internal.definition.SourcePlaces;

/** A sequence that knows where it stands in its file. Immutable. */
public final class LocatedSequence {
  private final Sequence sequence;
  private final SourcePlaces places;

  LocatedSequence(Sequence sequence, Node node) {
    this.sequence = sequence;
    this.places = new SourcePlaces(node);
  }

  /** Gives the sequence. */
  public Sequence sequence() {
    return sequence;
  }

  /**
   * Gives a problem that was found later, by publish or a check, with its place as {@code
   * file:line:column}: the place of its path, else of the nearest thing around it.
   */
  public Problem locate(Problem problem) {
    return places.of(problem);
  }

  /** Gives the name of the sequence. */
  @Override
  public String toString() {
    return "LocatedSequence[" + sequence.name() + "]";
  }
}
