package dev.sequencer.verification.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/** What happened, the last of it in words, all of it as a hash. */
final class Trace {
  private static final int KEPT = Integer.getInteger("sequencer.lines", 150);

  private final Deque<Step> last = new ArrayDeque<>();
  private long hash = 1;
  private int steps;

  /** One step; it becomes a line when somebody reads it. */
  private record Step(long millis, String who, String what) {
    @Override
    public String toString() {
      return Instant.ofEpochMilli(millis) + " " + who + " " + what;
    }
  }

  void note(long millis, String who, String what) {
    hash = ((hash * 31 + who.hashCode()) * 31 + what.hashCode()) * 31 + Long.hashCode(millis);
    steps++;
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(new Step(millis, who, what));
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
        .map(step -> "\n  " + step)
        .collect(Collectors.joining());
  }
}
