package dev.sequencer.jdbc;

import dev.sequencer.spi.HostTransaction;
import java.sql.Connection;
import java.util.Objects;

/**
 * The transaction that is open on a connection of the host. What is enrolled, recorded or saved in
 * it becomes visible when the host commits and never happens when it rolls back; this neither
 * commits, nor rolls back, nor closes anything. Used by one thread at a time, as the connection is.
 *
 * <pre>{@code
 * connection.setAutoCommit(false);
 * users.insert(connection, user);
 * sequencer.inTransaction(JdbcTransaction.of(connection)).enroll("onboarding", contact);
 * connection.commit();
 * }</pre>
 *
 * <p><b>PostgreSQL</b>: the engine never waits for the host. Enrolling, sending and suppressing
 * take effect with the commit; other acts, events and changes of contacts are left in the
 * transaction and carried out right after it, and no mail that they concern begins before.
 *
 * <p><b>SQLite</b> has one writer at a time: from the first call on the host's transaction holds
 * the file, and the engine waits with everything that it wants to write, outcomes of mails among
 * them. Keep it short, and begin it with {@code BEGIN IMMEDIATE} (the driver's {@code
 * transaction_mode=IMMEDIATE}): one that has read before may no longer write when somebody else
 * wrote in between, and the call fails with a {@link dev.sequencer.spi.store.StoreException} that
 * says so.
 */
public final class JdbcTransaction implements HostTransaction {
  private final Connection connection;

  private JdbcTransaction(Connection connection) {
    this.connection = connection;
  }

  /**
   * Gives the transaction that is open on a connection.
   *
   * @param connection a connection to the store's database with auto-commit off; checked when it is
   *     used
   */
  public static JdbcTransaction of(Connection connection) {
    return new JdbcTransaction(Objects.requireNonNull(connection, "connection"));
  }

  Connection connection() {
    return connection;
  }
}
