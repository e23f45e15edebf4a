package dev.sequencer;

import java.util.List;
import java.util.stream.Collectors;

/** A definition is wrong; holds everything that is wrong with it, each with its place. */
public final class DefinitionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> faults;

  /**
   * Makes one.
   *
   * @param what which definition
   * @param faults what is wrong, at least one
   */
  public DefinitionException(String what, List<Problem> faults) {
    super(
        what
            + (faults.size() == 1 ? " has a fault: " : " has " + faults.size() + " faults: ")
            + faults.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** Gives what is wrong. */
  public List<Problem> faults() {
    return faults;
  }
}
