package dev.sequencer.benchmarks;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The floor on PostgreSQL. With a heap-only claim nothing indexed is touched by it; with a state
 * column it leaves the index of what waits.
 */
final class PostgresFloor implements Contender {
  private static final String TABLE =
      """
      create table step (id bigint primary key, due timestamptz not null, state "char" not null,
        step smallint not null, attempt int not null, busy_until timestamptz)
        with (fillfactor = 45, autovacuum_vacuum_scale_factor = 0.01,
          autovacuum_vacuum_cost_delay = 0)
      """;

  private final PostgresServer server;
  private final String name;
  private final int connections;
  private final int rows;
  private final boolean heapOnly;

  PostgresFloor(PostgresServer server, String name, int connections, int rows, boolean heapOnly) {
    this.server = server;
    this.name = name;
    this.connections = connections;
    this.rows = rows;
    this.heapOnly = heapOnly;
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
    try (PostgresServer.Database database = server.database()) {
      database.execute(TABLE);
      database.execute("select setseed(0.5)");
      database.execute(
          "insert into step select n, now() - random() * interval '1 hour', 'W', 0, 0, null"
              + " from generate_series(1, "
              + rows
              + ") n");
      database.execute(
          heapOnly ? "create index on step (due)" : "create index on step (due) where state = 'W'");
      database.settle();
      return Floor.run(connections, rows, database::connect, this::open);
    }
  }

  private Floor.Lane open(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    return heapOnly ? new HeapOnly(connection) : new WithState(connection);
  }

  private abstract static class Batches implements Floor.Lane {
    private final Connection connection;
    private final PreparedStatement claim;
    private final PreparedStatement complete;
    private Instant floor = Instant.EPOCH;

    Batches(Connection connection, String claim, String complete) throws SQLException {
      this.connection = connection;
      this.claim = connection.prepareStatement(claim);
      this.complete = connection.prepareStatement(complete);
    }

    abstract void bind(PreparedStatement statement, Instant floor, Instant now) throws SQLException;

    @Override
    public int batch() throws SQLException {
      Instant now = Instant.now();
      bind(claim, floor, now);
      List<Long> ids = new ArrayList<>(Floor.BATCH);
      Instant first = Instant.MAX;
      try (ResultSet claimed = claim.executeQuery()) {
        while (claimed.next()) {
          ids.add(claimed.getLong(1));
          Instant due = claimed.getTimestamp(2).toInstant();
          first = due.isBefore(first) ? due : first;
        }
      }
      connection.commit();
      if (ids.isEmpty()) {
        return 0;
      }
      floor = first;
      Array all = connection.createArrayOf("bigint", ids.toArray());
      complete.setTimestamp(1, Timestamp.from(now.plusMillis(Floor.NEXT_STEP)));
      complete.setArray(2, all);
      complete.executeUpdate();
      connection.commit();
      return ids.size();
    }

    @Override
    public void close() throws SQLException {
      claim.close();
      complete.close();
    }
  }

  private static final class HeapOnly extends Batches {
    HeapOnly(Connection connection) throws SQLException {
      super(
          connection,
          """
          with pick as materialized (select id from step where due <= ? and due >= ?
            and (busy_until is null or busy_until < ?) order by due limit ?
            for update skip locked)
          update step s set busy_until = ? from pick where s.id = pick.id
          returning s.id, s.due
          """,
          """
          update step set due = ?, step = step + 1, attempt = attempt + 1, busy_until = null
          where id = any(?)
          """);
    }

    @Override
    void bind(PreparedStatement statement, Instant floor, Instant now) throws SQLException {
      statement.setTimestamp(1, Timestamp.from(now));
      statement.setTimestamp(2, Timestamp.from(floor));
      statement.setTimestamp(3, Timestamp.from(now));
      statement.setInt(4, Floor.BATCH);
      statement.setTimestamp(5, Timestamp.from(now.plusSeconds(60)));
    }
  }

  private static final class WithState extends Batches {
    WithState(Connection connection) throws SQLException {
      super(
          connection,
          """
          with pick as materialized (select id from step where state = 'W' and due <= ?
            and due >= ? order by due limit ? for update skip locked)
          update step s set state = 'C', busy_until = ? from pick where s.id = pick.id
          returning s.id, s.due
          """,
          """
          update step set due = ?, step = step + 1, attempt = attempt + 1, busy_until = null,
            state = 'W'
          where id = any(?)
          """);
    }

    @Override
    void bind(PreparedStatement statement, Instant floor, Instant now) throws SQLException {
      statement.setTimestamp(1, Timestamp.from(now));
      statement.setTimestamp(2, Timestamp.from(floor));
      statement.setInt(3, Floor.BATCH);
      statement.setTimestamp(4, Timestamp.from(now.plusSeconds(60)));
    }
  }
}
