package dev.sequencer.jdbc.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** One transaction under way: a connection and the wording of its database. */
public final class Tx {
  private final Handle handle;
  private final Wording wording;

  public Tx(Handle handle, Wording wording) {
    this.handle = handle;
    this.wording = wording;
  }

  Query query(Sql sql) {
    return handle.createQuery(wording.of(sql));
  }

  /** Makes a query from a text that holds no statement of the enum; prefix and lists are filled. */
  Query query(String text) {
    return handle.createQuery(wording.fill(text));
  }

  Update update(Sql sql) {
    return handle.createUpdate(wording.of(sql));
  }

  PreparedBatch batch(Sql sql) {
    return handle.prepareBatch(wording.of(sql));
  }

  /** Prepares a statement whose values go by place, for one that runs many times in a call. */
  PreparedStatement prepare(Sql sql) throws SQLException {
    return handle.getConnection().prepareStatement(wording.of(sql));
  }

  /** Reads the rows for a list of keys; without keys it asks nothing. */
  <T> List<T> listed(Sql sql, String parameter, Collection<?> keys, RowMapper<T> mapper) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return query(sql).bind(parameter, wording.dialect().list(keys)).map(mapper).list();
  }

  /** Adds a list parameter to a query. */
  Query list(Query query, String parameter, Collection<?> values) {
    return query.bind(parameter, wording.dialect().list(values));
  }

  /** Adds a list parameter to an update. */
  Update list(Update update, String parameter, Collection<?> values) {
    return update.bind(parameter, wording.dialect().list(values));
  }

  /** Gives numbers to at most so many rows of a table. */
  Dialect.Numbers numbers(String table, int most) {
    return wording.dialect().numbers(this, table, most);
  }

  /** Runs a statement that only takes a lock. */
  public void touch(Sql sql) {
    update(sql).execute();
  }
}
