package dev.sequencer.smtp.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's reply: its code, its enhanced code (RFC 3463) and its text, all lines joined.
 *
 * @param code the three digits; anything outside 200 to 599 is no reply at all
 * @param enhanced the subject and detail of the enhanced code, such as {@code 1.1} of {@code
 *     5.1.1}; empty when there is none
 * @param enhancedClass the class of the enhanced code, 2, 4 or 5; 0 when there is none
 * @param text the text without codes, at most 1,000 characters; a result cleans it
 */
public record Reply(int code, String enhanced, int enhancedClass, String text) {
  private static final int LONGEST_TEXT = 1_000;
  private static final Pattern ENHANCED =
      Pattern.compile("#?([245])\\.([0-9]{1,3}\\.[0-9]{1,3})(?:[ :;,)]+|$)");

  /** Reads a reply as Angus gives it: lines with their codes, each byte one character. */
  public static Reply of(int code, String raw) {
    StringJoiner text = new StringJoiner(" ");
    String enhanced = "";
    int enhancedClass = 0;
    for (String line : decode(raw).split("\n", -1)) {
      String rest = line.length() > 4 ? line.substring(4).strip() : "";
      Matcher matcher = ENHANCED.matcher(rest);
      if (matcher.lookingAt()) {
        if (enhanced.isEmpty()) {
          enhancedClass = Integer.parseInt(matcher.group(1));
          enhanced = matcher.group(2);
        }
        rest = rest.substring(matcher.end()).strip();
      }
      if (!rest.isEmpty()) {
        text.add(rest);
      }
    }
    String joined = text.toString();
    return new Reply(
        code,
        enhanced,
        enhancedClass,
        joined.substring(0, Math.min(joined.length(), LONGEST_TEXT)));
  }

  private static String decode(String raw) {
    byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return raw;
    }
  }

  /** Says whether it is a reply; garbage is none. */
  public boolean isValid() {
    return code >= 200 && code <= 599;
  }

  /** Says whether it is 2xx. */
  public boolean isPositive() {
    return code >= 200 && code <= 299;
  }

  /** Says whether it is 4xx. */
  public boolean isTransient() {
    return code >= 400 && code <= 499;
  }

  /** Gives both codes, such as {@code 550 5.1.1}. */
  public String codes() {
    return enhanced.isEmpty() ? String.valueOf(code) : code + " " + enhancedClass + "." + enhanced;
  }

  /** Gives the subject of the enhanced code, 1 for {@code 5.1.10}; -1 when there is none. */
  int subject() {
    return enhanced.isEmpty() ? -1 : Integer.parseInt(enhanced.substring(0, enhanced.indexOf('.')));
  }

  /** Gives the codes; the text may hold an address and stays out. */
  @Override
  public String toString() {
    return "Reply[" + codes() + "]";
  }
}
