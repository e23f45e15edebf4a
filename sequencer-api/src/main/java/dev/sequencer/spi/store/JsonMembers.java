package dev.sequencer.spi.store;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lays the members of one JSON object (RFC 8259) over those of another. Values are copied as they
 * are written; only the names of the outermost members are read.
 */
final class JsonMembers {
  private static final String EMPTY = "{}";

  private final String text;
  private int at;

  private JsonMembers(String text) {
    this.text = text;
  }

  /**
   * Gives the members of {@code base} with those of {@code winning} in their place or behind them.
   *
   * @throws IllegalArgumentException when one of the two is no JSON object
   */
  static String overlay(String base, String winning) {
    if (winning.equals(EMPTY) || winning.equals(base)) {
      return base;
    }
    Map<String, String> members = new JsonMembers(base).read();
    members.putAll(new JsonMembers(winning).read());
    return members.isEmpty() ? EMPTY : "{" + String.join(",", members.values()) + "}";
  }

  /** Gives each member as it is written, by its decoded name. */
  private Map<String, String> read() {
    Map<String, String> members = new LinkedHashMap<>();
    blanks();
    expect('{');
    blanks();
    if (next() != '}') {
      do {
        blanks();
        int start = at;
        String name = string();
        blanks();
        expect(':');
        skipValue();
        members.put(name, text.substring(start, at).stripTrailing());
      } while (accept(','));
    }
    expect('}');
    blanks();
    if (at < text.length()) {
      throw notAnObject("it goes on");
    }
    return members;
  }

  /** Goes to the comma or brace behind a value; what is inside it is not checked. */
  private void skipValue() {
    int start = at;
    int depth = 0;
    while (depth > 0 || (next() != ',' && next() != '}')) {
      char c = next();
      if (c == '"') {
        string();
        continue;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
      at++;
    }
    if (text.substring(start, at).isBlank()) {
      throw notAnObject("a value is missing");
    }
  }

  private String string() {
    expect('"');
    StringBuilder decoded = new StringBuilder();
    while (next() != '"') {
      char c = text.charAt(at++);
      decoded.append(c == '\\' ? escaped() : c);
    }
    at++;
    return decoded.toString();
  }

  private char escaped() {
    char c = next();
    at++;
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> c;
    };
  }

  private char unicode() {
    if (at + 4 > text.length()) {
      throw notAnObject("it is cut off");
    }
    try {
      char decoded = (char) Integer.parseInt(text, at, at + 4, 16);
      at += 4;
      return decoded;
    } catch (NumberFormatException e) {
      throw notAnObject("an escape has no four hexadecimal digits");
    }
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(char wanted) {
    if (next() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw notAnObject("a '" + wanted + "' is missing");
    }
  }

  private char next() {
    if (at >= text.length()) {
      throw notAnObject("it is cut off");
    }
    return text.charAt(at);
  }

  private IllegalArgumentException notAnObject(String why) {
    return new IllegalArgumentException(
        "attributes must be a JSON object (RFC 8259), but at character " + at + " " + why);
  }
}
