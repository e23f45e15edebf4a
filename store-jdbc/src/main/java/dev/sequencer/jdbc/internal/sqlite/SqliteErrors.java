package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.DataFault;
import dev.sequencer.spi.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/**
 * Says what a fault of SQLite means for the file and what to do. Result codes are those of
 * sqlite.org/rescode.html, which the driver gives as vendor code. No value of a statement is ever
 * part of a message.
 */
final class SqliteErrors {
  private static final int READONLY = 8;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int TOOBIG = 18;
  private static final int CONSTRAINT = 19;
  private static final int MISMATCH = 20;
  private static final int RANGE = 25;
  private static final int NOTADB = 26;

  private final Path file;

  SqliteErrors(Path file) {
    this.file = file;
  }

  /** Gives what to throw for an exception of Jdbi; its own message would show values. */
  StoreException of(JdbiException fault) {
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return of(sql);
      }
    }
    return new StoreException(
        "the statements of the store must fit its tables, but Jdbi refused one ("
            + fault.getClass().getSimpleName()
            + ") on "
            + file
            + ": check that all modules of Sequencer have the same version",
        false,
        new IllegalStateException(fault.getClass().getName()));
  }

  StoreException of(SQLException fault) {
    return switch (fault.getErrorCode() & 0xff) {
      case BUSY, LOCKED ->
          passing(
              "only one connection may write an SQLite file at a time, but another one holds "
                  + file
                  + ": nothing was changed; keep transactions on this file short, or give the store"
                  + " a longer busyTimeout",
              fault);
      case FULL ->
          passing(
              "an SQLite file needs room to grow, but the disk (or the maxPageCount) of "
                  + file
                  + " is full: nothing was changed and nothing is lost; make room, the call may be"
                  + " repeated then",
              fault);
      case IOERR ->
          passing(
              "reading or writing "
                  + file
                  + " failed, so whether the call was kept is unknown: check the disk; calls may be"
                  + " repeated",
              fault);
      case READONLY, CANTOPEN ->
          lasting(
              "an SQLite store needs a file and a folder that it may write, but "
                  + file
                  + " cannot be opened for writing: give this user the right to write both, or name"
                  + " another file",
              fault);
      case CORRUPT ->
          lasting(
              "an SQLite file must be whole, but "
                  + file
                  + " is damaged: stop all that use it and restore a copy (then acceptHistory)",
              fault);
      case NOTADB ->
          lasting(
              "a store must be an SQLite database, but "
                  + file
                  + " is "
                  + FileKind.of(file)
                  + ": name another file, or move this one away",
              fault);
      case TOOBIG, CONSTRAINT, MISMATCH, RANGE ->
          new DataFault(
              "a value must fit its column, but SQLite refused one for "
                  + file
                  + " ("
                  + fault.getMessage()
                  + "): nothing was changed; leave it out or make it smaller",
              fault);
      default ->
          lasting(
              "SQLite could not do what the store asked of "
                  + file
                  + " ("
                  + fault.getMessage()
                  + "): nothing was changed; check that its tables are those of this version",
              fault);
    };
  }

  private static StoreException passing(String message, SQLException fault) {
    return new StoreException(message, true, fault);
  }

  private static StoreException lasting(String message, SQLException fault) {
    return new StoreException(message, false, fault);
  }
}
