package dev.sequencer.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lines of bytes in UTF-8, each decoded by itself, so that one in another encoding spoils no other.
 * Line breaks are the same bytes in UTF-8 and nowhere part of another character.
 */
final class ByteLines implements CsvLines {
  private static final int NOTHING = -2;
  private static final int SNIFFED = 64 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final BufferedInputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private int ahead = NOTHING;

  private ByteLines(BufferedInputStream in) {
    this.in = in;
  }

  /**
   * Gives the lines of a stream.
   *
   * @throws WrongEncodingException when its first 64 KiB say that it is not UTF-8 at all
   */
  static ByteLines of(InputStream stream) throws IOException {
    BufferedInputStream in = new BufferedInputStream(stream, SNIFFED);
    in.mark(SNIFFED);
    byte[] start = in.readNBytes(SNIFFED);
    in.reset();
    if (SourceFile.isUtf16(start)) {
      throw new WrongEncodingException("the file must be UTF-8, but is UTF-16: save it as UTF-8");
    }
    Utf8Count count = Utf8Count.of(start);
    // One stray byte may be a slip in one row; several and not one good character are a file.
    if (count.bad() > 1 && count.good() == 0) {
      throw new WrongEncodingException(
          "the file must be UTF-8, but looks like Latin-1 or Windows-1252 from line "
              + count.firstBadLine()
              + " on: save it as UTF-8");
    }
    if (start.length >= 3
        && start[0] == BYTE_ORDER_MARK[0]
        && start[1] == BYTE_ORDER_MARK[1]
        && start[2] == BYTE_ORDER_MARK[2]) {
      in.skipNBytes(BYTE_ORDER_MARK.length);
    }
    return new ByteLines(in);
  }

  @Override
  public Optional<Line> next() throws IOException {
    int b = read();
    if (b < 0) {
      return Optional.empty();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    while (b >= 0) {
      tooLong |= line.size() >= LONGEST;
      if (!tooLong) {
        line.write(b);
      }
      if (b == '\n') {
        break;
      }
      int before = b;
      b = read();
      if (before == '\r' && b != '\n') {
        ahead = b;
        break;
      }
    }
    return Optional.of(tooLong ? Line.bad(TOO_LONG) : decoded(line.toByteArray()));
  }

  private Line decoded(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      CharBuffer text = decoder.decode(in);
      return Line.of(text.toString());
    } catch (CharacterCodingException e) {
      return Line.bad(SourceFile.notUtf8(bytes[in.position()]));
    }
  }

  private int read() throws IOException {
    int b = ahead == NOTHING ? in.read() : ahead;
    ahead = NOTHING;
    return b;
  }

  /** A file is not UTF-8 at all. */
  static final class WrongEncodingException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongEncodingException(String message) {
      super(message);
    }
  }
}
