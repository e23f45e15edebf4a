package dev.sequencer.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * How many characters beyond ASCII some bytes have in UTF-8, and how many places that are not
 * UTF-8.
 *
 * @param good characters beyond ASCII
 * @param bad malformed places
 * @param firstBadLine the line of the first malformed place, from 1; 0 for none
 */
record Utf8Count(int good, int bad, int firstBadLine) {
  /** Counts in the beginning of a file; a character that is cut off at the end is none. */
  static Utf8Count of(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    int bad = 0;
    int firstBadLine = 0;
    CoderResult result = decoder.decode(in, out, false);
    while (result.isError()) {
      bad++;
      if (firstBadLine == 0) {
        firstBadLine = 1 + lineBreaks(bytes, in.position());
      }
      in.position(in.position() + result.length());
      result = decoder.decode(in, out, false);
    }
    int good = (int) out.flip().chars().filter(c -> c > 0x7F && c != 0xFEFF).count();
    return new Utf8Count(good, bad, firstBadLine);
  }

  private static int lineBreaks(byte[] bytes, int end) {
    int breaks = 0;
    for (int i = 0; i < end; i++) {
      if (bytes[i] == '\n') {
        breaks++;
      }
    }
    return breaks;
  }
}
