package dev.sequencer.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A connection beside the store: somebody else's look at, or hand in, its file. */
public final class OtherConnection implements AutoCloseable {
  private final Connection connection;

  private OtherConnection(Connection connection) {
    this.connection = connection;
  }

  /** Opens a file. */
  public static OtherConnection open(Path file) throws SQLException {
    return new OtherConnection(DriverManager.getConnection("jdbc:sqlite:" + file));
  }

  /** Runs one statement. */
  public OtherConnection run(String statement) throws SQLException {
    try (Statement one = connection.createStatement()) {
      one.execute(statement);
    }
    return this;
  }

  /** Gives the first column of the first row as text, or "none". */
  public String text(String query) throws SQLException {
    try (Statement one = connection.createStatement();
        ResultSet row = one.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "none";
    }
  }

  public Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
