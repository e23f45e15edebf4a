package dev.sequencer.tck.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A PostgreSQL server of one test, which may be stopped and started again with the same data on the
 * same port. Its needs are those of {@link PostgresServer}. Used by one thread.
 */
public final class RestartedServer implements AutoCloseable {
  private final Path data;
  private EmbeddedPostgres server;
  private final HikariDataSource pool;

  private RestartedServer(Path data, EmbeddedPostgres server) {
    this.data = data;
    this.server = server;
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:postgresql://localhost:" + server.getPort() + "/postgres");
    config.setUsername("postgres");
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(Duration.ofMillis(500).toMillis());
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
  }

  /**
   * Starts one.
   *
   * @param data an empty folder
   */
  public static RestartedServer start(Path data) {
    return new RestartedServer(data, start(data, 0));
  }

  private static EmbeddedPostgres start(Path data, int port) {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setPort(port)
          .setServerConfig("fsync", "off")
          .setServerConfig("max_connections", "40")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a pool of connections to it, which goes on over restarts. */
  public HikariDataSource source() {
    return pool;
  }

  /** Stops it: connections are cut and transactions rolled back, as by an operator's restart. */
  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again. */
  public void startAgain() {
    server = start(data, server.getPort());
  }

  /** Ends the pool and the server. */
  @Override
  public void close() {
    pool.close();
    stop();
  }
}
