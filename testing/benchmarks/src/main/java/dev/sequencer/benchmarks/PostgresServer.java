package dev.sequencer.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;

/** A PostgreSQL server: one of our own in a folder that is gone afterwards, or one that runs. */
final class PostgresServer implements AutoCloseable {
  /** As on a small server; all that guards data is left as it is. */
  private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

  static {
    SETTINGS.put("shared_buffers", "1GB");
    SETTINGS.put("max_wal_size", "4GB");
    SETTINGS.put("wal_compression", "on");
    SETTINGS.put("checkpoint_timeout", "15min");
    SETTINGS.put("effective_io_concurrency", "16");
    SETTINGS.put("max_connections", "100");
    SETTINGS.put("fsync", "on");
    SETTINGS.put("synchronous_commit", "on");
    SETTINGS.put("full_page_writes", "on");
  }

  private final UnaryOperator<String> urls;
  private final AutoCloseable server;
  private final String settings;
  private int databases;

  private PostgresServer(UnaryOperator<String> urls, AutoCloseable server, String settings) {
    this.urls = urls;
    this.server = server;
    this.settings = settings;
  }

  /**
   * Uses a server that runs already.
   *
   * @param url leads to it as a role that may make databases, with {@code %s} for the database
   */
  static PostgresServer running(String url) {
    return new PostgresServer(
        database -> url.replace("%s", database), () -> {}, "settings of its own");
  }

  static PostgresServer start() {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60));
    SETTINGS.forEach(builder::setServerConfig);
    try {
      EmbeddedPostgres server = builder.start();
      StringJoiner settings = new StringJoiner(", ");
      SETTINGS.forEach((name, value) -> settings.add(name + "=" + value));
      return new PostgresServer(
          database -> server.getJdbcUrl("postgres", database), server, settings.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the settings that were chosen and the version, for the reader of the figures. */
  String description() {
    try (Connection connection = connect("postgres")) {
      return "PostgreSQL " + text(connection, "show server_version") + ": " + settings;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes an empty database. */
  Database database() {
    String name = "bench_" + ProcessHandle.current().pid() + "_" + databases++;
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new Database(this, name);
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }

  String url(String database) {
    return urls.apply(database);
  }

  static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("the PostgreSQL server did not stop", e);
    }
  }

  /** One database; dropped when it is closed. */
  static final class Database implements AutoCloseable {
    private final PostgresServer server;
    private final String name;

    private Database(PostgresServer server, String name) {
      this.server = server;
      this.name = name;
    }

    String url() {
      return server.url(name);
    }

    Connection connect() throws SQLException {
      return server.connect(name);
    }

    HikariDataSource pool(int connections) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(server.url(name));
      config.setMaximumPoolSize(connections);
      return new HikariDataSource(config);
    }

    /** Brings tables into the state in which a running server would have them. */
    void settle() {
      execute("vacuum analyze");
      execute("checkpoint");
    }

    void execute(String sql) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    String text(String query) {
      try (Connection connection = connect()) {
        return PostgresServer.text(connection, query);
      } catch (SQLException e) {
        throw new IllegalStateException(query, e);
      }
    }

    @Override
    public void close() {
      try (Connection connection = server.connect("postgres");
          Statement statement = connection.createStatement()) {
        statement.execute("drop database " + name + " with (force)");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
