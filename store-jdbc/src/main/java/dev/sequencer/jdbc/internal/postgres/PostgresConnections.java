package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.spi.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * The connections of one handle: at most so many at a time of those that the host's source has, so
 * that the engine leaves the others to the host. No call ever needs a second one.
 */
final class PostgresConnections implements ConnectionFactory {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DataSource source;
  private final Semaphore free;
  private final String store;
  private volatile boolean closed;

  PostgresConnections(DataSource source, int most, String store) {
    this.source = source;
    this.free = new Semaphore(most, true);
    this.store = store;
  }

  @Override
  public Connection openConnection() throws SQLException {
    checkOpen();
    take();
    boolean given = false;
    try {
      Connection connection = committing(source.getConnection());
      given = true;
      return connection;
    } finally {
      if (!given) {
        free.release();
      }
    }
  }

  /** Transactions are begun and ended by statements, so nothing else may begin one. */
  static Connection committing(Connection connection) throws SQLException {
    try {
      if (!connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Says that the handle is still open.
   *
   * @throws IllegalStateException when it was closed
   */
  void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          "a handle is not used after close, but this one of "
              + store
              + " was: open the store again");
    }
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    try {
      connection.close();
    } finally {
      free.release();
    }
  }

  private void take() {
    boolean taken = false;
    try {
      taken = free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          "a call must not be interrupted while it waits for a connection, but this one to "
              + store
              + " was: nothing was changed",
          true,
          e);
    }
    if (!taken) {
      throw new StoreException(
          "a connection must be free within "
              + PATIENCE.toSeconds()
              + " s, but all that "
              + store
              + " may use were busy: nothing was changed; look at the load of the server, or let"
              + " the store use more connections",
          true,
          new IllegalStateException("all connections are in use"));
    }
  }

  void close() {
    closed = true;
  }
}
