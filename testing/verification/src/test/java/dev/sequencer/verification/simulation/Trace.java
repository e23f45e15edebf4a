package dev.sequencer.verification.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What happened, the last of it in words, all of it as a hash. */
final class Trace {
  private static final int KEPT = Integer.getInteger("sequencer.lines", 150);

  private final Deque<String> last = new ArrayDeque<>();
  private long hash = 1;
  private int steps;

  void note(long millis, String who, String what) {
    String line = who + " " + what;
    hash = (hash * 31 + line.hashCode()) * 31 + Long.hashCode(millis);
    steps++;
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(Instant.ofEpochMilli(millis) + " " + line);
  }

  long hash() {
    return hash;
  }

  int steps() {
    return steps;
  }

  /** Gives the last steps, a line each. */
  String tail(int lines) {
    return last.stream()
        .skip(Math.max(0, last.size() - lines))
        .reduce("", (all, line) -> all + "\n  " + line);
  }
}
