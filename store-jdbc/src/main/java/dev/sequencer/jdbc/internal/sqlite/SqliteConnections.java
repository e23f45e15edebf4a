package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.Priority;
import dev.sequencer.jdbc.internal.Wording;
import dev.sequencer.spi.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one handle: one that writes, used by whoever has the lock of the file, and
 * some that read, of which a few are kept.
 *
 * <p>Before each use it is checked that the path still leads to the file that is open: somebody may
 * have put another one in its place, such as a copy from yesterday. Writing on into the old one,
 * which nobody sees any more, would lose what is written. The two files that SQLite keeps beside
 * the old one would be taken for those of the new one and spoil it, so they are removed before the
 * new one is opened.
 */
final class SqliteConnections {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer.store");
  private static final int KEPT_READERS = 2;

  private final SqliteFile file;
  private final SqliteSchema schema;
  private final WriterLock lock;
  private final Instant opened;
  private final Deque<Open> readers = new ArrayDeque<>();
  private @Nullable Open writer;
  private Optional<Object> identity = Optional.empty();
  private Map<Path, Object> beside = Map.of();
  private boolean closed;

  SqliteConnections(SqliteFile file, Wording wording, WriterLock lock, Instant opened) {
    this.file = file;
    this.schema = new SqliteSchema(file.path(), wording);
    this.lock = lock;
    this.opened = opened;
  }

  /** Opens the writing connection for the first time; the caller has the lock. */
  void open() {
    writer = openWriter();
    lock.join(this);
  }

  /** Gives the connection that writes; the caller has the lock. */
  Handle writer() {
    Optional<Object> now = file.identity();
    if (!now.equals(identity())) {
      LOG.warn(
          "{} is not the file that was opened: another one was put in its place and is used from"
              + " now on",
          file.path());
      lock.members().forEach(SqliteConnections::dropAll);
      file.removeBeside(beside);
    }
    Open current = writer;
    if (current == null) {
      current = reopen();
      writer = current;
    }
    return current.handle;
  }

  /** Ends the connection that writes, after a fault of it; the caller has the lock. */
  void dropWriter() {
    Open current = writer;
    if (current != null) {
      writer = null;
      current.close();
    }
  }

  /** Gives a connection that reads; to be given back. */
  Open takeReader() {
    if (!file.identity().equals(identity())) {
      refresh();
    }
    synchronized (readers) {
      checkOpen();
      Open kept = readers.poll();
      if (kept != null) {
        return kept;
      }
    }
    return new Open(file.openReader(), identity());
  }

  /** Has the file that is there now opened, by the one way in which that is done. */
  private void refresh() {
    lock.enter(Priority.STEER);
    try {
      writer();
    } finally {
      lock.leave();
    }
  }

  void giveBack(Open reader) {
    synchronized (readers) {
      if (!closed && readers.size() < KEPT_READERS && reader.identity.equals(identity)) {
        readers.push(reader);
        return;
      }
    }
    reader.close();
  }

  /** Ends the use; the caller has the lock. */
  void close() {
    synchronized (readers) {
      closed = true;
    }
    lock.leave(this);
    dropAll();
  }

  /**
   * Says that the handle is still open.
   *
   * @throws IllegalStateException when it was closed
   */
  void checkOpen() {
    synchronized (readers) {
      if (closed) {
        throw new IllegalStateException(
            "a handle is not used after close, but this one of "
                + file.path()
                + " was: open the store again");
      }
    }
  }

  private Optional<Object> identity() {
    synchronized (readers) {
      return identity;
    }
  }

  private void dropAll() {
    synchronized (readers) {
      readers.forEach(Open::close);
      readers.clear();
    }
    dropWriter();
  }

  /** Whoever uses a store goes on trying: the file may be in the middle of being put back. */
  private Open reopen() {
    try {
      return openWriter();
    } catch (StoreException e) {
      throw new StoreException(
          "the file cannot be opened again, which may pass: " + e.getMessage(), true, e);
    }
  }

  private Open openWriter() {
    Open fresh = new Open(file.openWriter(), Optional.empty());
    boolean usable = false;
    try {
      fresh.handle.execute("begin immediate");
      schema.apply(fresh.handle, opened);
      fresh.handle.execute("commit");
      synchronized (readers) {
        identity = file.identity();
      }
      beside = file.beside();
      usable = true;
      return fresh;
    } catch (JdbiException e) {
      throw file.errors().of(e);
    } finally {
      if (!usable) {
        rollBack(fresh.handle);
        fresh.close();
      }
    }
  }

  /** Says whether the connection is in order; after some faults SQLite has rolled back itself. */
  static boolean rollBack(Handle handle) {
    try {
      handle.execute("rollback");
      return true;
    } catch (JdbiException e) {
      return false;
    }
  }

  /** An open connection. */
  static final class Open {
    final Handle handle;
    private final Optional<Object> identity;

    Open(Connection connection, Optional<Object> identity) {
      this.handle =
          Jdbi.create(() -> connection)
              .setStatementBuilderFactory(any -> new KeptStatements())
              .open();
      this.identity = identity;
    }

    void close() {
      try {
        handle.close();
      } catch (JdbiException e) {
        LOG.debug("a connection could not be closed: {}", e.getClass().getSimpleName());
      }
    }
  }
}
