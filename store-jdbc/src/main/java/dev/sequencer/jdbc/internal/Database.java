package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.WakeUps;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;

/**
 * One open database: how a transaction is made on it and what a fault of it means. Faults come as
 * {@link dev.sequencer.spi.store.StoreException}, those of the data as {@link DataFault}.
 */
public interface Database extends AutoCloseable {
  /** Runs work in one durable transaction; when work throws, nothing of it is kept. */
  <T> T write(Priority priority, Function<Tx, T> work);

  /** Runs work that only reads, on one consistent view. */
  <T> T read(Function<Tx, T> work);

  /**
   * Runs work inside a transaction of the host, which stays open; when work throws, nothing of it
   * is kept in that transaction.
   *
   * @throws IllegalStateException when the connection has no open transaction or is one of another
   *     database
   */
  <T> T joined(Connection host, Function<Tx, T> work);

  /**
   * Says whether wake-ups are lowered after the commit that they are for, so that what they are
   * needed for has to be a transaction of its own.
   */
  boolean wakesAfterCommit();

  /** Gives what hears of work that other engines leave, where there is such a thing. */
  default Optional<WakeUps> wakeUps() {
    return Optional.empty();
  }

  /** Says whether transactions of hosts leave acts and events in an inbox. */
  boolean hasInbox();

  /** Gives others the floor after so many rows of bulk work. */
  void yieldAfter(int rows);

  @Override
  void close();
}
