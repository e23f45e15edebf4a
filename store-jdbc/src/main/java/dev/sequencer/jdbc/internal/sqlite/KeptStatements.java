package dev.sequencer.jdbc.internal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the prepared statements of one connection: SQLite compiles a statement each time it is
 * prepared, which for a small call costs as much as running it. A statement is used by one at a
 * time; when it is wanted again meanwhile, another one is prepared.
 */
final class KeptStatements extends DefaultStatementBuilder {
  /** More than the calls have statements of fixed wording; those of views with filters vary. */
  private static final int MOST = 100;

  private final Map<String, PreparedStatement> idle = new HashMap<>();

  /** The wording of those in use; Jdbi gives back a statement with another wording than it took. */
  private final IdentityHashMap<Statement, String> used = new IdentityHashMap<>();

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    PreparedStatement statement = kept != null ? kept : super.create(connection, sql, context);
    used.put(statement, sql);
    return statement;
  }

  @Override
  public void close(Connection connection, String sql, @Nullable Statement statement)
      throws SQLException {
    String wording = used.remove(statement);
    if (wording != null
        && statement instanceof PreparedStatement prepared
        && idle.size() < MOST
        && !idle.containsKey(wording)) {
      prepared.clearBatch();
      prepared.clearParameters();
      idle.put(wording, prepared);
    } else {
      super.close(connection, sql, statement);
    }
  }

  @Override
  public void close(Connection connection) {
    // The driver ends the statements with their connection.
    idle.clear();
    used.clear();
  }
}
