package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.Wording;
import dev.sequencer.spi.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
  /** The files by version: the first is version 1. */
  static final List<String> FILES = List.of("V1__tables.sql");

  private static final String FOLDER = "/dev/sequencer/jdbc/sqlite/";

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
    check(stored);
    for (int version = stored + 1; version <= FILES.size(); version++) {
      String name = FILES.get(version - 1);
      handle.createScript(wording.fill(read(name))).execute();
      handle
          .createUpdate(
              wording.fill(
                  "insert into sequencer_schema (version, name, applied_at)"
                      + " values (:version, :name, :at)"))
          .bind("version", version)
          .bind("name", name)
          .bind("at", now.toEpochMilli())
          .execute();
    }
  }

  private void check(int stored) {
    if (stored > FILES.size() + 1) {
      throw new StoreException(
          "a schema may be at most one version newer than the program that uses it, but "
              + file
              + " has version "
              + stored
              + " and this program knows version "
              + FILES.size()
              + ": update Sequencer");
    }
  }

  private static String read(String name) {
    try (InputStream in = SqliteSchema.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the jar of the store must hold " + FOLDER + name + ", but it does not: build it anew");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
