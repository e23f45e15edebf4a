package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Runs its statement once for each row: in a process there is no round trip to save. */
final class SqliteBatch implements Batch {
  private final PreparedBatch rows;

  SqliteBatch(PreparedBatch rows) {
    this.rows = rows;
  }

  @Override
  public Batch bind(String name, long value) {
    rows.bind(name, value);
    return this;
  }

  @Override
  public Batch bind(String name, @Nullable Long value) {
    rows.bind(name, value);
    return this;
  }

  @Override
  public Batch bind(String name, @Nullable String value) {
    rows.bind(name, value);
    return this;
  }

  @Override
  public Batch add() {
    rows.add();
    return this;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public int execute() {
    return rows.size() == 0 ? 0 : IntStream.of(rows.execute()).sum();
  }

  @Override
  public List<Long> written(List<Long> keys) {
    List<Long> written = new ArrayList<>();
    int[] counts = rows.size() == 0 ? new int[0] : rows.execute();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        written.add(keys.get(i));
      }
    }
    return written;
  }
}
