package dev.sequencer.jdbc;

import dev.sequencer.jdbc.internal.JdbcHandle;
import dev.sequencer.jdbc.internal.Wording;
import dev.sequencer.jdbc.internal.postgres.PostgresDatabase;
import dev.sequencer.jdbc.internal.postgres.PostgresOptions;
import dev.sequencer.jdbc.internal.postgres.PostgresOrigin;
import dev.sequencer.jdbc.internal.sqlite.SqliteDatabase;
import dev.sequencer.jdbc.internal.sqlite.SqliteOptions;
import dev.sequencer.spi.HostTransaction;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** A store in an SQL database. Immutable and safe for use by several threads. */
public abstract sealed class JdbcStore implements Store {
  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,30}");

  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private static final Pattern LOGIN = Pattern.compile("@|[?&](user|password)=");

  private JdbcStore() {}

  /**
   * Gives a store in an SQLite file, which is made when the store is opened. Several processes may
   * use one file on a local disk, and it may be a file of the host's own: the names of all tables
   * begin with {@code sequencer_}. The file is switched to write-ahead logging, so SQLite keeps a
   * {@code -wal} and a {@code -shm} file beside it; copy it with SQLite's own backup or while
   * nothing uses it.
   *
   * <p>The tables are those of the SQL files in {@code dev/sequencer/jdbc/sqlite} of the jar, in
   * their order; which of them were applied is in the table {@code sequencer_schema}. A file whose
   * schema is one version newer than this program is used, one that is newer still is refused.
   *
   * <p>Needs the driver {@code org.xerial:sqlite-jdbc} on the class path, with SQLite 3.37 or
   * newer.
   *
   * @param file the file
   */
  public static Sqlite sqlite(Path file) {
    return new Sqlite(
        new SqliteOptions(
            real(Objects.requireNonNull(file, "file").toAbsolutePath().normalize()),
            Wording.PREFIX,
            Duration.ofSeconds(5),
            OptionalLong.empty()));
  }

  /**
   * Gives a store in a PostgreSQL database (14 or newer), for any number of nodes. Its tables are
   * in the schema {@code public} unless another one is named; the names of all begin with {@code
   * sequencer_}. They are those of the SQL files in {@code dev/sequencer/jdbc/postgres} of the jar,
   * and are made when the store is opened.
   *
   * <p>At most 3 connections are used at a time, and one more is kept to {@link Postgres#listen}
   * on. They are given back after each transaction and are left as they came, so a pool that the
   * host shares will do, and one behind a pooler that gives another connection to each transaction.
   *
   * <p>Needs the driver {@code org.postgresql:postgresql} on the class path.
   *
   * @param source gives connections; left open when the store is closed
   */
  public static Postgres postgres(DataSource source) {
    return new Postgres(
        PostgresOrigin.given(Objects.requireNonNull(source, "source")), PostgresOptions.USUAL);
  }

  /**
   * Gives the same by connections of the store's own: each engine that opens it has a pool of as
   * many connections as {@link Postgres#connections} says and one beside it to listen on. They give
   * up a server that does not take a connection within 10 seconds or is silent for 30, and are
   * closed with the engine.
   *
   * <p>Needs {@code com.zaxxer:HikariCP} on the class path as well.
   *
   * @param url the address of the database, such as {@code jdbc:postgresql://db.example/app}, with
   *     parameters of the driver but without a login
   * @param user the name to log in by
   * @param password its password, kept and never shown; empty for none
   * @throws IllegalArgumentException when the URL is none of PostgreSQL's or has a login in it
   */
  public static Postgres postgres(String url, String user, String password) {
    return new Postgres(
        PostgresOrigin.own(
            checkedUrl(url),
            Objects.requireNonNull(user, "user"),
            Objects.requireNonNull(password, "password")),
        PostgresOptions.USUAL);
  }

  /** Never shows one that is refused: it may hold a password at any place. */
  private static String checkedUrl(String url) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "the URL of a PostgreSQL store must begin with 'jdbc:postgresql:', but this one does"
              + " not: write it as in jdbc:postgresql://host:5432/database");
    }
    if (LOGIN.matcher(url).find()) {
      throw new IllegalArgumentException(
          "the URL of a PostgreSQL store must have no login in it, but this one has: hand in user"
              + " and password apart, where they are not shown");
    }
    return url;
  }

  /** Gives the path behind links, so that two ways to one file are one. */
  private static Path real(Path file) {
    try {
      if (Files.exists(file)) {
        return file.toRealPath();
      }
      Path folder = file.getParent();
      Path name = file.getFileName();
      return folder == null || name == null || !Files.exists(folder)
          ? file
          : folder.toRealPath().resolve(name);
    } catch (IOException e) {
      // Opening says what is wrong with it.
      return file;
    }
  }

  static String checkedPrefix(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "a table prefix must be 1 to 31 lower-case letters, digits and underscores and begin with"
              + " a letter, but is '"
              + prefix
              + "'");
    }
    return prefix;
  }

  static String checkedSchema(String name) {
    if (!SCHEMA.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a schema must be 1 to 63 lower-case letters, digits and underscores and begin with a"
              + " letter or an underscore, but is '"
              + name
              + "'");
    }
    return name;
  }

  private static Connection connection(HostTransaction transaction) {
    if (transaction instanceof JdbcTransaction jdbc) {
      return jdbc.connection();
    }
    throw new IllegalStateException(
        "a JDBC store takes part only in a transaction on a JDBC connection, but this one is a "
            + transaction.getClass().getName()
            + ": use JdbcTransaction.of(connection)");
  }

  /** A store in a PostgreSQL database. */
  public static final class Postgres extends JdbcStore {
    private final PostgresOrigin origin;
    private final PostgresOptions options;

    private Postgres(PostgresOrigin origin, PostgresOptions options) {
      this.origin = origin;
      this.options = options;
    }

    private Postgres with(PostgresOptions other) {
      return new Postgres(origin, other);
    }

    /**
     * Gives the same with its tables in another schema; default {@code public}. A schema that is
     * not there is made, unless {@link #migrate} is off.
     *
     * @throws IllegalArgumentException when it is not 1 to 63 lower-case letters, digits and
     *     underscores that begin with a letter or an underscore
     */
    public Postgres schema(String name) {
      return with(options.withSchema(checkedSchema(name)));
    }

    /**
     * Gives the same with another prefix of its table names; default {@code sequencer_}. Two stores
     * with different prefixes may share a schema.
     *
     * @throws IllegalArgumentException when it is not 1 to 31 lower-case letters, digits and
     *     underscores that begin with a letter
     */
    public Postgres tablePrefix(String prefix) {
      return with(options.withPrefix(checkedPrefix(prefix)));
    }

    /**
     * Gives the same that makes missing tables when it is opened, which is the default, or that
     * only checks them: then its user needs no other rights than to read and write rows.
     */
    public Postgres migrate(boolean migrate) {
      return with(options.withMigrate(migrate));
    }

    /**
     * Gives the same with another number of connections that each engine uses at a time, at the
     * most; default 3. The one to {@link #listen} on is not among them.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public Postgres connections(int most) {
      if (most < 1) {
        throw new IllegalArgumentException(
            "a store needs at least 1 connection, but may use " + most);
      }
      return with(options.withConnections(most));
    }

    /**
     * Gives the same that hears at once when another engine leaves work, which is the default, or
     * that does not. A started engine keeps one more connection for it, on which it listens; the
     * others call with {@code NOTIFY} after they have committed, at most every 50 ms each. An
     * engine that does not listen finds the work of others within a second, one that would but
     * cannot, as behind a pooler in transaction mode, within a quarter of a second.
     */
    public Postgres listen(boolean listen) {
      return with(options.withListen(listen));
    }

    /**
     * Gives the same that listens on a connection of another source, such as one that goes round a
     * pooler. One connection of it is kept from start to stop; it must lead to the same database.
     */
    public Postgres listenOn(DataSource direct) {
      return new Postgres(
          origin.listeningOn(Objects.requireNonNull(direct, "direct")), options.withListen(true));
    }

    @Override
    public StoreHandle open(StoreSetup setup) {
      PostgresDatabase database =
          PostgresDatabase.open(origin.open(options), options, setup.clock(), setup.node());
      try {
        return new JdbcHandle(database, database.clock(setup.clock()), JdbcStore::connection);
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    }

    /** Names the tables. */
    @Override
    public String toString() {
      return "JdbcStore.postgres(schema "
          + options.schema()
          + ", tables "
          + options.prefix()
          + "*)";
    }
  }

  /** A store in an SQLite file. */
  public static final class Sqlite extends JdbcStore {
    private final SqliteOptions options;

    private Sqlite(SqliteOptions options) {
      this.options = options;
    }

    /**
     * Gives the same with another prefix of its table names; default {@code sequencer_}. Two stores
     * with different prefixes may share a file.
     *
     * @throws IllegalArgumentException when it is not 1 to 31 lower-case letters, digits and
     *     underscores that begin with a letter
     */
    public Sqlite tablePrefix(String prefix) {
      return new Sqlite(
          new SqliteOptions(
              options.file(),
              checkedPrefix(prefix),
              options.busyTimeout(),
              options.maxPageCount()));
    }

    /**
     * Gives the same with another time for which another process, or a transaction of the host, may
     * hold the file before a call fails with a {@link dev.sequencer.spi.store.StoreException} that
     * is transient; default 5 seconds.
     *
     * @throws IllegalArgumentException when it is not between 1 millisecond and 1 hour
     */
    public Sqlite busyTimeout(Duration timeout) {
      if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            "a busy time-out must be between 1 ms and 1 h, but is " + timeout);
      }
      return new Sqlite(
          new SqliteOptions(options.file(), options.prefix(), timeout, options.maxPageCount()));
    }

    /**
     * Gives the same with a limit to the pages of the file (4,096 bytes each unless the file says
     * otherwise); default none. When it is reached calls that need more room fail with a {@link
     * dev.sequencer.spi.store.StoreException} that is transient, as on a full disk.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public Sqlite maxPageCount(long pages) {
      if (pages < 1) {
        throw new IllegalArgumentException(
            "a file must have room for at least 1 page, but the limit is " + pages);
      }
      return new Sqlite(
          new SqliteOptions(
              options.file(), options.prefix(), options.busyTimeout(), OptionalLong.of(pages)));
    }

    @Override
    public StoreHandle open(StoreSetup setup) {
      SqliteDatabase database = SqliteDatabase.open(options, setup.clock().instant());
      try {
        return new JdbcHandle(database, setup.clock(), JdbcStore::connection);
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    }

    /** Names the file. */
    @Override
    public String toString() {
      return "JdbcStore.sqlite(" + options.file() + ")";
    }
  }
}
