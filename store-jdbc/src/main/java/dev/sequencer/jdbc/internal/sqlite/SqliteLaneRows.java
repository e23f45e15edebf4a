package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.LaneRows;
import dev.sequencer.jdbc.internal.Sql;
import dev.sequencer.jdbc.internal.SqlFault;
import dev.sequencer.jdbc.internal.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads lanes one by one; one statement, prepared once for a whole claim. */
final class SqliteLaneRows implements LaneRows {
  private final Tx tx;
  private final PreparedStatement statement;
  private final long now;

  SqliteLaneRows(Tx tx, long now) {
    this.tx = tx;
    this.now = now;
    try {
      this.statement = tx.prepare(Sql.LANE_ROWS);
    } catch (SQLException e) {
      throw new SqlFault(e);
    }
  }

  /** A look at a lane costs no round trip here, so none is made before it is needed. */
  @Override
  public void expect(Collection<Expected> lanes) {}

  @Override
  public Chunk after(long lane, Place place, int limit) {
    try {
      statement.setLong(1, lane);
      statement.setLong(2, place.due());
      statement.setLong(3, now);
      statement.setLong(4, place.due());
      statement.setLong(5, place.enrollment());
      statement.setLong(6, now);
      statement.setInt(7, limit);
      List<Place> rows = new ArrayList<>(limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(new Place(row.getLong(1), row.getLong(2), Place.ANY_REV));
        }
      }
      return new Chunk(rows, rows.size() < limit);
    } catch (SQLException e) {
      throw new SqlFault(e);
    }
  }

  @Override
  public void claim(List<Place> places, long until) {
    List<Long> enrollments = places.stream().map(Place::enrollment).toList();
    tx.list(tx.update(Sql.CLAIM), "ids", enrollments).bind("until", until).execute();
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException e) {
      throw new SqlFault(e);
    }
  }
}
