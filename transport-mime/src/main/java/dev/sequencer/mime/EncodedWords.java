package dev.sequencer.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Encoded words (RFC 2047): text that is not ASCII in a header. Each word is at most 75 characters
 * long and holds whole characters, as section 5 wants.
 */
final class EncodedWords {
  private static final int LONGEST = 75;
  private static final String START_Q = "=?UTF-8?Q?";
  private static final String START_B = "=?UTF-8?B?";
  private static final String END = "?=";

  private EncodedWords() {}

  /** Says whether a text must be encoded: it is not ASCII, or would read as an encoded word. */
  static boolean needed(String text) {
    return text.contains("=?") || text.chars().anyMatch(c -> c > 126);
  }

  /**
   * Gives the words of a text, in Q or B encoding, whichever is shorter.
   *
   * @param first how many characters the first word may have, as the name of the header stands
   *     before it
   */
  static List<String> of(String text, int first) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int q = 0;
    for (byte b : bytes) {
      q += plainInQ(b) || b == ' ' ? 1 : 3;
    }
    boolean useQ = q <= (bytes.length + 2) / 3 * 4;
    List<String> words = new ArrayList<>();
    int room = Math.min(first, LONGEST);
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      byte[] character =
          new String(Character.toChars(text.codePointAt(i))).getBytes(StandardCharsets.UTF_8);
      if (word.size() > 0 && length(word.toByteArray(), character, useQ) > room) {
        words.add(encode(word.toByteArray(), useQ));
        word.reset();
        room = LONGEST;
      }
      word.writeBytes(character);
    }
    words.add(encode(word.toByteArray(), useQ));
    return words;
  }

  private static int length(byte[] word, byte[] more, boolean useQ) {
    if (!useQ) {
      return START_B.length() + (word.length + more.length + 2) / 3 * 4 + END.length();
    }
    return encode(word, true).length() + encodeQ(more).length();
  }

  private static String encode(byte[] word, boolean useQ) {
    return useQ
        ? START_Q + encodeQ(word) + END
        : START_B + Base64.getEncoder().encodeToString(word) + END;
  }

  private static String encodeQ(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      if (b == ' ') {
        text.append('_');
      } else if (plainInQ(b)) {
        text.append((char) b);
      } else {
        text.append('=').append(Hex.high(b)).append(Hex.low(b));
      }
    }
    return text.toString();
  }

  /** Says what stands for itself even in a display name (RFC 2047 section 5, rule 3). */
  private static boolean plainInQ(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '!'
        || b == '*'
        || b == '+'
        || b == '-'
        || b == '/';
  }
}
