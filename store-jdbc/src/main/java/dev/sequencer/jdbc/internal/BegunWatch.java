package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers the newest begin that this handle has written, and so notices a file that went back: an
 * older copy was put in its place. Between that and the next position that the engine is told,
 * begin refuses: the engine knows rows as prepared that may have been sent in the lost span.
 */
final class BegunWatch {
  private Position newest;

  BegunWatch(Position opened) {
    this.newest = opened;
  }

  /** The engine has been told; what to make of it is its business. */
  synchronized void told(Position position) {
    newest = position;
  }

  /** Gives what is known; to be asked before the stored position is read. */
  synchronized Position known() {
    return newest;
  }

  static boolean wentBack(Position known, Position stored) {
    return !known.timeline().equals(stored.timeline())
        || isBehind(stored.newestBegun(), known.newestBegun());
  }

  private static boolean isBehind(Optional<Instant> stored, Optional<Instant> known) {
    return known.isPresent() && (stored.isEmpty() || stored.get().isBefore(known.get()));
  }

  synchronized void wrote(List<BeginCall.Answer> answers) {
    for (BeginCall.Answer answer : answers) {
      answer
          .begun()
          .flatMap(work -> work.attempt().times())
          .ifPresent(times -> note(times.begunAt()));
    }
  }

  private void note(Instant at) {
    if (isBehind(newest.newestBegun(), Optional.of(at))) {
      newest = new Position(newest.timeline(), Optional.of(at));
    }
  }
}
