package dev.sequencer.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** Lines of characters. */
final class CharLines implements CsvLines {
  private static final int NOTHING = -2;

  private final Reader reader;
  private int ahead = NOTHING;
  private boolean first = true;

  CharLines(Reader reader) {
    this.reader = new BufferedReader(reader);
  }

  @Override
  public Optional<Line> next() throws IOException {
    StringBuilder line = new StringBuilder();
    boolean tooLong = false;
    int c = read();
    if (first && c == SourceFile.BYTE_ORDER_MARK) {
      c = read();
    }
    first = false;
    if (c < 0) {
      return Optional.empty();
    }
    while (c >= 0) {
      tooLong |= line.length() >= LONGEST;
      if (!tooLong) {
        line.append((char) c);
      }
      if (c == '\n') {
        break;
      }
      int before = c;
      c = read();
      if (before == '\r' && c != '\n') {
        ahead = c;
        break;
      }
    }
    return Optional.of(tooLong ? Line.bad(TOO_LONG) : Line.of(line.toString()));
  }

  private int read() throws IOException {
    int c = ahead == NOTHING ? reader.read() : ahead;
    ahead = NOTHING;
    return c;
  }
}
