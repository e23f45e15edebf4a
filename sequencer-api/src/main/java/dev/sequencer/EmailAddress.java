package dev.sequencer;

import dev.sequencer.internal.text.OutsideText;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * An e-mail address with an optional display name, valid or not existing. Immutable.
 *
 * <p>The grammar is the dot-atom form of RFC 5321 section 4.1.2, with UTF-8 as in RFC 6531 section
 * 3.3; quoted local parts and address literals are refused. An international domain is compared in
 * its ASCII form (RFC 5890). Two addresses are the same mailbox when {@link #normalized()} is
 * equal, which ignores case.
 */
public final class EmailAddress {
  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_NAME = 200;
  private static final String SPECIALS = "()<>[]:;@\\,\"";
  // What is copied along from web pages and documents and nobody types.
  private static final String INVISIBLE = "\u00AD\u200B\u200E\u200F\u2060\uFEFF";

  private final String address;
  private final String normalized;
  private final String name;

  private EmailAddress(String address, String normalized, String name) {
    this.address = address;
    this.normalized = normalized;
    this.name = name;
  }

  /**
   * Gives the address for {@code ann@acme.example} or {@code Ann Lee <ann@acme.example>}; blanks
   * around it are trimmed, lone surrogates in the name are replaced by U+FFFD.
   *
   * @throws IllegalArgumentException when it is no address; the message names the rule, never the
   *     address
   */
  public static EmailAddress of(String text) {
    Objects.requireNonNull(text, "address");
    String trimmed = text.strip();
    int open = trimmed.lastIndexOf('<');
    if (open < 0 || !trimmed.endsWith(">")) {
      return of(trimmed, "");
    }
    String name = trimmed.substring(0, open).strip();
    if (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")) {
      name =
          name.substring(1, name.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\").strip();
    }
    return of(trimmed.substring(open + 1, trimmed.length() - 1).strip(), name);
  }

  private static EmailAddress of(String address, String name) {
    int at = address.lastIndexOf('@');
    if (at < 0) {
      throw invalid("it has no '@'");
    }
    // Before anything looks at it: the ASCII form of a domain costs the square of its length.
    if (address.length() > LONGEST) {
      throw invalid("it is longer than " + LONGEST + " bytes");
    }
    String local = address.substring(0, at);
    String domain = address.substring(at + 1);
    checkLocal(local);
    String ascii = asciiDomain(domain);
    if (local.getBytes(StandardCharsets.UTF_8).length + 1 + ascii.length() > LONGEST) {
      throw invalid("it is longer than " + LONGEST + " bytes");
    }
    // One form of each letter: é as one character and as two is the same mailbox.
    String folded = Normalizer.normalize(local, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    return new EmailAddress(address, folded + "@" + ascii, cleanName(name));
  }

  private static void checkLocal(String local) {
    if (local.isEmpty()) {
      throw invalid("nothing stands before the '@'");
    }
    if (local.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL) {
      throw invalid("the part before the '@' is longer than " + LONGEST_LOCAL + " bytes");
    }
    if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
      throw invalid("a dot of the part before the '@' has no character beside it");
    }
    checkCharacters(local, "the part before the '@'");
  }

  private static void checkCharacters(String part, String where) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c > ' ' && c < 0x7F && SPECIALS.indexOf(c) < 0) {
        continue;
      }
      boolean lone =
          Character.isSurrogate(c)
              && !(Character.isHighSurrogate(c)
                  && i + 1 < part.length()
                  && Character.isLowSurrogate(part.charAt(i + 1)));
      if (lone
          || Character.isISOControl(c)
          || Character.isWhitespace(c)
          || Character.isSpaceChar(c)
          || INVISIBLE.indexOf(c) >= 0
          || SPECIALS.indexOf(c) >= 0) {
        throw invalid(
            String.format("%s has the character U+%04X, which is not allowed", where, (int) c));
      }
      if (Character.isHighSurrogate(c)) {
        i++;
      }
    }
  }

  private static String asciiDomain(String domain) {
    if (domain.isEmpty()) {
      throw invalid("nothing stands after the '@'");
    }
    checkCharacters(domain, "the domain");
    checkLabels(domain);
    String ascii;
    try {
      ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw invalid("the domain is not a host name");
    }
    checkLabels(ascii);
    return ascii;
  }

  private static void checkLabels(String domain) {
    if (domain.startsWith(".") || domain.endsWith(".") || domain.contains("..")) {
      throw invalid("the domain has an empty label");
    }
  }

  private static String cleanName(String name) {
    String cleaned = OutsideText.clean(name, LONGEST_NAME + 1);
    if (cleaned.length() > LONGEST_NAME) {
      throw invalid("the display name is longer than " + LONGEST_NAME + " characters");
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        throw invalid("the display name has a control character");
      }
    }
    return cleaned;
  }

  private static IllegalArgumentException invalid(String why) {
    return new IllegalArgumentException(
        "an e-mail address must read local@domain or Name <local@domain>, but " + why);
  }

  /**
   * Gives the same address with that display name; empty for none.
   *
   * @throws IllegalArgumentException when the name has a control character or more than 200
   *     characters
   */
  public EmailAddress named(String displayName) {
    return new EmailAddress(address, normalized, cleanName(displayName.strip()));
  }

  /** Gives the address as it was written, without display name. */
  public String address() {
    return address;
  }

  /** Gives the form to compare by: lower case, domain in ASCII. */
  public String normalized() {
    return normalized;
  }

  /** Gives the domain in its ASCII form, lower case. */
  public String domain() {
    return normalized.substring(normalized.lastIndexOf('@') + 1);
  }

  /** Gives the part before the {@code @}, as it was written. */
  public String localPart() {
    return address.substring(0, address.lastIndexOf('@'));
  }

  /** Gives the display name, if there is one. */
  public Optional<String> name() {
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  /** Compares by {@link #normalized()} and display name. */
  @Override
  public boolean equals(Object other) {
    return other instanceof EmailAddress that
        && normalized.equals(that.normalized)
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return Objects.hash(normalized, name);
  }

  /** Gives {@code local@domain} or {@code Name <local@domain>}, as {@link #of(String)} reads it. */
  @Override
  public String toString() {
    if (name.isEmpty()) {
      return address;
    }
    boolean plain =
        name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == ' ' || c == '-');
    return (plain ? name : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        + " <"
        + address
        + ">";
  }
}
