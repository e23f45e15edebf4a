package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.EnrollCall.Again;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which run keys are taken, of contacts and, as contact 0, whoever has them. Read in bulk for the
 * rows of a call, and for what turns up later one by one; a row sees what earlier ones took.
 */
final class Runs {
  private final Tx tx;
  private final Map<Key, Run> taken = new HashMap<>();
  private final Set<Key> asked = new HashSet<>();

  Runs(Tx tx) {
    this.tx = tx;
  }

  /** Reads all runs of contacts in a sequence. */
  void fetch(int sequence, Collection<Long> contacts) {
    contacts.forEach(contact -> asked.add(new Key(sequence, contact, "")));
    tx.list(tx.query(Sql.RUNS_OF_CONTACTS), "contacts", contacts)
        .bind("sequence", sequence)
        .map((row, context) -> take(sequence, row.getLong(1), row.getString(2), new Run(row)))
        .list();
  }

  /** Reads who has some keys in a sequence. */
  void fetchKeys(int sequence, Collection<String> runs) {
    runs.forEach(run -> asked.add(new Key(sequence, 0, run)));
    tx.list(tx.query(Sql.RUNS_BY_KEY), "runs", runs)
        .bind("sequence", sequence)
        .map((row, context) -> take(sequence, 0, row.getString(2), new Run(row)))
        .list();
  }

  /** Says that a contact is new and has none. */
  void none(int sequence, long contact) {
    asked.add(new Key(sequence, contact, ""));
  }

  /** Gives who has a run key; contact 0 for whoever it is. */
  Optional<Run> get(int sequence, long contact, String run) {
    if (contact > 0 && asked.add(new Key(sequence, contact, ""))) {
      fetch(sequence, List.of(contact));
    } else if (contact == 0 && asked.add(new Key(sequence, 0, run))) {
      fetchKeys(sequence, List.of(run));
    }
    return Optional.ofNullable(taken.get(new Key(sequence, contact, run)));
  }

  Run take(int sequence, long contact, String run, Run by) {
    taken.put(new Key(sequence, contact, run), by);
    return by;
  }

  /** Gives the run key that a row gets, or who stands in its way. */
  Place place(EnrollCall.Row row, long contact) {
    Optional<Run> newest = Optional.empty();
    for (int n = 1; ; n++) {
      String key = n == 1 ? Texts.clean(row.run()) : Texts.clean(row.run()) + "#" + n;
      Optional<Run> found = get(row.sequence(), contact, key);
      if (found.isEmpty()) {
        return new Place(key, newest.filter(run -> !run.ended()));
      }
      if (row.again() == Again.ONCE) {
        return new Place(key, found);
      }
      newest = found;
    }
  }

  /**
   * An enrollment that has a run key.
   *
   * @param ended whether it has ended
   */
  record Run(long enrollment, String key, boolean ended) {
    Run(ResultSet row) throws SQLException {
      this(row.getLong(3), row.getString(2), row.getString(4).equals("E"));
    }
  }

  /**
   * A run key for a row.
   *
   * @param taken the enrollment that has it, or that has not ended
   */
  record Place(String key, Optional<Run> taken) {}

  private record Key(int sequence, long contact, String run) {}
}
