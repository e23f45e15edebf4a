package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.jdbc.internal.Batch;
import dev.sequencer.jdbc.internal.Dialect;
import dev.sequencer.jdbc.internal.Inbox;
import dev.sequencer.jdbc.internal.LaneRows;
import dev.sequencer.jdbc.internal.Locks;
import dev.sequencer.jdbc.internal.Sql;
import dev.sequencer.jdbc.internal.Tx;
import dev.sequencer.jdbc.internal.Works;
import dev.sequencer.spi.store.Attempt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;

/** PostgreSQL: lists and rows go as arrays. */
final class PostgresDialect implements Dialect {
  /** Engines share so many rows for their newest begins. */
  static final int SHARDS = 64;

  private static final String FLY =
      """
      insert into sequencer_flight (enrollment, mailbox, begun_at, decide_at)
      select enrollment, mailbox, begunAt, decideAt
      from {rows enrollment bigint, mailbox bigint, begunAt bigint, decideAt bigint} order by n
      on conflict (enrollment) do update set mailbox = excluded.mailbox,
        begun_at = excluded.begun_at, decide_at = excluded.decide_at
      """;

  private static final String LAND =
      """
      delete from sequencer_flight where enrollment in {ids}
      """;

  private static final String FLOORS =
      """
      update sequencer_lane l set floor = r.floor from {rows lane bigint, floor bigint}
      where l.id = r.lane
      """;

  private static final String TAKE_WAKES =
      """
      delete from sequencer_wake where id in (
        select id from sequencer_wake order by id limit 1000 for update skip locked)
      returning owner, at
      """;

  private final Map<Sql, String> own;
  private final long gate;

  /**
   * Makes one.
   *
   * @param gate the key of the advisory lock by which acts and begins are ordered
   */
  PostgresDialect(int shard, boolean walTimeline, long gate) {
    this.own = PostgresSql.own(shard, walTimeline);
    this.gate = gate;
  }

  @Override
  public String elements(String parameter) {
    return "select value from unnest(:" + parameter + ") as value";
  }

  /** A condition of the index itself: a join could be planned to read the table from end to end. */
  @Override
  public String among(String parameter) {
    return "= any (:" + parameter + ")";
  }

  @Override
  public Argument list(Collection<?> values) {
    boolean numbers = values.stream().allMatch(Number.class::isInstance);
    Object[] elements =
        numbers
            ? values.stream().map(value -> ((Number) value).longValue()).toArray(Long[]::new)
            : values.stream().map(Object::toString).toArray(String[]::new);
    return (position, statement, context) ->
        statement.setArray(
            position,
            statement.getConnection().createArrayOf(numbers ? "bigint" : "text", elements));
  }

  @Override
  public Map<Sql, String> own() {
    return own;
  }

  @Override
  public Numbers numbers(Tx tx, String table, int most) {
    return new SequenceNumbers(tx, table, most);
  }

  @Override
  public Batch batch(Handle handle, String text) {
    return new SetBatch(handle.getConnection(), text);
  }

  @Override
  public Locks locks(Tx tx) {
    return new PostgresLocks(tx, gate);
  }

  @Override
  public Query heads(Query query, boolean all) {
    return query.bind("all", all);
  }

  @Override
  public void keepFloors(Tx tx, Map<Long, Long> floors) {
    Batch rows = tx.batch(FLOORS);
    floors.forEach((lane, floor) -> rows.bind("lane", lane).bind("floor", floor).add());
    rows.execute();
  }

  @Override
  public Inbox inbox(Tx tx) {
    return new PostgresInbox(tx);
  }

  @Override
  public LaneRows laneRows(Tx tx, long now) {
    return new PostgresLaneRows(tx, now);
  }

  /** Keeps the table of attempts in flight. */
  @Override
  public void moved(Tx tx, List<Works.Change> changes) {
    Batch flying = tx.batch(FLY);
    List<Long> landed = new ArrayList<>();
    for (Works.Change change : changes) {
      boolean flew = change.seen().state().phase() == EnrollmentPhase.SENDING;
      boolean flies = change.next().state().phase() == EnrollmentPhase.SENDING;
      if (flew && !flies) {
        landed.add(change.next().enrollment());
      } else if (flies && !flew) {
        Attempt attempt = change.next().attempt();
        Attempt.Times times = attempt.times().orElseThrow();
        flying
            .bind("enrollment", change.next().enrollment())
            .bind("mailbox", attempt.mailbox())
            .bind("begunAt", times.begunAt().toEpochMilli())
            .bind("decideAt", times.decideAt().toEpochMilli())
            .add();
      }
    }
    flying.execute();
    if (!landed.isEmpty()) {
      tx.list(tx.update(LAND), "ids", landed).execute();
    }
  }

  @Override
  public boolean wakesAfterCommit() {
    return true;
  }

  @Override
  public Map<Integer, Long> leftWakes(Tx tx) {
    Map<Integer, Long> left = new TreeMap<>();
    tx.query(TAKE_WAKES)
        .map((row, context) -> Map.entry(row.getInt(1), row.getLong(2)))
        .forEach(wake -> left.merge(wake.getKey(), wake.getValue(), Math::min));
    return left;
  }
}
