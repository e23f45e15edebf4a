package dev.sequencer.jdbc.internal;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Lowers wake-ups in the transaction that leaves rows which may be claimed, so none is lost. */
final class Wakes {
  private final Map<Integer, Long> earliest = new HashMap<>();

  /** Lowers the wake-ups of owners, of all when none is named. */
  static void lower(Tx tx, Collection<Integer> owners, Instant at) {
    if (owners.isEmpty()) {
      tx.update(Sql.OWNERS_LOWER).bind("at", Millis.of(at)).execute();
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
    PreparedBatch rows = tx.batch(Sql.OWNER_LOWER);
    earliest.forEach((owner, at) -> rows.bind("id", owner).bind("at", at).add());
    rows.execute();
  }
}
