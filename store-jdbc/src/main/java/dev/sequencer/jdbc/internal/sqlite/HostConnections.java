package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.Sql;
import dev.sequencer.jdbc.internal.Tx;
import dev.sequencer.jdbc.internal.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Calls inside transactions of the host. Each is framed by a savepoint, so that one that fails
 * leaves nothing in the host's transaction, which otherwise is the host's alone.
 */
final class HostConnections {
  private static final String SAVEPOINT = "sequencer_call";

  private final SqliteFile file;
  private final Wording wording;

  HostConnections(SqliteFile file, Wording wording) {
    this.file = file;
    this.wording = wording;
  }

  <T> T run(Connection host, Function<Tx, T> work) {
    check(host);
    // Never closed: that would end the connection and its transaction, which are the host's.
    Handle handle = Jdbi.create(host).open();
    boolean whole = false;
    try {
      handle.execute("savepoint " + SAVEPOINT);
      Tx tx = new Tx(handle, wording);
      tx.touch(Sql.STORE_TOUCH);
      T result = work.apply(tx);
      handle.execute("release " + SAVEPOINT);
      whole = true;
      return result;
    } catch (JdbiException e) {
      throw file.errors().of(e);
    } finally {
      if (!whole) {
        takeBack(handle);
      }
    }
  }

  private static void takeBack(Handle handle) {
    try {
      handle.execute("rollback to " + SAVEPOINT);
      handle.execute("release " + SAVEPOINT);
    } catch (JdbiException e) {
      // SQLite has rolled back the whole transaction, as it does when the disk is full.
    }
  }

  private void check(Connection host) {
    try {
      if (host.isClosed() || host.getAutoCommit()) {
        throw new IllegalStateException(
            "a transaction of the host must be open, but this connection commits each statement by"
                + " itself: call setAutoCommit(false) on it first");
      }
      if (!host.getMetaData().getDatabaseProductName().equals("SQLite")) {
        throw other("a connection to " + host.getMetaData().getDatabaseProductName());
      }
      checkFile(host);
    } catch (SQLException e) {
      throw file.errors().of(e);
    }
  }

  private void checkFile(Connection host) throws SQLException {
    try (Statement statement = host.createStatement();
        ResultSet row = statement.executeQuery("pragma database_list")) {
      while (row.next()) {
        if (row.getString(2).equals("main")) {
          String path = row.getString(3);
          if (path == null || path.isEmpty()) {
            throw other("a database in memory");
          }
          if (!isSame(Path.of(path))) {
            throw other(path);
          }
        }
      }
    }
  }

  private boolean isSame(Path path) {
    try {
      return Files.isSameFile(path, file.path());
    } catch (IOException e) {
      return false;
    }
  }

  private IllegalStateException other(String what) {
    return new IllegalStateException(
        "a transaction of the host can take part only on the file of the store, which is "
            + file.path()
            + ", but this connection is to "
            + what
            + ": open it on the same file");
  }
}
