package dev.sequencer.verification.faults;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while this is open, which does not reach the console. */
final class CapturedLog implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  CapturedLog() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  /** Gives the warnings and errors of the engine and its store. */
  List<String> warnings() {
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("dev.sequencer"))
        .filter(line -> line.contains("WARN") || line.contains("ERROR"))
        .toList();
  }

  long count(String words) {
    return warnings().stream().filter(line -> line.contains(words)).count();
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
