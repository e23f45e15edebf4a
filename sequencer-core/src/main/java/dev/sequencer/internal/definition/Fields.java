package dev.sequencer.internal.definition;

import dev.sequencer.DefinitionException;
import dev.sequencer.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the fields of one object. What is asked for is known; {@link #done()} reports the rest.
 * Each method gives nothing for a field that is missing or wrong, and reports the wrong one. Not
 * thread-safe.
 */
public final class Fields {
  static final String FORMAT = "format";

  /** The newest format that is understood, and the one that is written. */
  static final int CURRENT_FORMAT = 1;

  private final Node.Members object;
  private final Faults faults;
  private final Set<String> known = new LinkedHashSet<>();
  private final boolean broken;

  private Fields(Node.Members object, Faults faults, boolean broken) {
    this.object = object;
    this.faults = faults;
    this.broken = broken;
  }

  /** Gives the fields of a node; one that is no object is reported and has none. */
  public static Fields of(Node node, String what, Faults faults) {
    if (node instanceof Node.Members object) {
      return new Fields(object, faults, false);
    }
    if (!(node instanceof Node.Unreadable)) {
      faults.add(node.place(), what + " must be an object with fields, but is " + node.kind());
    }
    return new Fields(new Node.Members(node.place(), Map.of()), faults, true);
  }

  /** Says whether the node is no object, which was reported. */
  public boolean isBroken() {
    return broken;
  }

  /** Gives where the object stands. */
  public Place place() {
    return object.place();
  }

  /** Gives where a field's value stands; the object's place when it is missing. */
  public Place place(String name) {
    return Optional.ofNullable(object.members().get(name))
        .map(member -> member.value().place())
        .orElse(object.place());
  }

  /** Gives where a field's name stands; the object's place when it is missing. */
  public Place namePlace(String name) {
    return Optional.ofNullable(object.members().get(name))
        .map(Node.Member::name)
        .orElse(object.place());
  }

  /** Says whether it has the field, right or wrong. */
  public boolean has(String name) {
    known.add(name);
    return object.members().containsKey(name);
  }

  /** Gives the value of a field; one without value is reported. */
  public Optional<Node> node(String name) {
    known.add(name);
    Optional<Node> value = Optional.ofNullable(object.members().get(name)).map(Node.Member::value);
    if (value.isPresent() && value.get() instanceof Node.Nothing) {
      faults.add(value.get().place(), "'" + name + "' is empty: give it a value or leave it out");
      return Optional.empty();
    }
    return value.filter(node -> !(node instanceof Node.Unreadable));
  }

  /** Reports that a field is missing, if it is. */
  public void require(String name, String what) {
    known.add(name);
    if (!broken && !object.members().containsKey(name)) {
      faults.add(object.place(), what + " needs '" + name + "', but has none");
    }
  }

  /**
   * Checks the format number; without one it is the first.
   *
   * @throws DefinitionException when it is newer: nothing else in it can be judged
   */
  public void format(String what) {
    OptionalInt format = integer(FORMAT, 1, Integer.MAX_VALUE);
    if (format.isPresent() && format.getAsInt() > CURRENT_FORMAT) {
      throw new DefinitionException(
          what,
          List.of(
              Problem.fault(
                  place(FORMAT).toString(),
                  "the format must be at most "
                      + CURRENT_FORMAT
                      + ", but is "
                      + format.getAsInt()
                      + ": it was written by a newer release, update this one")));
    }
  }

  /** Gives a text. */
  public Optional<String> text(String name) {
    return node(name).flatMap(value -> Scalars.text(value, "'" + name + "'", faults));
  }

  /** Gives a text that is not blank. */
  public Optional<String> word(String name) {
    Optional<String> text = text(name);
    if (text.isPresent() && text.get().isBlank()) {
      faults.add(place(name), "'" + name + "' must not be blank: give it a value or leave it out");
      return Optional.empty();
    }
    return text;
  }

  /** Gives what a text means; the message of an IllegalArgumentException is the fault. */
  public <T> Optional<T> value(String name, Function<String, T> meaning) {
    return node(name).flatMap(value -> Scalars.meaning(value, "'" + name + "'", meaning, faults));
  }

  /** Gives a text with its place. */
  public Optional<Node.Text> textNode(String name) {
    return node(name).flatMap(value -> Scalars.textNode(value, "'" + name + "'", faults));
  }

  /** Gives a whole number within bounds. */
  public OptionalInt integer(String name, int least, int most) {
    Optional<Node> node = node(name);
    if (node.isEmpty()) {
      return OptionalInt.empty();
    }
    Optional<Number> number = Scalars.number(node.get());
    if (number.isPresent() && number.get() instanceof Long value) {
      if (value >= least && value <= most) {
        return OptionalInt.of(value.intValue());
      }
    }
    faults.add(
        node.get().place(),
        "'"
            + name
            + "' must be a whole number from "
            + least
            + " to "
            + most
            + ", but is "
            + number.map(Number::toString).orElse(Scalars.shown(node.get())));
    return OptionalInt.empty();
  }

  /** Gives true or false. */
  public Optional<Boolean> flag(String name) {
    Optional<Node> node = node(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof Node.Flag flag) {
      return Optional.of(flag.value());
    }
    if (node.get() instanceof Node.Text text
        && text.fromVariable()
        && text.value().matches("true|false")) {
      return Optional.of(Boolean.valueOf(text.value()));
    }
    faults.add(
        node.get().place(),
        "'" + name + "' must be true or false, but is " + Scalars.shown(node.get()));
    return Optional.empty();
  }

  /** Gives a constant of an enum by its name in lower case with {@code -} for {@code _}. */
  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    Optional<Node.Text> text = textNode(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(name(constant));
      if (name(constant).equals(text.get().value())) {
        return Optional.of(constant);
      }
    }
    faults.unknown(text.get(), "'" + name + "'", names);
    return Optional.empty();
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Gives the items of a list; a value that is no list is a list of one. */
  public List<Node> items(String name) {
    return node(name)
        .map(node -> node instanceof Node.Items list ? list.items() : List.of(node))
        .orElse(List.of());
  }

  /** Gives what the texts of a list mean; a text that is no list is a list of one. */
  public <T> List<T> values(String name, Function<String, T> meaning) {
    List<T> values = new ArrayList<>();
    for (Node item : items(name)) {
      Scalars.meaning(item, "each of '" + name + "'", meaning, faults).ifPresent(values::add);
    }
    return values;
  }

  /** Reports the fields that nobody asked for. */
  public void done() {
    object
        .members()
        .forEach(
            (name, member) -> {
              if (!known.contains(name)) {
                faults.unknown(member.name(), "a field here", name, known);
              }
            });
  }
}
