package dev.sequencer.jdbc.internal;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Lowers the wake-ups of the owners of rows that a transaction leaves to be claimed. */
final class Wakes {
  private final Map<Integer, Long> earliest = new HashMap<>();

  /** Lowers the wake-ups of owners, of all when none is named. */
  static void lower(Tx tx, Collection<Integer> owners, Instant at) {
    if (owners.isEmpty()) {
      tx.update(Sql.OWNERS_LOWER).bind("at", Millis.of(at)).execute();
      tx.wokeAll(Millis.of(at));
      return;
    }
    Wakes wakes = new Wakes();
    owners.forEach(owner -> wakes.note(owner, Millis.of(at)));
    wakes.write(tx);
  }

  /** Notes a row as it is now. */
  void note(Work work) {
    if (work.state().status() == EnrollmentStatus.ACTIVE
        && work.state().phase() == EnrollmentPhase.WAITING) {
      note(work.lane().owner(), Millis.of(work.due()));
    }
  }

  void note(int owner, long due) {
    earliest.merge(owner, due, Math::min);
  }

  /** Notes rows by their numbers, as they are now. */
  void note(Tx tx, Collection<Long> enrollments) {
    tx.listed(
            Sql.WAKES,
            "ids",
            enrollments,
            (row, context) -> Map.entry(row.getInt(1), row.getLong(2)))
        .forEach(wake -> note(wake.getKey(), wake.getValue()));
  }

  void write(Tx tx) {
    if (earliest.isEmpty()) {
      return;
    }
    tx.lower(earliest);
  }
}
