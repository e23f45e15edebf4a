package dev.sequencer.mime;

import dev.sequencer.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes headers in order: folded at 78 characters (RFC 5322 section 2.2.3), never beyond 998. Not
 * thread-safe.
 */
final class Headers {
  private static final int FOLD_AT = 78;
  private static final String FOLD = "\r\n ";

  private final StringBuilder lines = new StringBuilder();

  byte[] bytes() {
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Adds a value that is known to be short and ASCII. */
  Headers raw(String name, String value) {
    return finish(name, name + ": " + value);
  }

  /** Adds text that people read, such as a subject. */
  Headers text(String name, String value) {
    HeaderRules.checkValue(name, value);
    if (EncodedWords.needed(value)) {
      String words = String.join(FOLD, EncodedWords.of(value, FOLD_AT - name.length() - 2));
      return finish(name, name + ": " + words);
    }
    return finish(name, folded(name + ": " + value));
  }

  /**
   * Adds a header that the host gave. Those of mailing lists (RFC 2369, RFC 8058) stay on one line
   * and in ASCII: software reads them, and a fold has broken signatures (nodemailer#1654).
   */
  Headers custom(String name, String value) {
    HeaderRules.check(name, value);
    if (!name.regionMatches(true, 0, "List-", 0, 5)) {
      return text(name, value);
    }
    if (!value.chars().allMatch(c -> c < 127)) {
      throw new IllegalArgumentException(
          "header '" + name + "' must be ASCII: encode its addresses and URLs");
    }
    return finish(name, name + ": " + value);
  }

  /** Adds a list of addresses. */
  Headers addresses(String name, List<EmailAddress> addresses) {
    return addresses.isEmpty() ? this : finish(name, joined(name + ":", list(addresses)));
  }

  /** Adds Message-IDs, each whole. */
  Headers ids(String name, List<String> ids) {
    List<String> words = new ArrayList<>();
    for (String id : ids) {
      words.add(HeaderRules.foreignId(name, id));
    }
    return words.isEmpty() ? this : finish(name, joined(name + ":", words));
  }

  private Headers finish(String name, String header) {
    for (String line : header.split("\r\n", -1)) {
      if (line.getBytes(StandardCharsets.UTF_8).length > HeaderRules.LONGEST_LINE) {
        throw new IllegalArgumentException(
            "header '"
                + name
                + "' must have no line longer than "
                + HeaderRules.LONGEST_LINE
                + " bytes, but has one of "
                + line.getBytes(StandardCharsets.UTF_8).length
                + ": shorten it");
      }
    }
    lines.append(header).append("\r\n");
    return this;
  }

  /** Breaks a line before a blank that a word follows; unfolding gives the same text back. */
  private static String folded(String header) {
    StringBuilder out = new StringBuilder();
    int lineStart = 0;
    int lastBreak = -1;
    for (int i = header.indexOf(':') + 2; i < header.length(); i++) {
      if (isBlank(header.charAt(i)) && i + 1 < header.length() && !isBlank(header.charAt(i + 1))) {
        lastBreak = i;
      }
      if (i - lineStart >= FOLD_AT && lastBreak > lineStart + 1) {
        out.append(header, lineStart, lastBreak).append("\r\n");
        lineStart = lastBreak;
        lastBreak = -1;
      }
    }
    return out.append(header, lineStart, header.length()).toString();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static String joined(String start, List<String> words) {
    StringBuilder out = new StringBuilder(start);
    int length = start.length();
    for (String word : words) {
      boolean fold = length + 1 + word.length() > FOLD_AT && length > start.length();
      out.append(fold ? FOLD : " ").append(word);
      int end = word.lastIndexOf("\r\n");
      length = end >= 0 ? word.length() - end - 2 : (fold ? 1 : length + 1) + word.length();
    }
    return out.toString();
  }

  private static List<String> list(List<EmailAddress> addresses) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      String comma = i + 1 < addresses.size() ? "," : "";
      EmailAddress address = addresses.get(i);
      address.name().ifPresent(name -> words.addAll(phrase(name)));
      String spec = Addresses.spec(address);
      words.add((address.name().isPresent() ? "<" + spec + ">" : spec) + comma);
    }
    return words;
  }

  /** Gives a display name as atoms, a quoted string or encoded words (RFC 5322 section 3.2.5). */
  private static List<String> phrase(String name) {
    if (EncodedWords.needed(name)) {
      return EncodedWords.of(name, FOLD_AT - 20);
    }
    if (name.matches("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")) {
      return List.of(name.split(" ", -1));
    }
    return List.of("\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
  }
}
