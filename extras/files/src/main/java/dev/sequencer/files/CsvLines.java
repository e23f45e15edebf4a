package dev.sequencer.files;

import java.io.IOException;
import java.util.Optional;

/** Lines of a text, each with the line break that ends it. Not thread-safe. */
interface CsvLines {
  /** The longest line, in bytes or characters; what is longer is reported, and skipped. */
  int LONGEST = 1_000_000;

  /** Says of a line that it is too long. */
  String TOO_LONG = "a line has at most " + LONGEST + " characters, but this has more: split it";

  /** Gives the next line; empty at the end. */
  Optional<Line> next() throws IOException;

  /**
   * A line.
   *
   * @param text what it says, with its line break; empty when it cannot be read
   * @param fault why it cannot be read; empty when it can
   */
  record Line(String text, String fault) {
    static Line of(String text) {
      return new Line(text, "");
    }

    static Line bad(String fault) {
      return new Line("", fault);
    }

    boolean isBad() {
      return !fault.isEmpty();
    }
  }
}
