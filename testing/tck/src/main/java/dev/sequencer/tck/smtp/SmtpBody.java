package dev.sequencer.tck.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Reads a body up to the final dot (RFC 5321 section 4.5.2), or up to a cut in the middle. */
final class SmtpBody {
  /** How reading ended. */
  enum End {
    /** The final dot was read. */
    DOT,
    /** So many bytes were read that the cut is due. */
    CUT,
    /** The client closed. */
    EOF
  }

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private boolean tooLong;

  byte[] content() {
    return content.toByteArray();
  }

  boolean tooLong() {
    return tooLong;
  }

  End read(SmtpWire wire, Optional<Integer> cutAfter) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    long count = 0;
    int previous = 0;
    while (cutAfter.isEmpty() || count < cutAfter.get()) {
      int next = wire.read();
      if (next < 0) {
        return End.EOF;
      }
      count++;
      line.write(next);
      boolean lineEnds = next == '\n' && previous == '\r';
      previous = next;
      if (lineEnds) {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (bytes.length == 3 && bytes[0] == '.') {
          return End.DOT;
        }
        keep(bytes);
      }
    }
    return End.CUT;
  }

  private void keep(byte[] line) {
    int from = line[0] == '.' ? 1 : 0;
    if (content.size() + line.length > SmtpSettings.LONGEST_BODY) {
      tooLong = true;
    } else {
      content.write(line, from, line.length - from);
    }
  }
}
