package dev.sequencer.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parameters of MIME headers (RFC 2045 section 5.1), long and international ones by RFC 2231. */
final class Parameters {
  private static final int LONGEST_PIECE = 60;

  private Parameters() {}

  /** Gives {@code ; name="value"}, on lines of their own when it is long or not ASCII. */
  static String of(String name, String value) {
    boolean ascii = value.chars().allMatch(c -> c >= 32 && c < 127);
    List<String> pieces = ascii ? quotedPieces(value) : encodedPieces(value);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      out.append(";\r\n ").append(name);
      if (pieces.size() > 1) {
        out.append('*').append(i);
      }
      out.append(ascii ? "=" : "*=").append(pieces.get(i));
    }
    return out.toString();
  }

  private static List<String> quotedPieces(String value) {
    List<String> pieces = new ArrayList<>();
    for (int start = 0; start == 0 || start < value.length(); start += LONGEST_PIECE) {
      String piece = value.substring(start, Math.min(value.length(), start + LONGEST_PIECE));
      pieces.add("\"" + piece.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }
    return pieces;
  }

  private static List<String> encodedPieces(String value) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder("UTF-8''");
    for (int i = 0; i < value.length(); i = value.offsetByCodePoints(i, 1)) {
      String character = percent(new String(Character.toChars(value.codePointAt(i))));
      if (piece.length() + character.length() > LONGEST_PIECE) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.append(character);
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private static String percent(String character) {
    StringBuilder out = new StringBuilder();
    for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '.'
              || b == '-'
              || b == '_';
      if (plain) {
        out.append((char) b);
      } else {
        out.append('%').append(Hex.high(b)).append(Hex.low(b));
      }
    }
    return out.toString();
  }
}
