package dev.sequencer.cli.show;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes JSON (RFC 8259). Instants, ids and the like become strings, names of enums are written in
 * lower case with dashes, an empty {@link Optional} is {@code null}.
 */
public final class Json {
  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /** Gives an object with these names and values, in their order. */
  public static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** Gives the name of an enum as it is written. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Gives a value as text, on several lines. */
  public static String write(Object value) {
    Json json = new Json();
    json.value(value, "");
    return json.out.toString();
  }

  private void value(Object value, String indent) {
    if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        value(optional.get(), indent);
      } else {
        out.append("null");
      }
    } else if (value instanceof Map<?, ?> map) {
      members(map, indent);
    } else if (value instanceof List<?> list) {
      items(list, indent);
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Enum<?> word) {
      string(word(word));
    } else {
      string(String.valueOf(value));
    }
  }

  private void members(Map<?, ?> map, String indent) {
    String inner = indent + INDENT;
    String separator = "{\n";
    for (Map.Entry<?, ?> member : map.entrySet()) {
      out.append(separator).append(inner);
      separator = ",\n";
      string(String.valueOf(member.getKey()));
      out.append(": ");
      value(member.getValue(), inner);
    }
    out.append(map.isEmpty() ? "{}" : "\n" + indent + "}");
  }

  private void items(List<?> list, String indent) {
    String inner = indent + INDENT;
    String separator = "[\n";
    for (Object item : list) {
      out.append(separator).append(inner);
      separator = ",\n";
      value(item, inner);
    }
    out.append(list.isEmpty() ? "[]" : "\n" + indent + "]");
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text, i);
    }
    out.append('"');
  }

  private void character(String text, int i) {
    char c = text.charAt(i);
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        // A lone surrogate cannot be written in UTF-8.
        if (c < ' ' || c == 0x7f || isLoneSurrogate(text, i)) {
          out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
    }
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
