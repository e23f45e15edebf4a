package dev.sequencer.internal.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may stand in the head of a mail. Everything is refused by a message, nothing is repaired: a
 * line break in a value is somebody else's header (header injection).
 */
final class MailRules {
  /** A subject or header value has at most so many characters (RFC 5322 section 2.1.1). */
  static final int LONGEST_VALUE = 998;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,76}");
  private static final Pattern CONTENT_ID = Pattern.compile("[!-;=?-~]{1,200}");
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

  private MailRules() {}

  /** Says why a definition may not give a header of that name; empty when it may. */
  static Optional<String> headerNameFault(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          "the name of a header must be 1 to 76 letters, digits or one of !#$%&'*+-.^_`|~, but is "
              + quoted(name));
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (ADDRESSES.contains(lower) || lower.startsWith("resent-")) {
      return Optional.of(
          "header '"
              + name
              + "' is written by Sequencer: give addresses as cc, bcc and reply-to of the step");
    }
    if (OWN.contains(lower) || lower.startsWith("content-") || lower.startsWith("arc-")) {
      return Optional.of(
          "header '"
              + name
              + "' is written by Sequencer or by servers: take it out, or use a name of your own"
              + " such as X-Acme-Campaign");
    }
    return Optional.empty();
  }

  /**
   * Says why a filled line cannot stand in a head, without the line itself: it may hold something
   * of a person. Tab is allowed, as in RFC 5322 section 2.2.
   */
  static Optional<String> lineFault(String what, String line) {
    if (line.length() > LONGEST_VALUE) {
      return Optional.of(
          what
              + " must have at most "
              + LONGEST_VALUE
              + " characters, but has "
              + line.length()
              + ": shorten it or the data that fills it");
    }
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < line.length()
          && Character.isLowSurrogate(line.charAt(i + 1))) {
        i++;
      } else if ((Character.isISOControl(c) && c != '\t') || Character.isSurrogate(c)) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s must be one line, but has the character U+%04X at position %d: mend it or the"
                    + " data that fills it",
                what,
                (int) c,
                i));
      }
    }
    return Optional.empty();
  }

  /** Says why a content id cannot name an inline image (RFC 2392); empty when it can. */
  static Optional<String> contentIdFault(String contentId) {
    return CONTENT_ID.matcher(contentId).matches()
        ? Optional.empty()
        : Optional.of(
            "a content id must be 1 to 200 printable characters of ASCII without angle brackets,"
                + " but is "
                + quoted(contentId));
  }

  /** Quotes what was refused, short and with its control characters visible. */
  static String quoted(String text) {
    StringBuilder shown = new StringBuilder("'");
    text.codePoints()
        .limit(60)
        .forEach(
            c -> {
              if (Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.append(text.codePointCount(0, text.length()) > 60 ? "...'" : "'").toString();
  }
}
