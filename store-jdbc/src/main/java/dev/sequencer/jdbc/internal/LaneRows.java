package dev.sequencer.jdbc.internal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads due rows of lanes, a few at a time; one statement, prepared once for a whole claim. */
final class LaneRows implements AutoCloseable {
  private final PreparedStatement statement;
  private final long now;

  LaneRows(Tx tx, Instant now) {
    this.now = Millis.of(now);
    try {
      this.statement = tx.prepare(Sql.LANE_ROWS);
    } catch (SQLException e) {
      throw new SqlFault(e);
    }
  }

  /** Gives the next rows of a lane that nobody holds, behind a place in it. */
  List<Place> after(long lane, Place place, int limit) {
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
          rows.add(new Place(row.getLong(1), row.getLong(2)));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new SqlFault(e);
    }
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException e) {
      throw new SqlFault(e);
    }
  }

  /** A row in the order of its lane. */
  record Place(long due, long enrollment) implements Comparable<Place> {
    Instant at() {
      return Instant.ofEpochMilli(due);
    }

    @Override
    public int compareTo(Place other) {
      int byDue = Long.compare(due, other.due);
      return byDue != 0 ? byDue : Long.compare(enrollment, other.enrollment);
    }
  }
}
