package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.Database;
import dev.sequencer.jdbc.internal.Priority;
import dev.sequencer.jdbc.internal.SqlFault;
import dev.sequencer.jdbc.internal.Tx;
import dev.sequencer.jdbc.internal.Wording;
import dev.sequencer.spi.store.StoreException;
import java.sql.Connection;
import java.time.Instant;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * One engine's use of an SQLite file. Whoever writes begins with {@code BEGIN IMMEDIATE}, so what a
 * call reads is what it writes over; whoever reads sees one moment and stops nobody.
 */
public final class SqliteDatabase implements Database {
  private final SqliteFile file;
  private final Wording wording;
  private final WriterLock lock;
  private final SqliteConnections connections;
  private final HostConnections hosts;

  private SqliteDatabase(SqliteOptions options, WriterLock lock, Instant now) {
    this.file = new SqliteFile(options);
    this.wording = new Wording(new SqliteDialect(), options.prefix());
    this.lock = lock;
    this.connections = new SqliteConnections(file, wording, lock, now);
    this.hosts = new HostConnections(file, wording);
  }

  /**
   * Opens a file, makes or checks its tables and its durability.
   *
   * @throws StoreException when it cannot be used; the message says what to do
   */
  public static SqliteDatabase open(SqliteOptions options, Instant now) {
    return open(options, WriterLocks.of(options.file()), now);
  }

  /** Opens a file for one who has a lock of their own, as another process would have. */
  static SqliteDatabase open(SqliteOptions options, WriterLock lock, Instant now) {
    SqliteDatabase database = new SqliteDatabase(options, lock, now);
    database.file.check();
    lock.enter(Priority.STEER);
    try {
      database.connections.open();
    } finally {
      lock.leave();
    }
    return database;
  }

  @Override
  public <T> T write(Priority priority, Function<Tx, T> work) {
    lock.enter(priority);
    try {
      connections.checkOpen();
      Handle handle = connections.writer();
      boolean whole = false;
      try {
        T result = transact(handle, "begin immediate", work);
        whole = true;
        return result;
      } finally {
        if (!whole && !SqliteConnections.rollBack(handle)) {
          connections.dropWriter();
        }
      }
    } finally {
      lock.leave();
    }
  }

  @Override
  public <T> T read(Function<Tx, T> work) {
    lock.checkNotInside();
    SqliteConnections.Open reader = connections.takeReader();
    boolean whole = false;
    try {
      T result = transact(reader.handle, "begin", work);
      whole = true;
      return result;
    } finally {
      if (whole || SqliteConnections.rollBack(reader.handle)) {
        connections.giveBack(reader);
      } else {
        reader.close();
      }
    }
  }

  @Override
  public <T> T joined(Connection host, Function<Tx, T> work) {
    connections.checkOpen();
    return hosts.run(host, work);
  }

  @Override
  public boolean wakesAfterCommit() {
    return false;
  }

  /** A transaction of the host is the one writer anyway. */
  @Override
  public boolean hasInbox() {
    return false;
  }

  @Override
  public void yieldAfter(int rows) {
    lock.restAfter(rows);
  }

  @Override
  public void close() {
    lock.enter(Priority.STEER);
    try {
      connections.close();
    } finally {
      lock.leave();
    }
  }

  private <T> T transact(Handle handle, String begin, Function<Tx, T> work) {
    try {
      handle.execute(begin);
      T result = work.apply(new Tx(handle, wording));
      handle.execute("commit");
      return result;
    } catch (JdbiException e) {
      throw file.errors().of(e);
    } catch (SqlFault e) {
      throw file.errors().of(e.fault());
    }
  }
}
