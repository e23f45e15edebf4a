package dev.sequencer.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A text as the body of a part: line ends made CRLF, then the plainest encoding that every server
 * carries unchanged: 7bit, quoted-printable or base64 (RFC 2045 section 6).
 */
final class BodyText {
  private static final int LONGEST_QP_LINE = 76;

  private final String encoding;
  private final byte[] bytes;

  private BodyText(String encoding, byte[] bytes) {
    this.encoding = encoding;
    this.bytes = bytes;
  }

  String encoding() {
    return encoding;
  }

  byte[] bytes() {
    return bytes;
  }

  static BodyText of(String text) {
    byte[] utf8 = withCrLf(text).getBytes(StandardCharsets.UTF_8);
    int beyondAscii = 0;
    boolean plain = true;
    int line = 0;
    for (byte b : utf8) {
      if (b < 0) {
        beyondAscii++;
      }
      // every CR is part of a line end here
      line = b == '\n' ? 0 : b == '\r' ? line : line + 1;
      plain &= (b >= 32 && b < 127) || b == '\t' || b == '\r' || b == '\n';
      plain &= line <= HeaderRules.LONGEST_LINE;
    }
    if (plain) {
      return new BodyText("7bit", utf8);
    }
    return beyondAscii * 6 <= utf8.length
        ? new BodyText("quoted-printable", quotedPrintable(utf8))
        : new BodyText("base64", base64(utf8));
  }

  /** Gives lines of 76 characters with CRLF between them. */
  static byte[] base64(byte[] bytes) {
    return Base64.getMimeEncoder(LONGEST_QP_LINE, new byte[] {'\r', '\n'}).encode(bytes);
  }

  private static String withCrLf(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
  }

  private static byte[] quotedPrintable(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 5 / 4);
    int line = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
        out.write('\r');
        out.write('\n');
        i++;
        line = 0;
        continue;
      }
      boolean blank = b == ' ' || b == '\t';
      boolean lineEnds = i + 1 == bytes.length || bytes[i + 1] == '\r';
      boolean plain = blank ? !lineEnds : b > 32 && b < 127 && b != '=';
      int width = plain ? 1 : 3;
      // one place stays free for the "=" of a soft line break
      if (line + width > LONGEST_QP_LINE - 1) {
        out.write('=');
        out.write('\r');
        out.write('\n');
        line = 0;
      }
      if (plain) {
        out.write(b);
      } else {
        out.write('=');
        out.write(Hex.high(b));
        out.write(Hex.low(b));
      }
      line += width;
    }
    return out.toByteArray();
  }
}
