package dev.sequencer;

import dev.sequencer.internal.text.OutsideText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Named values of a contact or of one enrollment: strings, numbers, booleans, lists and maps of
 * them, nothing else. Deeply immutable; strings are cleaned of NUL and lone surrogates.
 */
public final class Attributes {
  private static final Attributes NONE = new Attributes(Map.of());
  private static final int DEEPEST = 32;
  private static final int LONGEST_NAME = 200;

  private final Map<String, Object> values;

  private Attributes(Map<String, Object> values) {
    this.values = values;
  }

  /** Gives no attributes. */
  public static Attributes none() {
    return NONE;
  }

  /**
   * Gives a deep copy of a map.
   *
   * @throws IllegalArgumentException when a value has another type, or a name is longer than 200
   *     characters; the message names the place, never a value
   */
  public static Attributes of(Map<String, ?> values) {
    return values.isEmpty() ? NONE : new Attributes(copyMap(values, "", 0));
  }

  /**
   * Gives the same attributes with one more or another value.
   *
   * @throws IllegalArgumentException when the value has another type, or the name is longer than
   *     200 characters
   */
  public Attributes with(String name, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.put(checkName(name, ""), copyValue(value, name, 0));
    return new Attributes(Collections.unmodifiableMap(copy));
  }

  /** Gives these attributes with those of another laid over them. */
  public Attributes overlaidWith(Attributes winning) {
    if (winning.values.isEmpty()) {
      return this;
    }
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.putAll(winning.values);
    return new Attributes(Collections.unmodifiableMap(copy));
  }

  /** Gives a value by name. */
  public Optional<Object> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Gives all values in their order; the map and what it holds cannot be changed. */
  public Map<String, Object> asMap() {
    return values;
  }

  /** Says whether there is none. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  private static Map<String, Object> copyMap(Map<?, ?> source, String place, int depth) {
    Map<String, Object> copy = new LinkedHashMap<>();
    source.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException(
                "the names of attributes must be strings, but one at '" + place + "' is not");
          }
          String checked = checkName(name, place);
          copy.put(checked, copyValue(value, place.isEmpty() ? name : place + "." + name, depth));
        });
    return Collections.unmodifiableMap(copy);
  }

  // Refused, not cut: two long names would become one.
  private static String checkName(String name, String place) {
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "the name of an attribute must have at most "
              + LONGEST_NAME
              + " characters, but one"
              + (place.isEmpty() ? "" : " at '" + place + "'")
              + " has "
              + name.length());
    }
    return OutsideText.clean(name, LONGEST_NAME);
  }

  private static Object copyValue(Object value, String place, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "attributes may be nested at most " + DEEPEST + " deep, but '" + place + "' is deeper");
    }
    if (value instanceof String text) {
      return OutsideText.clean(text, Integer.MAX_VALUE);
    }
    if (value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return copyNumber(number, place);
    }
    if (value instanceof Map<?, ?> map) {
      return copyMap(map, place, depth + 1);
    }
    if (value instanceof Collection<?> items) {
      List<Object> copy = new ArrayList<>();
      for (Object item : items) {
        copy.add(copyValue(item, place + "[" + copy.size() + "]", depth + 1));
      }
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException(
        "an attribute must be a string, number, boolean, list or map, but '"
            + place
            + "' is "
            + (value == null ? "null: leave it out" : "a " + value.getClass().getName()));
  }

  private static Number copyNumber(Number number, String place) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof Float || number instanceof Double) {
      double value = number.doubleValue();
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            "a number must be finite, but attribute '" + place + "' is " + value);
      }
      return value;
    }
    if (number instanceof Long || number instanceof BigInteger || number instanceof BigDecimal) {
      return number;
    }
    throw new IllegalArgumentException(
        "attribute '" + place + "' has an unsupported kind of number: " + number.getClass());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(values);
  }

  /** Gives the names only: values may be personal and stay out of logs. */
  @Override
  public String toString() {
    return "Attributes" + values.keySet();
  }
}
