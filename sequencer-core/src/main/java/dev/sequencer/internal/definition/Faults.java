package dev.sequencer.internal.definition;

import dev.sequencer.DefinitionException;
import dev.sequencer.Problem;
import dev.sequencer.internal.text.DidYouMean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects what is wrong with a definition, so that all of it is told at once. Not thread-safe. */
public final class Faults {
  private static final String NOT_SHOWN =
      ", but came from a variable and is not shown: correct the variable";

  private final List<Found> found = new ArrayList<>();

  /**
   * A problem and its place.
   *
   * @param place the place
   * @param problem the problem
   */
  private record Found(Place place, Problem problem) {}

  /** Adds a fault. */
  public void add(Place place, String message) {
    found.add(new Found(place, Problem.fault(place.toString(), message)));
  }

  /** Adds the faults of a part that was given up, to be told after those at its place. */
  public void addAll(Place place, List<Problem> faults) {
    faults.forEach(fault -> found.add(new Found(place, fault)));
  }

  /** Adds a lint. */
  public void lint(Place place, String message) {
    found.add(new Found(place, Problem.lint(place.toString(), message)));
  }

  /** Adds that a name stands in an object for the second time. */
  public void duplicate(Place second, String name, Place first) {
    add(
        second,
        "each name stands once in an object, but '"
            + name
            + "' is at "
            + first.line()
            + ":"
            + first.column()
            + " already: remove one");
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

  /** Adds that a text is not one of the known names; what a variable gave is not shown. */
  public void unknown(Node.Text text, String what, Collection<String> known) {
    if (text.fromVariable()) {
      add(text.place(), what + " must be one of " + String.join(", ", known) + NOT_SHOWN);
    } else {
      unknown(text.place(), what, text.value(), known);
    }
  }

  /**
   * Gives what a text means, or adds the message of the IllegalArgumentException that it makes;
   * what a variable gave may be secret and is taken out of the message.
   */
  public <T> Optional<T> read(Node.Text text, Function<String, T> meaning) {
    try {
      return Optional.of(meaning.apply(text.value()));
    } catch (IllegalArgumentException e) {
      String message = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
      boolean shown = text.fromVariable() && message.contains(text.value());
      add(text.place(), shown ? "the value is wrong" + NOT_SHOWN : message);
      return Optional.empty();
    }
  }

  /** Gives a value, or adds the message of the IllegalArgumentException that making it throws. */
  public <T> Optional<T> make(Place place, Supplier<T> value) {
    return read(new Node.Text(place, "", false), text -> value.get());
  }

  /** Gives how many faults there are so far. */
  public int count() {
    return (int)
        found.stream().filter(f -> f.problem().severity() == Problem.Severity.FAULT).count();
  }

  /** Gives the faults so far, source by source in the order of lines. */
  public List<Problem> faults() {
    return sorted(Problem.Severity.FAULT);
  }

  /** Gives the lints so far, source by source in the order of lines. */
  public List<Problem> lints() {
    return sorted(Problem.Severity.LINT);
  }

  private List<Problem> sorted(Problem.Severity severity) {
    List<String> sources = found.stream().map(f -> f.place().source()).distinct().toList();
    return found.stream()
        .filter(f -> f.problem().severity() == severity)
        .sorted(
            Comparator.<Found>comparingInt(f -> sources.indexOf(f.place().source()))
                .thenComparingInt(f -> f.place().line())
                .thenComparingInt(f -> f.place().column()))
        .map(Found::problem)
        .toList();
  }

  /**
   * Throws when there is a fault.
   *
   * @throws DefinitionException with all of them
   */
  public void throwIfAny(String what) {
    if (count() > 0) {
      throw exception(what);
    }
  }

  /** Gives the exception with all faults, of which there must be one. */
  public DefinitionException exception(String what) {
    return new DefinitionException(what, faults());
  }
}
