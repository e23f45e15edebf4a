package dev.sequencer.internal.definition;

import dev.sequencer.DefinitionException;
import dev.sequencer.Problem;
import dev.sequencer.internal.text.DidYouMean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Collects what is wrong with a definition, so that all of it is told at once. Not thread-safe. */
public final class Faults {
  private final List<Problem> problems = new ArrayList<>();

  /** Adds a fault. */
  public void add(Place place, String message) {
    problems.add(Problem.fault(place.toString(), message));
  }

  /** Adds a lint. */
  public void lint(Place place, String message) {
    problems.add(Problem.lint(place.toString(), message));
  }

  /** Adds that something is not one of the known names, with the one that was probably meant. */
  public void unknown(Place place, String what, String wrong, Collection<String> known) {
    String shown = wrong.length() > 60 ? wrong.substring(0, 60) + "..." : wrong;
    String rule = what + " must be one of " + String.join(", ", known) + ", but is '" + shown + "'";
    add(
        place,
        rule
            + DidYouMean.among(wrong, known)
                .map(near -> ": did you mean '" + near + "'?")
                .orElse(""));
  }

  /** Gives what a text means, or adds the message of the IllegalArgumentException that it makes. */
  public <T> Optional<T> read(Place place, String text, Function<String, T> meaning) {
    try {
      return Optional.of(meaning.apply(text));
    } catch (IllegalArgumentException e) {
      add(place, Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
      return Optional.empty();
    }
  }

  /** Gives the faults so far. */
  public List<Problem> faults() {
    return of(Problem.Severity.FAULT);
  }

  /** Gives the lints so far. */
  public List<Problem> lints() {
    return of(Problem.Severity.LINT);
  }

  private List<Problem> of(Problem.Severity severity) {
    return problems.stream().filter(problem -> problem.severity() == severity).toList();
  }

  /**
   * Throws when there is a fault.
   *
   * @throws DefinitionException with all of them
   */
  public void throwIfAny(String what) {
    List<Problem> faults = faults();
    if (!faults.isEmpty()) {
      throw new DefinitionException(what, faults);
    }
  }
}
