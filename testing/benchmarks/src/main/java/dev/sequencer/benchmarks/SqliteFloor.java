package dev.sequencer.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** The floor on SQLite: set-based through {@code json_each}, or row by row in a batch. */
final class SqliteFloor implements Contender {
  private final String name;
  private final int rows;
  private final boolean setBased;

  SqliteFloor(String name, int rows, boolean setBased) {
    this.name = name;
    this.rows = rows;
    this.setBased = setBased;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String what() {
    return "steps/s";
  }

  @Override
  public Measured run() throws Exception {
    try (Scratch scratch = new Scratch()) {
      String url = "jdbc:sqlite:" + scratch.file("floor.db");
      try (Connection connection = connect(url)) {
        fill(connection);
      }
      return Floor.run(1, rows, () -> connect(url), Batches::new);
    }
  }

  /** As durable as the engine's own: each commit is on the disk. */
  private static Connection connect(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode = wal");
      statement.execute("pragma synchronous = full");
      statement.execute("pragma cache_size = -64000");
    }
    return connection;
  }

  private void fill(Connection connection) throws SQLException {
    Random random = new Random(7);
    long now = System.currentTimeMillis();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table step (id integer primary key, due integer not null, step integer not null,"
              + " attempt integer not null, busy_until integer not null)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("insert into step values (?, ?, 0, 0, 0)")) {
        for (int i = 1; i <= rows; i++) {
          insert.setLong(1, i);
          insert.setLong(2, now - random.nextInt(3_600_000));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      statement.execute("create index step_due on step (due)");
      statement.execute("analyze");
      connection.commit();
    }
  }

  private final class Batches implements Floor.Lane {
    private final Connection connection;
    private final PreparedStatement claim;
    private final PreparedStatement complete;

    Batches(Connection connection) throws SQLException {
      this.connection = connection;
      connection.setAutoCommit(false);
      claim =
          connection.prepareStatement(
              """
              update step set busy_until = ? where id in (select id from step
                where due <= ? and busy_until < ? order by due limit ?) returning id
              """);
      complete =
          connection.prepareStatement(
              setBased
                  ? """
                  update step set due = ?, step = step + 1, attempt = attempt + 1, busy_until = 0
                  where id in (select value from json_each(?))
                  """
                  : """
                  update step set due = ?, step = step + 1, attempt = attempt + 1, busy_until = 0
                  where id = ?
                  """);
    }

    @Override
    public int batch() throws SQLException {
      long now = System.currentTimeMillis();
      claim.setLong(1, now + 60_000);
      claim.setLong(2, now);
      claim.setLong(3, now);
      claim.setInt(4, Floor.BATCH);
      List<Long> ids = new ArrayList<>(Floor.BATCH);
      try (ResultSet claimed = claim.executeQuery()) {
        while (claimed.next()) {
          ids.add(claimed.getLong(1));
        }
      }
      connection.commit();
      if (!ids.isEmpty()) {
        complete(ids, now + Floor.NEXT_STEP);
        connection.commit();
      }
      return ids.size();
    }

    private void complete(List<Long> ids, long next) throws SQLException {
      if (setBased) {
        StringJoiner all = new StringJoiner(",", "[", "]");
        ids.forEach(id -> all.add(id.toString()));
        complete.setLong(1, next);
        complete.setString(2, all.toString());
        complete.executeUpdate();
        return;
      }
      for (long id : ids) {
        complete.setLong(1, next);
        complete.setLong(2, id);
        complete.addBatch();
      }
      complete.executeBatch();
    }

    @Override
    public void close() throws SQLException {
      claim.close();
      complete.close();
    }
  }
}
