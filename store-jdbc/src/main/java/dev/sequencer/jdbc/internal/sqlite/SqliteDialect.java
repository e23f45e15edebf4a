package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.Batch;
import dev.sequencer.jdbc.internal.CountedNumbers;
import dev.sequencer.jdbc.internal.Dialect;
import dev.sequencer.jdbc.internal.Inbox;
import dev.sequencer.jdbc.internal.LaneRows;
import dev.sequencer.jdbc.internal.Locks;
import dev.sequencer.jdbc.internal.Sql;
import dev.sequencer.jdbc.internal.Tx;
import dev.sequencer.jdbc.internal.Works;
import dev.sequencer.spi.store.LedgerKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;

/**
 * SQLite: lists go as JSON texts through {@code json_each}; the common wording does for the rest.
 */
final class SqliteDialect implements Dialect {
  @Override
  public String elements(String parameter) {
    return "select value from json_each(:" + parameter + ")";
  }

  @Override
  public String among(String parameter) {
    return "in (" + elements(parameter) + ")";
  }

  @Override
  public Argument list(Collection<?> values) {
    StringBuilder json = new StringBuilder(values.size() * 12 + 2).append('[');
    for (Object value : values) {
      if (json.length() > 1) {
        json.append(',');
      }
      if (value instanceof Number number) {
        json.append(number.longValue());
      } else {
        quote(json, value.toString());
      }
    }
    String text = json.append(']').toString();
    return (position, statement, context) -> statement.setString(position, text);
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  @Override
  public Map<Sql, String> own() {
    return Map.of();
  }

  /** There is one writer, so the numbers are counted here and kept at the end. */
  @Override
  public Numbers numbers(Tx tx, String table, int most) {
    return new CountedNumbers(tx, table);
  }

  @Override
  public Batch batch(Handle handle, String text) {
    return new SqliteBatch(handle.prepareBatch(text));
  }

  @Override
  public Locks locks(Tx tx) {
    return new Unlocked();
  }

  @Override
  public Query heads(Query query, boolean all) {
    return query;
  }

  /** An index holds no row that has left it. */
  @Override
  public void keepFloors(Tx tx, Map<Long, Long> floors) {}

  @Override
  public Inbox inbox(Tx tx) {
    return Inbox.NONE;
  }

  @Override
  public LaneRows laneRows(Tx tx, long now) {
    return new SqliteLaneRows(tx, now);
  }

  /** Attempts in flight are found by an index of the moving rows. */
  @Override
  public void moved(Tx tx, List<Works.Change> changes) {}

  @Override
  public boolean wakesAfterCommit() {
    return false;
  }

  @Override
  public Map<Integer, Long> leftWakes(Tx tx) {
    return Map.of();
  }

  /** The one writer has the lock of the file, which is all there is to lock. */
  private static final class Unlocked implements Locks {
    @Override
    public void gate() {}

    @Override
    public void shutGate() {}

    @Override
    public void ledgers(Collection<LedgerKey> keys) {}

    @Override
    public boolean contacts(Collection<Long> numbers) {
      return false;
    }

    @Override
    public void works(Collection<Long> enrollments) {}
  }
}
