package dev.sequencer.mime;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may stand in a header. Everything is refused by a message, nothing is repaired: a line break
 * in a value is somebody else's header (header injection), whoever put it there.
 */
final class HeaderRules {
  /** A line may have so many characters without its end (RFC 5322 section 2.1.1). */
  static final int LONGEST_LINE = 998;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,76}");
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String DOT_ATOM = ATOM + "(?:\\." + ATOM + ")*";
  private static final Pattern MESSAGE_ID = Pattern.compile("<" + DOT_ATOM + "@" + DOT_ATOM + ">");
  private static final Pattern FOREIGN_ID = Pattern.compile("<[!-;=?-~]{1,990}>");

  private static final Set<String> ADDRESSES =
      Set.of("from", "sender", "to", "cc", "bcc", "reply-to");
  private static final Set<String> OWN =
      Set.of(
          "date",
          "subject",
          "message-id",
          "in-reply-to",
          "references",
          "mime-version",
          "received",
          "return-path",
          "dkim-signature",
          "authentication-results",
          "x-sequencer-send-key");

  private HeaderRules() {}

  /**
   * Checks a header that a host gave.
   *
   * @throws IllegalArgumentException when its name or value is refused
   */
  static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a header's name must be 1 to 76 letters, digits or one of !#$%&'*+-.^_`|~, but is "
              + quoted(name));
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (ADDRESSES.contains(lower) || lower.startsWith("resent-")) {
      throw reserved(name, "give addresses as cc, bcc and reply-to of the step");
    }
    if (OWN.contains(lower) || lower.startsWith("content-") || lower.startsWith("arc-")) {
      throw reserved(name, "take it out, or use a name of your own such as X-Acme-...");
    }
    checkValue(name, value);
  }

  /**
   * Checks a value for what would end its line.
   *
   * @throws IllegalArgumentException when it has CR, LF, NUL or another control character than tab
   */
  static void checkValue(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) && c != '\t') {
        throw new IllegalArgumentException(
            String.format(
                "header '%s' must be one line, but has the character U+%04X at position %d: take it"
                    + " out of the data that fills it",
                name, (int) c, i));
      }
    }
  }

  /**
   * Checks the Message-ID of a mail of ours, which must be the strict form of RFC 5322 section
   * 3.6.4, as providers replace or refuse any other.
   */
  static String messageId(String id) {
    if (!MESSAGE_ID.matcher(id).matches() || id.length() > 250) {
      throw new IllegalArgumentException(
          "a Message-ID must read <local@domain> in dot-atom form with at most 250 characters, but"
              + " is "
              + quoted(id));
    }
    return id;
  }

  /** Checks a Message-ID that somebody else may have made: one word in angle brackets. */
  static String foreignId(String header, String id) {
    if (!FOREIGN_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          header + " must hold one word of ASCII in angle brackets, but holds " + quoted(id));
    }
    return id;
  }

  /** Checks the send key: printable ASCII, 1 to 64 characters. */
  static String sendKey(String key) {
    if (key.isEmpty() || key.length() > 64 || !key.chars().allMatch(c -> c > 32 && c < 127)) {
      throw new IllegalArgumentException(
          "a send key must be 1 to 64 printable characters of ASCII, but is " + quoted(key));
    }
    return key;
  }

  private static IllegalArgumentException reserved(String name, String advice) {
    return new IllegalArgumentException(
        "header '" + name + "' is written by Sequencer or by servers: " + advice);
  }

  /** Quotes what was refused, short and with its control characters visible. */
  static String quoted(String text) {
    StringBuilder shown = new StringBuilder("'");
    text.codePoints()
        .limit(60)
        .forEach(
            c -> {
              if (c < 32 || c == 127) {
                shown.append(String.format("\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.append(text.length() > 60 ? "...'" : "'").toString();
  }
}
