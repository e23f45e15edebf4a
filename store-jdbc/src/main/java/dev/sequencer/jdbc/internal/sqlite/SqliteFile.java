package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.spi.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Opens connections to one file, each with the settings that the store's promises need. */
final class SqliteFile {
  private static final String DRIVER = "org.sqlite.JDBC";
  private static final int SYNCHRONOUS_FULL = 2;
  private static final Pattern VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");
  private static final int OLDEST = 3_037;

  private final SqliteOptions options;
  private final SqliteErrors errors;

  SqliteFile(SqliteOptions options) {
    this.options = options;
    this.errors = new SqliteErrors(options.file());
  }

  Path path() {
    return options.file();
  }

  SqliteErrors errors() {
    return errors;
  }

  /** Says in words what the driver would only give a code for. */
  void check() {
    try {
      Class.forName(DRIVER);
    } catch (ClassNotFoundException e) {
      throw new StoreException(
          "a store in an SQLite file needs the SQLite driver, but it is not on the class path: add"
              + " the dependency org.xerial:sqlite-jdbc",
          false,
          e);
    }
    Path file = options.file();
    Path folder = file.getParent();
    if (Files.isDirectory(file)) {
      throw refused("is a folder: name a file in it");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw refused("lies in a folder that does not exist: make the folder first");
    }
    if (!Files.isWritable(folder)) {
      throw refused(
          "lies in a folder that may not be written (SQLite keeps two more files beside it): give"
              + " this user the right to write the folder, or name another file");
    }
    if (Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file))) {
      throw refused(
          "may not be read and written: give this user the right to do both, or name another file");
    }
  }

  private StoreException refused(String why) {
    return new StoreException(
        "an SQLite store needs a file that it may write, but " + options.file() + " " + why);
  }

  /** Opens the connection that writes. */
  Connection openWriter() {
    return open(
        connection -> {
          checkVersion(text(connection, "select sqlite_version()"));
          checkMode(text(connection, "pragma journal_mode = wal"));
          execute(connection, "pragma synchronous = full");
          checkSynchronous(Integer.parseInt(text(connection, "pragma synchronous")));
          // Where the system has it (macOS): a commit reaches the disk, not only its cache.
          execute(connection, "pragma fullfsync = on");
          execute(connection, "pragma checkpoint_fullfsync = on");
          execute(connection, "pragma wal_autocheckpoint = 8000");
          execute(connection, "pragma journal_size_limit = 67108864");
          execute(connection, "pragma cache_size = -32768");
          if (options.maxPageCount().isPresent()) {
            execute(connection, "pragma max_page_count = " + options.maxPageCount().getAsLong());
          }
        });
  }

  /** Opens a connection that reads and cannot write. */
  Connection openReader() {
    return open(connection -> execute(connection, "pragma query_only = on"));
  }

  private Connection open(Setting settings) {
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", Long.toString(options.busyTimeout().toMillis()));
    Connection connection = null;
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + options.file(), properties);
      settings.apply(connection);
      return connection;
    } catch (SQLException e) {
      close(connection);
      throw errors.of(e);
    } catch (RuntimeException e) {
      close(connection);
      throw e;
    }
  }

  /** Strict tables came with 3.37. */
  void checkVersion(String version) {
    Matcher numbers = VERSION.matcher(version);
    boolean known =
        numbers.lookingAt()
            && Integer.parseInt(numbers.group(1)) * 1_000 + Integer.parseInt(numbers.group(2))
                >= OLDEST;
    if (!known) {
      throw new StoreException(
          "an SQLite store needs SQLite 3.37 or newer, but the driver brings "
              + version
              + ": use a newer org.xerial:sqlite-jdbc");
    }
  }

  /** Write-ahead logging: readers do not stop the writer, and a commit is one write. */
  void checkMode(String mode) {
    if (!mode.equalsIgnoreCase("wal")) {
      throw new StoreException(
          "an SQLite store needs write-ahead logging, but "
              + options.file()
              + " stays in journal mode '"
              + mode
              + "': put it on a local disk (not a network share), and not into memory");
    }
  }

  /** Begin must be durable (KERNEL K8): with less a power cut undoes it after the mail has left. */
  void checkSynchronous(int level) {
    if (level < SYNCHRONOUS_FULL) {
      throw new StoreException(
          "an attempt must be on disk before its mail leaves, but synchronous is "
              + level
              + " instead of 2 (FULL) on "
              + options.file()
              + ": use a driver that lets the store set it");
    }
  }

  /** Names the file itself, not its path: another file put in its place has another name. */
  Optional<Object> identity() {
    try {
      return Optional.ofNullable(
          Files.readAttributes(options.file(), BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      throw new StoreException(
          "an SQLite file must stay where it is while it is used, but "
              + options.file()
              + " is gone: put it back, or end this process",
          true,
          e);
    }
  }

  /** Gives the files that SQLite keeps beside this one while it is open, with what names them. */
  Map<Path, Object> beside() {
    Map<Path, Object> found = new HashMap<>();
    for (String suffix : List.of("-wal", "-shm")) {
      Path path = Path.of(options.file() + suffix);
      key(path).ifPresent(key -> found.put(path, key));
    }
    return found;
  }

  /** Removes those files, if they are still the same ones. */
  void removeBeside(Map<Path, Object> old) {
    old.forEach(
        (path, key) -> {
          if (key(path).equals(Optional.of(key))) {
            try {
              Files.deleteIfExists(path);
            } catch (IOException e) {
              throw new StoreException(
                  "what SQLite keeps beside an old file must not be beside the one in its place,"
                      + " but "
                      + path
                      + " cannot be removed: remove it",
                  true,
                  e);
            }
          }
        });
  }

  private static Optional<Object> key(Path path) {
    try {
      return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It could not be opened right; that is what the caller is told.
      }
    }
  }

  /** What is set on a new connection. */
  @FunctionalInterface
  private interface Setting {
    void apply(Connection connection) throws SQLException;
  }
}
