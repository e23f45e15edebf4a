package dev.sequencer.files;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a configuration keeps everything. Further kinds may come: a {@code switch} over them needs
 * a default.
 */
public sealed interface StoreSettings {
  /** In memory, until the process ends: the default. */
  record Memory() implements StoreSettings {}

  /**
   * In a SQLite file.
   *
   * @param file the file, resolved against the folder of the configuration
   */
  record Sqlite(Path file) implements StoreSettings {
    /** Checks that it is there. */
    public Sqlite {
      Objects.requireNonNull(file, "file");
    }
  }

  /**
   * In a PostgreSQL database, by connections of its own.
   *
   * @param url the JDBC address of the database, without a login
   * @param credentials the reference of the login among {@link Configuration#credentials}
   * @param schema the schema of the tables
   * @param tablePrefix what the names of the tables begin with
   * @param migrate whether missing tables are made, or only named
   * @param connections how many connections are used at a time, at the most
   * @param listen whether the engine hears at once what other nodes leave
   */
  record Postgres(
      String url,
      String credentials,
      String schema,
      String tablePrefix,
      boolean migrate,
      int connections,
      boolean listen)
      implements StoreSettings {
    /** Checks that nothing is missing. */
    public Postgres {
      Objects.requireNonNull(url, "url");
      Objects.requireNonNull(credentials, "credentials");
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(tablePrefix, "tablePrefix");
    }

    /** Gives one with everything else as it is when nothing is said. */
    public static Postgres at(String url, String credentials) {
      return new Postgres(url, credentials, "public", "sequencer_", true, 3, true);
    }
  }
}
