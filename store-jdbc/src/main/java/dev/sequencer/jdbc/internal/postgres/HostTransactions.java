package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.Batch;
import dev.sequencer.jdbc.internal.Tx;
import dev.sequencer.jdbc.internal.Wording;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Calls inside transactions of the host. Each is framed by a savepoint, so that one that fails
 * leaves nothing in the host's transaction, which otherwise is the host's alone: its settings are
 * left as they are. What several would wait for, lanes and wake-ups, is never written in it.
 */
final class HostTransactions {
  private static final String SAVEPOINT = "sequencer_call";
  private static final int MOST_TRIES = 4;

  private final PostgresOptions options;
  private final PostgresErrors errors;
  private final Wording wording;
  private final Consumer<Consumer<Tx>> apart;

  /**
   * Makes one.
   *
   * @param apart runs work in a transaction of the store's own
   */
  HostTransactions(
      PostgresOptions options,
      PostgresErrors errors,
      Wording wording,
      Consumer<Consumer<Tx>> apart) {
    this.options = options;
    this.errors = errors;
    this.wording = wording;
    this.apart = apart;
  }

  <T> T run(Connection host, byte[] identity, Function<Tx, T> work) {
    try {
      check(host);
    } catch (SQLException e) {
      throw errors.of(e);
    }
    // Never closed: that would end the connection and its transaction, which are the host's.
    Handle handle = Jdbi.create(host).open();
    return new Repeats(MOST_TRIES, errors).run(() -> framed(handle, identity, work));
  }

  private <T> T framed(Handle handle, byte[] identity, Function<Tx, T> work) {
    boolean whole = false;
    handle.execute("savepoint " + SAVEPOINT);
    try {
      Tx tx = new Tx(handle, wording, apart);
      checkSame(tx, identity);
      T result = work.apply(tx);
      leaveWakes(tx);
      handle.execute("release savepoint " + SAVEPOINT);
      whole = true;
      return result;
    } finally {
      if (!whole) {
        handle.execute("rollback to savepoint " + SAVEPOINT);
      }
    }
  }

  /** Wake-ups are rows that become visible with the commit; the next claim takes them along. */
  private static void leaveWakes(Tx tx) {
    Batch rows =
        tx.batch(
            "insert into sequencer_wake (owner, at) select owner, at"
                + " from {rows owner bigint, at bigint} order by n");
    tx.wakes().forEach((owner, at) -> rows.bind("owner", owner).bind("at", at).add());
    rows.execute();
  }

  private static void check(Connection host) throws SQLException {
    if (host.isClosed() || host.getAutoCommit()) {
      throw new IllegalStateException(
          "a transaction of the host must be open, but this connection commits each statement by"
              + " itself: call setAutoCommit(false) on it first");
    }
    String product = host.getMetaData().getDatabaseProductName();
    if (!product.equals("PostgreSQL")) {
      throw new IllegalStateException(
          "a transaction of the host can take part only in the database of the store, which is"
              + " PostgreSQL, but this connection is to "
              + product
              + ": use one to the same database");
    }
  }

  /** Two databases may have tables of the same names, but never the same key. */
  private void checkSame(Tx tx, byte[] identity) {
    Optional<byte[]> found =
        tx.query("select to_regclass('sequencer_store') is not null").mapTo(Boolean.class).one()
            ? tx.query("select message_key from sequencer_store")
                .map((row, context) -> row.getBytes(1))
                .findOne()
            : Optional.empty();
    if (found.filter(key -> Arrays.equals(key, identity)).isEmpty()) {
      throw new IllegalStateException(
          "a transaction of the host can take part only in the database of the store ("
              + options.name()
              + "), but this connection is to another one: use one to the same database");
    }
  }
}
