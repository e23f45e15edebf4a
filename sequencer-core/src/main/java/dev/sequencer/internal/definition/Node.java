package dev.sequencer.internal.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a definition that knows its place. Immutable. */
public sealed interface Node {
  /** Gives where it stands. */
  Place place();

  /** Gives what it is, for messages: "a text", "a list". */
  String kind();

  /**
   * A text.
   *
   * @param place where it stands
   * @param value the text
   * @param fromVariable whether a variable was replaced in it, so that it may also be a number or
   *     boolean
   */
  record Text(Place place, String value, boolean fromVariable) implements Node {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /**
   * A number.
   *
   * @param place where it stands
   * @param value its value: Long, BigInteger, Double or BigDecimal
   */
  record Numeric(Place place, Number value) implements Node {
    @Override
    public String kind() {
      return "the number " + value;
    }
  }

  /**
   * True or false.
   *
   * @param place where it stands
   * @param value its value
   */
  record Flag(Place place, boolean value) implements Node {
    @Override
    public String kind() {
      return Boolean.toString(value);
    }
  }

  /**
   * Nothing, as {@code null} or as a name without value.
   *
   * @param place where it stands
   */
  record Nothing(Place place) implements Node {
    @Override
    public String kind() {
      return "empty";
    }
  }

  /**
   * What could not be read and was reported: whoever meets it says nothing more.
   *
   * @param place where it stands
   */
  record Unreadable(Place place) implements Node {
    @Override
    public String kind() {
      return "unreadable";
    }
  }

  /**
   * A list.
   *
   * @param place where it stands
   * @param items what it holds
   */
  record Items(Place place, List<Node> items) implements Node {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * An object.
   *
   * @param place where it stands
   * @param members what it holds, in the order of the source
   */
  record Members(Place place, Map<String, Member> members) implements Node {
    /** Copies the map. */
    public Members {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /**
   * A member of an object.
   *
   * @param name where its name stands
   * @param value its value
   */
  record Member(Place name, Node value) {}

  /**
   * Gives it as map, list, text, number or boolean.
   *
   * @throws IllegalArgumentException when there is nothing somewhere in it; the message has the
   *     place
   */
  default Object plain() {
    if (this instanceof Text text) {
      return text.value();
    } else if (this instanceof Numeric number) {
      return number.value();
    } else if (this instanceof Flag flag) {
      return flag.value();
    } else if (this instanceof Items list) {
      List<Object> plain = new ArrayList<>();
      list.items().forEach(item -> plain.add(item.plain()));
      return plain;
    } else if (this instanceof Members object) {
      Map<String, Object> plain = new LinkedHashMap<>();
      object.members().forEach((name, member) -> plain.put(name, member.value().plain()));
      return plain;
    }
    throw new IllegalArgumentException(place() + " has no value: give one or leave it out");
  }
}
