package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.DataFault;
import dev.sequencer.spi.store.StoreException;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/**
 * Says what a fault of PostgreSQL means and what to do, by its SQLSTATE (appendix A of its manual).
 * No value of a statement is ever part of a message: what the server says may hold some, so only
 * its code is told, and the exception itself as the cause is stripped of its message.
 */
final class PostgresErrors {
  private final String store;

  /** Makes one for a store, as it is named in messages. */
  PostgresErrors(String store) {
    this.store = store;
  }

  /** Says whether the whole transaction may simply be made anew. */
  static boolean mayBeRepeated(SQLException fault) {
    return switch (state(fault)) {
      case "40001", "40P01", "23505" -> true;
      default -> false;
    };
  }

  static SQLException cause(JdbiException fault) {
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return new SQLException(
        "Jdbi refused a statement: " + fault.getClass().getSimpleName(), "HY000");
  }

  private static String state(SQLException fault) {
    String state = fault.getSQLState();
    return state == null ? "" : state;
  }

  StoreException of(SQLException fault) {
    String state = state(fault);
    SQLException told = withoutValues(fault);
    return switch (state) {
      case "40001", "40P01", "23505" ->
          passing(
              "transactions that meet are made anew a few times, but this one met others each time"
                  + " on "
                  + store
                  + ": nothing was changed, the call may be repeated",
              told);
      case "55P03" ->
          passing(
              "a row or table should be free within lock_timeout (2 s), but somebody else has locked"
                  + " one of "
                  + store
                  + ": nothing was changed; keep transactions on its tables short",
              told);
      case "57014" ->
          passing(
              "a statement should be over within statement_timeout (10 s), but one on "
                  + store
                  + " was not: nothing was changed; look at the load of the server",
              told);
      case "42501" ->
          lasting(
              "the user of the store must have the rights to its tables, but on "
                  + store
                  + " it lacks one: grant select, insert, update, delete on the tables and usage on"
                  + " the sequences of its schema",
              told);
      case "26000", "42P05" ->
          lasting(
              "a statement that the driver has prepared must be known to its server, but "
                  + store
                  + " is behind a pooler that gives another one to each transaction: add"
                  + " prepareThreshold=0 to the URL, or let the pooler keep statements"
                  + " (max_prepared_statements of PgBouncer 1.21 and newer)",
              told);
      case "3F000", "42P01", "42703" ->
          lasting(
              "the tables of the store must be there, but on "
                  + store
                  + " one is missing: open the store with migrate(true), or run the statements of"
                  + " JdbcSchema.sql",
              told);
      default -> byClass(state, told);
    };
  }

  private StoreException byClass(String state, SQLException told) {
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "22", "23" ->
          new DataFault(
              "a value must fit its column, but PostgreSQL refused one for "
                  + store
                  + " (SQLSTATE "
                  + state
                  + "): nothing was changed; leave it out or make it smaller",
              told);
      case "08", "57", "53", "58", "" ->
          passing(
              "the server must be there, but the connection to "
                  + store
                  + " failed (SQLSTATE "
                  + state
                  + "), so whether the call was kept is unknown: check the server; calls may be"
                  + " repeated",
              told);
      case "28", "3D" ->
          lasting(
              "user, password and database must be those of the server, but it refused the"
                  + " connection to "
                  + store
                  + " (SQLSTATE "
                  + state
                  + "): correct them, or let the server take them (pg_hba.conf)",
              told);
      case "25" ->
          passing(
              "the server must take writes, but "
                  + store
                  + " refused one (SQLSTATE "
                  + state
                  + "): nothing was changed; it may be a standby, name the primary",
              told);
      default ->
          lasting(
              "PostgreSQL could not do what the store asked of "
                  + store
                  + " (SQLSTATE "
                  + state
                  + "): nothing was changed; check that its tables are those of this version",
              told);
    };
  }

  private static SQLException withoutValues(SQLException fault) {
    SQLException told =
        new SQLException(
            "SQLSTATE " + state(fault) + ", " + fault.getClass().getSimpleName(),
            fault.getSQLState());
    told.setStackTrace(fault.getStackTrace());
    return told;
  }

  private static StoreException passing(String message, SQLException fault) {
    return new StoreException(message, true, fault);
  }

  private static StoreException lasting(String message, SQLException fault) {
    return new StoreException(message, false, fault);
  }
}
