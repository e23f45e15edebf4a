package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.SchemaFiles;
import dev.sequencer.jdbc.internal.Wording;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The tables and their versions. The files of {@code dev/sequencer/jdbc/sqlite} are applied in
 * their order, each once; which ones were is in the table {@code sequencer_schema}. A schema one
 * version newer than this one is used as it is, so that a host can be updated while its old version
 * runs.
 */
final class SqliteSchema {
  private static final SchemaFiles FILES =
      new SchemaFiles("/dev/sequencer/jdbc/sqlite/", List.of("V1__tables.sql"));

  private final Path file;
  private final Wording wording;

  SqliteSchema(Path file, Wording wording) {
    this.file = file;
    this.wording = wording;
  }

  /** Makes or checks the tables; the caller holds the write lock. */
  void apply(Handle handle, Instant now) {
    handle.execute(
        wording.fill(
            """
            create table if not exists sequencer_schema (
              version    integer primary key,
              name       text    not null,
              applied_at integer not null
            ) strict
            """));
    int stored =
        handle
            .createQuery(wording.fill("select coalesce(max(version), 0) from sequencer_schema"))
            .mapTo(Integer.class)
            .one();
    FILES.checkUsable(file.toString(), stored);
    for (int version = stored + 1; version <= FILES.newest(); version++) {
      handle.createScript(wording.fill(FILES.text(version))).execute();
      handle
          .createUpdate(
              wording.fill(
                  "insert into sequencer_schema (version, name, applied_at)"
                      + " values (:version, :name, :at)"))
          .bind("version", version)
          .bind("name", FILES.name(version))
          .bind("at", now.toEpochMilli())
          .execute();
    }
  }
}
