package dev.sequencer.jdbc;

import dev.sequencer.jdbc.internal.Wording;
import dev.sequencer.jdbc.internal.postgres.PostgresSchema;

/**
 * The statements that make the tables of a store in PostgreSQL, for those who let them be run by
 * somebody else than the host: a store with {@link JdbcStore.Postgres#migrate migrate(false)} only
 * checks that they were.
 */
public final class JdbcSchema {
  private JdbcSchema() {}

  /** Gives the version of the tables that this program knows best. */
  public static int newest() {
    return PostgresSchema.newest();
  }

  /**
   * Gives the statements that bring tables from a version to a later one, as a script for {@code
   * psql}; to be run in one transaction.
   *
   * @param from the version that is there; 0 for none
   * @param to the version that is wanted, at most {@link #newest}
   * @param schema the schema of the tables, as in {@link JdbcStore.Postgres#schema}
   * @throws IllegalArgumentException when there are no such versions or the schema has no such name
   */
  public static String sql(int from, int to, String schema) {
    return sql(from, to, schema, Wording.PREFIX);
  }

  /**
   * Gives the same for tables with a prefix of their own.
   *
   * @param tablePrefix what their names begin with, as in {@link JdbcStore.Postgres#tablePrefix}
   * @throws IllegalArgumentException when there are no such versions or names cannot be such
   */
  public static String sql(int from, int to, String schema, String tablePrefix) {
    if (from < 0 || to > newest() || from >= to) {
      throw new IllegalArgumentException(
          "statements lead from a version of 0 or more to a later one of at most "
              + newest()
              + ", but were asked for from "
              + from
              + " to "
              + to);
    }
    return PostgresSchema.sql(
        JdbcStore.checkedSchema(schema), JdbcStore.checkedPrefix(tablePrefix), from, to);
  }
}
