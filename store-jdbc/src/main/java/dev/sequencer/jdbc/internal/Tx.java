package dev.sequencer.jdbc.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** One transaction under way: a connection and the wording of its database. */
public final class Tx {
  private final Handle handle;
  private final Wording wording;
  private final Consumer<Consumer<Tx>> apart;
  private final boolean leaves;
  private final Map<Integer, Long> wakes = new TreeMap<>();
  private long earliest = Long.MAX_VALUE;

  public Tx(Handle handle, Wording wording) {
    this.handle = handle;
    this.wording = wording;
    this.apart = work -> work.accept(this);
    this.leaves = false;
  }

  /**
   * Makes one inside a transaction of the host for which nobody may have to wait.
   *
   * @param apart runs work in a transaction of the store's own
   */
  public Tx(Handle handle, Wording wording, Consumer<Consumer<Tx>> apart) {
    this.handle = handle;
    this.wording = wording;
    this.apart = apart;
    this.leaves = true;
  }

  /** Says whether what others may want to change is left in the inbox. */
  boolean leaves() {
    return leaves;
  }

  Inbox inbox() {
    return wording.dialect().inbox(this);
  }

  /** Does what others would have to wait for, were it part of a transaction of the host. */
  void apart(Consumer<Tx> work) {
    apart.accept(work);
  }

  /** Takes the wake-ups that transactions of the host have left. */
  Map<Integer, Long> leftWakes() {
    return wording.dialect().leftWakes(this);
  }

  public Query query(Sql sql) {
    return handle.createQuery(wording.of(sql));
  }

  /** Makes a query from a text that holds no statement of the enum; prefix and lists are filled. */
  public Query query(String text) {
    return handle.createQuery(wording.fill(text));
  }

  public Update update(Sql sql) {
    return handle.createUpdate(wording.of(sql));
  }

  public Batch batch(Sql sql) {
    return wording.dialect().batch(handle, wording.of(sql));
  }

  /** Makes a batch from a text that holds no statement of the enum. */
  public Batch batch(String text) {
    return wording.dialect().batch(handle, wording.fill(text));
  }

  /** Makes a query from a statement to which conditions are added. */
  Query query(Sql sql, String conditions) {
    return handle.createQuery(wording.of(sql) + conditions);
  }

  /** Gives the connection, for what is no statement of a call. */
  public Handle handle() {
    return handle;
  }

  Locks locks() {
    return wording.dialect().locks(this);
  }

  LaneRows laneRows(long now) {
    return wording.dialect().laneRows(this, now);
  }

  /** Completes a query for the heads of lanes; {@code all} reads lanes from their beginning. */
  Query heads(Query query, boolean all) {
    return wording.dialect().heads(query, all);
  }

  void keepFloors(Map<Long, Long> floors) {
    if (!floors.isEmpty()) {
      wording.dialect().keepFloors(this, floors);
    }
  }

  void moved(List<Works.Change> changes) {
    wording.dialect().moved(this, changes);
  }

  boolean wakesAfterCommit() {
    return wording.dialect().wakesAfterCommit();
  }

  /** Lowers the wake-ups of owners, now or when this is committed. */
  void lower(Map<Integer, Long> earliest) {
    if (wakesAfterCommit()) {
      earliest.forEach((owner, at) -> wakes.merge(owner, at, Math::min));
    } else {
      Batch rows = batch(Sql.OWNER_LOWER);
      earliest.forEach((owner, at) -> rows.bind("id", owner).bind("at", at).add());
      rows.execute();
    }
  }

  /** Hears that the wake-ups of all owners were lowered. */
  void wokeAll(long at) {
    earliest = Math.min(earliest, at);
  }

  /** Gives the earliest wake-up that this transaction leaves, the largest number when none. */
  public long earliestWake() {
    return wakes.values().stream().reduce(earliest, Math::min);
  }

  /** Gives the wake-ups that are to be lowered after the commit, by owner. */
  public Map<Integer, Long> wakes() {
    return wakes;
  }

  /** Prepares a statement whose values go by place, for one that runs many times in a call. */
  public PreparedStatement prepare(Sql sql) throws SQLException {
    return handle.getConnection().prepareStatement(wording.of(sql));
  }

  /** Reads the rows for a list of keys; without keys it asks nothing. */
  public <T> List<T> listed(Sql sql, String parameter, Collection<?> keys, RowMapper<T> mapper) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return query(sql).bind(parameter, wording.dialect().list(keys)).map(mapper).list();
  }

  /** Adds a list parameter to a query. */
  public Query list(Query query, String parameter, Collection<?> values) {
    return query.bind(parameter, wording.dialect().list(values));
  }

  /** Adds a list parameter to an update. */
  public Update list(Update update, String parameter, Collection<?> values) {
    return update.bind(parameter, wording.dialect().list(values));
  }

  /** Gives numbers to at most so many rows of a table. */
  Dialect.Numbers numbers(String table, int most) {
    return wording.dialect().numbers(this, table, most);
  }

  /** Runs a statement from a text that holds none of the enum. */
  public Update update(String text) {
    return handle.createUpdate(wording.fill(text));
  }

  /** Runs a statement that only takes a lock. */
  public void touch(Sql sql) {
    update(sql).execute();
  }
}
