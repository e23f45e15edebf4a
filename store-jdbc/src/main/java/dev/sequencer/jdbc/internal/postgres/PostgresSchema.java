package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.SchemaFiles;
import dev.sequencer.jdbc.internal.SqlFault;
import dev.sequencer.jdbc.internal.Wording;
import dev.sequencer.spi.store.StoreException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The tables and their versions. The files of {@code dev/sequencer/jdbc/postgres} are applied in
 * their order, each once, by one node at a time; which ones were is in the table {@code
 * sequencer_schema}. A schema one version newer than this one is used as it is, so that nodes can
 * be updated one after another.
 */
public final class PostgresSchema {
  private static final SchemaFiles FILES =
      new SchemaFiles("/dev/sequencer/jdbc/postgres/", List.of("V1__tables.sql"));

  private static final Pattern COMMENTS = Pattern.compile("\\A(\\s*--.*\\n|\\s*\\n)*");

  private final SchemaFiles files;
  private final PostgresOptions options;

  PostgresSchema(PostgresOptions options) {
    this(FILES, options);
  }

  /** Makes one of a program that knows other files. */
  PostgresSchema(SchemaFiles files, PostgresOptions options) {
    this.files = files;
    this.options = options;
  }

  /** Gives the newest version. */
  public static int newest() {
    return FILES.newest();
  }

  /**
   * Gives the statements that bring tables from a version to a later one; 0 is none at all. When
   * they are run they note their own time.
   */
  public static String sql(String schema, String prefix, int from, int to) {
    return sql(
        FILES, schema, prefix, from, to, "(extract(epoch from clock_timestamp()) * 1000)::bigint");
  }

  /** Makes or checks the tables. */
  int apply(Handle handle, Instant now) {
    if (options.migrate()) {
      handle
          .createQuery("select 1 from (select pg_advisory_xact_lock(:key)) as held")
          .bind("key", options.key("schema"))
          .mapTo(Integer.class)
          .one();
    }
    int stored = stored(handle);
    files.checkUsable(options.name(), stored);
    if (stored < files.newest()) {
      if (!options.migrate()) {
        throw missing(stored);
      }
      run(
          handle,
          sql(
              files,
              options.schema(),
              options.prefix(),
              stored,
              files.newest(),
              Long.toString(now.toEpochMilli())));
    }
    return stored;
  }

  private static void run(Handle handle, String script) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.execute(script);
    } catch (SQLException e) {
      throw new SqlFault(e);
    }
  }

  private int stored(Handle handle) {
    boolean made =
        handle
            .createQuery("select to_regclass(:name) is not null")
            .bind("name", options.qualified() + "schema")
            .mapTo(Boolean.class)
            .one();
    return made
        ? handle
            .createQuery("select coalesce(max(version), 0) from " + options.qualified() + "schema")
            .mapTo(Integer.class)
            .one()
        : 0;
  }

  /**
   * Gives the statements that bring tables from a version to a later one; 0 is none at all.
   *
   * @param files what the program knows
   * @param now gives the instant that is noted as that of the change
   */
  private static String sql(
      SchemaFiles files, String schema, String prefix, int from, int to, String now) {
    String qualified = '"' + schema + "\"." + prefix;
    StringBuilder script = new StringBuilder();
    if (from == 0) {
      script.append(before(schema, qualified));
    }
    for (int version = from + 1; version <= to; version++) {
      script
          .append(files.text(version).replace(Wording.PREFIX, qualified).replace("@", prefix))
          .append("\ninsert into ")
          .append(qualified)
          .append("schema (version, name, applied_at) values (")
          .append(version)
          .append(", '")
          .append(files.name(version))
          .append("', ")
          .append(now)
          .append(");\n");
    }
    return script.toString();
  }

  /** A schema that is there needs no right to make one, so it is only made when it is not. */
  private static String before(String schema, String qualified) {
    return "do $$ begin if not exists (select 1 from pg_namespace where nspname = '"
        + schema
        + "') then create schema \""
        + schema
        + "\"; end if; end $$;\n\ncreate table "
        + qualified
        + "schema (\n"
        + "  version    integer primary key,\n"
        + "  name       text    not null,\n"
        + "  applied_at bigint  not null\n"
        + ");\n\n";
  }

  private StoreException missing(int stored) {
    return new StoreException(
        "the tables of the store must have version "
            + files.newest()
            + ", but those of "
            + options.name()
            + " have version "
            + stored
            + " and this store only checks: run as the owner of the schema what JdbcSchema.sql("
            + stored
            + ", "
            + files.newest()
            + ", \""
            + options.schema()
            + "\", \""
            + options.prefix()
            + "\") gives, which begins with: "
            + firstStatement(stored));
  }

  private String firstStatement(int stored) {
    String script = sql(files, options.schema(), options.prefix(), stored, files.newest(), "0");
    if (stored == 0) {
      return script.substring(0, script.indexOf(';', script.indexOf("create table")) + 1);
    }
    String statements = COMMENTS.matcher(script).replaceFirst("");
    return statements.substring(0, statements.indexOf(';') + 1);
  }
}
