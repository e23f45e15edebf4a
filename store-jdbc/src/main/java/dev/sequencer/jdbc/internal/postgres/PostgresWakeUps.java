package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.WakeUps;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a connection of its own, and makes sure that it hears: a ping by another connection
 * must come back. Behind a pooler that gives a connection to each transaction it does not.
 */
final class PostgresWakeUps implements WakeUps {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer.store");

  private static final Duration PING_EVERY = Duration.ofSeconds(30);
  private static final Duration ECHO_WITHIN = Duration.ofSeconds(2);

  /** A little more than the time for which a call stands. */
  private static final Duration LOOK_AGAIN = Calls.APART.plusMillis(10);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** A pooler stays one for a while. */
  private static final Duration UNHEARD_PAUSE = Duration.ofMinutes(10);

  private final DataSource source;
  private final Calls calls;
  private final Consumer<String> say;
  private final LongSupplier nanos;

  private @Nullable Connection connection;
  private String echo = "";
  private int pings;
  private long echoUntil;
  private long nextPing;
  private long nextTry;
  private long lookAgain;
  private boolean looksAgain;
  private Duration pause = FIRST_PAUSE;
  private boolean said;
  private volatile boolean closed;

  /**
   * Makes one; nothing is opened before it is used.
   *
   * @param say sends a payload on the channel by another connection
   */
  PostgresWakeUps(DataSource source, Calls calls, Consumer<String> say, LongSupplier nanos) {
    this.source = source;
    this.calls = calls;
    this.say = say;
    this.nanos = nanos;
    this.nextTry = nanos.getAsLong();
  }

  @Override
  public synchronized Answer await(Duration most) {
    long now = nanos.getAsLong();
    if (closed || (connection == null && now - nextTry < 0)) {
      return Answer.DEAF;
    }
    try {
      Connection listening = listening();
      if (nanos.getAsLong() - nextPing >= 0) {
        ping();
      }
      return hear(listening.unwrap(PGConnection.class), now + most.toNanos());
    } catch (SQLException e) {
      return deaf("the connection failed with SQLSTATE " + e.getSQLState(), growing());
    } catch (StoreException e) {
      // No connection was left for the ping: then the one to listen on is missed elsewhere, too.
      return deaf("a call could not be sent: " + e.getMessage(), UNHEARD_PAUSE);
    } catch (IllegalStateException e) {
      // The handle was closed while this waited for a connection.
      letGo();
      nextTry = nanos.getAsLong() + UNHEARD_PAUSE.toNanos();
      return Answer.DEAF;
    }
  }

  private Connection listening() throws SQLException {
    Connection known = connection;
    if (known != null) {
      return known;
    }
    Connection made = PostgresConnections.committing(source.getConnection());
    connection = made;
    try (Statement listen = made.createStatement()) {
      listen.execute("listen " + calls.channel());
    }
    nextPing = nanos.getAsLong();
    echo = "";
    return made;
  }

  private void ping() {
    String payload = calls.ping(++pings);
    say.accept(payload);
    echo = payload;
    echoUntil = nanos.getAsLong() + ECHO_WITHIN.toNanos();
    nextPing = nanos.getAsLong() + PING_EVERY.toNanos();
  }

  private Answer hear(PGConnection listening, long until) throws SQLException {
    while (!closed) {
      boolean called = false;
      for (PGNotification heard : notifications(listening, until)) {
        called |= heard(heard.getParameter());
      }
      long now = nanos.getAsLong();
      if (called) {
        looksAgain = true;
        lookAgain = now + LOOK_AGAIN.toNanos();
        return Answer.CALL;
      }
      if (looksAgain && now - lookAgain >= 0) {
        looksAgain = false;
        return Answer.CALL;
      }
      if (!echo.isEmpty() && now - echoUntil >= 0) {
        return deaf(
            "a call of this node itself was not heard within " + ECHO_WITHIN, UNHEARD_PAUSE);
      }
      if (now - until >= 0) {
        return Answer.SILENCE;
      }
    }
    return Answer.DEAF;
  }

  private PGNotification[] notifications(PGConnection listening, long until) throws SQLException {
    long end = looksAgain && lookAgain - until < 0 ? lookAgain : until;
    end = !echo.isEmpty() && echoUntil - end < 0 ? echoUntil : end;
    long millis = (end - nanos.getAsLong()) / 1_000_000;
    // 0 would wait for ever.
    PGNotification[] heard = listening.getNotifications((int) Math.max(1, millis));
    return heard == null ? new PGNotification[0] : heard;
  }

  private boolean heard(String payload) {
    if (payload.equals(echo)) {
      echo = "";
      pause = FIRST_PAUSE;
      if (said) {
        LOG.info("calls of other nodes are heard again");
        said = false;
      }
    }
    return calls.isCall(payload);
  }

  private Duration growing() {
    Duration now = pause;
    Duration twice = now.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    return now;
  }

  private Answer deaf(String why, Duration wait) {
    if (!said && !closed) {
      said = true;
      LOG.warn(
          "calls of other nodes are not heard ({}), so their work is looked for more often. Behind"
              + " a pooler in transaction mode, such as PgBouncer, name a source of direct"
              + " connections with listenOn(..), or switch it off with listen(false)",
          why);
    }
    letGo();
    nextTry = nanos.getAsLong() + wait.toNanos();
    return Answer.DEAF;
  }

  /** Gives the connection back as it came. */
  private void letGo() {
    Connection known = connection;
    connection = null;
    looksAgain = false;
    if (known == null) {
      return;
    }
    try (known) {
      try (Statement unlisten = known.createStatement()) {
        unlisten.execute("unlisten " + calls.channel());
      }
    } catch (SQLException e) {
      LOG.debug("the connection to listen on was broken: SQLSTATE {}", e.getSQLState());
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      letGo();
    }
  }
}
