package dev.sequencer.jdbc.internal;

/** Numbers for a database with one writer at a time: the last one given is a row of a table. */
public final class CountedNumbers implements Dialect.Numbers {
  private static final long UNREAD = -1;

  private final Tx tx;
  private final String table;
  private long kept = UNREAD;
  private long last = UNREAD;

  public CountedNumbers(Tx tx, String table) {
    this.tx = tx;
    this.table = table;
  }

  @Override
  public long next() {
    if (last == UNREAD) {
      kept = tx.query(Sql.NUMBER).bind("name", table).mapTo(Long.class).one();
      last = kept;
    }
    return ++last;
  }

  @Override
  public void keep() {
    if (last > kept) {
      tx.update(Sql.NUMBER_KEEP).bind("name", table).bind("last", last).execute();
      kept = last;
    }
  }
}
