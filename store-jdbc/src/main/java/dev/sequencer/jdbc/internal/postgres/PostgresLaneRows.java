package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.Batch;
import dev.sequencer.jdbc.internal.LaneRows;
import dev.sequencer.jdbc.internal.Sql;
import dev.sequencer.jdbc.internal.SqlFault;
import dev.sequencer.jdbc.internal.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the heads of all lanes of a claim in one statement; a lane that gives more is read on. */
final class PostgresLaneRows implements LaneRows {
  static final String HEADS =
      """
      select r.lane, w.due, w.enrollment, w.rev
      from {rows lane bigint, head bigint, most bigint, now bigint}
      cross join lateral (
        select w.due, w.enrollment, w.rev from sequencer_work w
        where w.lane = r.lane and w.status = 'A' and w.phase = 'W'
          and w.due >= r.head and w.due <= r.now
          and not exists (select 1 from sequencer_claim c
            where c.enrollment = w.enrollment and c.until > r.now and c.rev = w.rev)
        order by w.due, w.enrollment limit r.most) w
      """;

  private final Tx tx;
  private final long now;
  private final Map<Long, Deque<Place>> read = new HashMap<>();
  private final Set<Long> ended = new HashSet<>();

  PostgresLaneRows(Tx tx, long now) {
    this.tx = tx;
    this.now = now;
  }

  @Override
  public void expect(Collection<Expected> lanes) {
    if (lanes.isEmpty()) {
      return;
    }
    SetBatch rows = (SetBatch) tx.batch(HEADS);
    for (Expected lane : lanes) {
      rows.bind("lane", lane.lane())
          .bind("head", lane.head())
          .bind("most", lane.rows())
          .bind("now", now)
          .add();
    }
    rows.forEach(
        row ->
            read.computeIfAbsent(row.getLong(1), any -> new ArrayDeque<>())
                .add(new Place(row.getLong(2), row.getLong(3), row.getLong(4))));
    for (Expected lane : lanes) {
      Deque<Place> places = read.get(lane.lane());
      if (places == null || places.size() < lane.rows()) {
        ended.add(lane.lane());
      }
    }
  }

  @Override
  public Chunk after(long lane, Place place, int limit) {
    Deque<Place> places = read.computeIfAbsent(lane, any -> new ArrayDeque<>());
    if (places.isEmpty() && !ended.contains(lane)) {
      List<Place> more = fetch(lane, place, limit);
      return new Chunk(more, more.size() < limit);
    }
    List<Place> chunk = new ArrayList<>();
    while (chunk.size() < limit && !places.isEmpty()) {
      chunk.add(places.remove());
    }
    return new Chunk(chunk, places.isEmpty() && ended.contains(lane));
  }

  private List<Place> fetch(long lane, Place place, int limit) {
    try (PreparedStatement statement = tx.prepare(Sql.LANE_ROWS)) {
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
          rows.add(new Place(row.getLong(1), row.getLong(2), row.getLong(3)));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new SqlFault(e);
    }
  }

  /** A claim holds in the revision that was read: in another one it is none. */
  @Override
  public void claim(List<Place> places, long until) {
    Batch rows = tx.batch(Sql.CLAIM);
    for (Place place : places) {
      rows.bind("enrollment", place.enrollment())
          .bind("until", until)
          .bind("rev", place.rev())
          .add();
    }
    rows.execute();
  }

  @Override
  public void close() {}
}
