package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.Batch;
import dev.sequencer.jdbc.internal.Database;
import dev.sequencer.jdbc.internal.Priority;
import dev.sequencer.jdbc.internal.Sql;
import dev.sequencer.jdbc.internal.SqlFault;
import dev.sequencer.jdbc.internal.Tx;
import dev.sequencer.jdbc.internal.Wording;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.WakeUps;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine's use of a PostgreSQL database. Whoever writes locks first and reads afterwards, in
 * statements of their own, at READ COMMITTED; whoever reads sees one moment and stops nobody. All
 * settings end with their transaction, so that any connection will do, also one behind a pooler
 * that gives another one to each transaction.
 */
public final class PostgresDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer.store");

  /** A transaction that met others is made anew so often before its caller hears of it. */
  private static final int MOST_TRIES = 8;

  private static final String TIMEOUTS =
      """
      set_config('lock_timeout', '2s', true), set_config('statement_timeout', '10s', true),
      set_config('idle_in_transaction_session_timeout', '15s', true),
      set_config('jit', 'off', true)""";

  /** Plans that are made while tables are small must do when they are large (KERNEL 3.2). */
  private static final String PLANS =
      """
      , set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
      set_config('enable_mergejoin', 'off', true), set_config('random_page_cost', '0.1', true)""";

  /** What is committed must stay, whatever the settings of role and database are (KERNEL K8). */
  private static final String DURABLE =
      """
      , set_config('synchronous_commit', case current_setting('synchronous_commit')
        when 'remote_apply' then 'remote_apply' else 'on' end, true)""";

  /** A claim is a hint: when a crash loses it, it is made again. */
  private static final String HINT = ", set_config('synchronous_commit', 'off', true)";

  private static final String NOW = ", (extract(epoch from clock_timestamp()) * 1000)::bigint";

  private final PostgresOptions options;
  private final Repeats repeats;
  private final PostgresConnections connections;
  private final PostgresSources sources;
  private final PostgresClock clock;
  private final InstantSource time;
  private final Calls calls;
  private final Jdbi jdbi;
  private final Wording wording;
  private final HostTransactions hosts;
  private volatile byte[] identity = {};

  private PostgresDatabase(
      PostgresSources sources, PostgresOptions options, InstantSource given, String node) {
    PostgresClock clock = PostgresClock.of(given);
    int shard = Math.floorMod(node.hashCode(), PostgresDialect.SHARDS);
    this.options = options;
    PostgresErrors errors = new PostgresErrors(options.name());
    this.repeats = new Repeats(MOST_TRIES, errors);
    this.sources = sources;
    this.connections =
        new PostgresConnections(sources.pool(), options.connections(), options.name());
    this.clock = clock;
    this.time = clock(given);
    this.calls = new Calls(options, node, clock::asked);
    this.jdbi = Jdbi.create(connections);
    this.wording =
        new Wording(new PostgresDialect(shard, true, options.key("gate")), options.qualified());
    this.hosts = new HostTransactions(options, errors, wording, this::apart);
  }

  private void apart(Consumer<Tx> work) {
    write(
        Priority.STEER,
        tx -> {
          work.accept(tx);
          return tx;
        });
  }

  /**
   * Opens a database and makes or checks its tables.
   *
   * @param sources gives connections; closed with this
   * @param clock the clock of the engine
   * @param node its name
   * @throws StoreException when it cannot be used; the message says what to do
   */
  public static PostgresDatabase open(
      PostgresSources sources, PostgresOptions options, InstantSource clock, String node) {
    PostgresDatabase database = new PostgresDatabase(sources, options, clock, node);
    boolean made = false;
    try {
      database.makeTables(clock);
      made = true;
      return database;
    } finally {
      if (!made) {
        database.close();
      }
    }
  }

  /** Gives the clock by which an engine goes that was given one. */
  public final InstantSource clock(InstantSource given) {
    return PostgresClock.isSystem(given) ? clock : given;
  }

  private void makeTables(InstantSource given) {
    PostgresSchema schema = new PostgresSchema(options);
    transact(
        "begin isolation level read committed read write",
        "select " + TIMEOUTS + DURABLE + NOW,
        tx -> {
          ServerVersion.check(tx.handle(), options.name());
          return schema.apply(tx.handle(), given.instant());
        });
  }

  @Override
  public <T> T write(Priority priority, Function<Tx, T> work) {
    String durability = priority == Priority.CLAIM ? HINT : DURABLE;
    return transact(
        "begin isolation level read committed read write",
        "select " + TIMEOUTS + PLANS + durability + NOW,
        work);
  }

  @Override
  public <T> T read(Function<Tx, T> work) {
    return transact(
        "begin isolation level repeatable read read only",
        "select " + TIMEOUTS + PLANS + NOW,
        work);
  }

  private <T> T transact(String begin, String settings, Function<Tx, T> work) {
    return repeats.run(() -> once(begin, settings, work));
  }

  private <T> T once(String begin, String settings, Function<Tx, T> work) {
    try (Handle handle = jdbi.open()) {
      boolean whole = false;
      try {
        handle.execute(begin);
        set(handle, settings);
        Tx tx = new Tx(handle, wording);
        T result = work.apply(tx);
        handle.execute("commit");
        whole = true;
        lowerWakes(tx);
        call(tx);
        return result;
      } finally {
        if (!whole) {
          rollBack(handle);
        }
      }
    }
  }

  /** Calls who waits for work that this left; who does not hear it finds it a little later. */
  private void call(Tx tx) {
    long earliest = tx.earliestWake();
    if (earliest == Long.MAX_VALUE || !calls.wanted(earliest - time.millis())) {
      return;
    }
    try {
      calls.call(tx.handle());
    } catch (JdbiException e) {
      LOG.debug("others could not be called: SQLSTATE {}", PostgresErrors.cause(e).getSQLState());
    }
  }

  private void set(Handle handle, String settings) {
    long asked = clock.asked();
    long millis =
        handle
            .createQuery(settings)
            .map((row, context) -> row.getLong(row.getMetaData().getColumnCount()))
            .one();
    clock.told(asked, millis);
  }

  /**
   * Lowers wake-ups after the commit (KERNEL P3): a claim sees the rows, or comes before this. A
   * wake-up that a crash loses is found by the claim that visits all owners.
   */
  private void lowerWakes(Tx tx) {
    if (tx.wakes().isEmpty()) {
      return;
    }
    try {
      Batch rows = tx.batch(Sql.OWNER_LOWER);
      tx.wakes().forEach((owner, at) -> rows.bind("id", owner).bind("at", at).add());
      rows.execute();
    } catch (SqlFault e) {
      LOG.debug("wake-ups could not be lowered: SQLSTATE {}", e.fault().getSQLState());
    }
  }

  /** A connection that cannot roll back is broken, and closing it is all that is left. */
  private static void rollBack(Handle handle) {
    try {
      handle.execute("rollback");
    } catch (JdbiException e) {
      abort(handle.getConnection());
    }
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It is broken already.
    }
  }

  @Override
  public <T> T joined(Connection host, Function<Tx, T> work) {
    connections.checkOpen();
    return hosts.run(host, identity(), work);
  }

  private byte[] identity() {
    byte[] known = identity;
    if (known.length == 0) {
      known = read(tx -> tx.query(Sql.STORE_IDENTITY).map((row, context) -> row.getBytes(1)).one());
      identity = known;
    }
    return known;
  }

  @Override
  public boolean wakesAfterCommit() {
    return true;
  }

  @Override
  public Optional<WakeUps> wakeUps() {
    return options.listen()
        ? Optional.of(new PostgresWakeUps(sources.listening(), calls, this::say, clock::asked))
        : Optional.empty();
  }

  /** Sends a payload by a connection of its own. */
  private void say(String payload) {
    repeats.run(
        () -> {
          try (Handle handle = jdbi.open()) {
            calls.say(handle, payload);
            return payload;
          }
        });
  }

  @Override
  public boolean hasInbox() {
    return true;
  }

  /** Writers do not keep each other waiting here. */
  @Override
  public void yieldAfter(int rows) {}

  @Override
  public void close() {
    connections.close();
    sources.close();
  }
}
