package dev.sequencer.jdbc.internal.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.sequencer.spi.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A pool of a store's own for each engine that opens it, with HikariCP, and a connection beside it
 * to listen on. Has no {@code toString}: it knows the password.
 */
final class OwnPool implements PostgresOrigin {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Longer than any statement may take, so that only a peer that is gone is given up. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final String url;
  private final String user;
  private final String password;

  OwnPool(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  @Override
  public PostgresSources open(PostgresOptions options) {
    need(
        "org.postgresql.Driver",
        "a store in PostgreSQL needs its driver",
        "org.postgresql:postgresql");
    need(
        "com.zaxxer.hikari.HikariDataSource",
        "a store that makes its own connections needs HikariCP",
        "com.zaxxer:HikariCP, or hand in a DataSource of yours");
    // What names their classes is apart, so that this one can be loaded without them.
    return Pool.open(this, options);
  }

  private static void need(String name, String what, String add) {
    try {
      Class.forName(name, false, OwnPool.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new StoreException(
          what + ", but it is not on the class path: add the dependency " + add, false, e);
    }
  }

  /** The part that needs driver and pool. */
  private static final class Pool {
    static PostgresSources open(OwnPool own, PostgresOptions options) {
      HikariConfig config = new HikariConfig();
      config.setDataSource(source(own));
      config.setPoolName("sequencer " + options.name());
      config.setMaximumPoolSize(options.connections());
      config.setConnectionTimeout(PATIENCE.toMillis());
      try {
        HikariDataSource pool = new HikariDataSource(config);
        return new PostgresSources(pool, source(own), pool::close);
      } catch (HikariPool.PoolInitializationException e) {
        throw new PostgresErrors(options.name()).of(fault(e));
      }
    }

    private static SQLException fault(Throwable thrown) {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException fault) {
          return fault;
        }
      }
      return new SQLException("no connection", "08001");
    }

    private static PGSimpleDataSource source(OwnPool own) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      try {
        source.setUrl(own.url);
      } catch (IllegalArgumentException e) {
        // Its message would show the URL, and its cause with it.
        throw new StoreException(
            "the URL of a PostgreSQL store must be one that its driver can read, but it cannot read"
                + " this one: write it as in jdbc:postgresql://host:5432/database",
            false,
            new IllegalArgumentException("no URL of PostgreSQL"));
      }
      source.setUser(own.user);
      if (!own.password.isEmpty()) {
        source.setPassword(own.password);
      }
      source.setApplicationName("sequencer");
      source.setConnectTimeout((int) PATIENCE.toSeconds());
      source.setSocketTimeout((int) LONGEST_SILENCE.toSeconds());
      source.setTcpKeepAlive(true);
      return source;
    }
  }
}
