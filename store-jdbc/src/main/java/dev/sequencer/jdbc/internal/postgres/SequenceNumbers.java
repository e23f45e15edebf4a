package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.Dialect;
import dev.sequencer.jdbc.internal.Tx;
import java.util.ArrayDeque;
import java.util.Deque;

/** Numbers of a sequence of the database, as many at once as the call may need. */
final class SequenceNumbers implements Dialect.Numbers {
  private final Tx tx;
  private final String table;
  private final int most;
  private final Deque<Long> left = new ArrayDeque<>();

  SequenceNumbers(Tx tx, String table, int most) {
    this.tx = tx;
    this.table = table;
    this.most = most;
  }

  @Override
  public long next() {
    if (left.isEmpty()) {
      left.addAll(
          tx.query(
                  "select nextval('sequencer_" + table + "_number') from generate_series(1, :most)")
              .bind("most", most)
              .mapTo(Long.class)
              .list());
    }
    return left.remove();
  }

  /** A sequence never gives a number twice, whatever becomes of the transaction. */
  @Override
  public void keep() {}
}
