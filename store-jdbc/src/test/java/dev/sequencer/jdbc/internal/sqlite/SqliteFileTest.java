package dev.sequencer.jdbc.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteFileTest {
  @TempDir private Path folder;

  private SqliteFile file(OptionalLong maxPageCount) {
    return new SqliteFile(
        new SqliteOptions(
            folder.resolve("mail.db"), "sequencer_", Duration.ofMillis(50), maxPageCount));
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    return SqliteFile.text(connection, "pragma " + name);
  }

  @Test
  @DisplayName("K8 the connection that writes waits for the disk")
  void theWriterIsDurable() throws SQLException {
    try (Connection writer = file(OptionalLong.empty()).openWriter()) {
      assertThat(pragma(writer, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(writer, "synchronous")).isEqualTo("2");
      assertThat(pragma(writer, "fullfsync")).isEqualTo("1");
      assertThat(pragma(writer, "checkpoint_fullfsync")).isEqualTo("1");
    }
  }

  @Test
  @DisplayName("K21 the log beside the file does not grow without end")
  void theLogHasASizeLimit() throws SQLException {
    try (Connection writer = file(OptionalLong.empty()).openWriter()) {
      assertThat(pragma(writer, "journal_size_limit")).isEqualTo("67108864");
    }
  }

  @Test
  void theLimitsOfTheOptionsAreSet() throws SQLException {
    try (Connection writer = file(OptionalLong.of(123)).openWriter()) {
      assertThat(pragma(writer, "max_page_count")).isEqualTo("123");
      assertThat(pragma(writer, "busy_timeout")).isEqualTo("50");
    }
  }

  @Test
  void aReaderCannotWrite() throws SQLException {
    file(OptionalLong.empty()).openWriter().close();
    try (Connection reader = file(OptionalLong.empty()).openReader()) {
      assertThatThrownBy(() -> SqliteFile.execute(reader, "create table t (x)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("READONLY");
    }
  }

  @Test
  @DisplayName("K8 a driver that does not let the store wait for the disk is refused")
  void lessThanFullIsRefused() {
    SqliteFile file = file(OptionalLong.empty());
    assertThatCode(() -> file.checkSynchronous(2)).doesNotThrowAnyException();
    assertThatCode(() -> file.checkSynchronous(3)).doesNotThrowAnyException();
    assertThatThrownBy(() -> file.checkSynchronous(1))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "an attempt must be on disk before its mail leaves, but synchronous is 1 instead of 2"
                + " (FULL) on %s: use a driver that lets the store set it",
            folder.resolve("mail.db"));
  }

  @Test
  void theDriverBringsSqlite337OrNewer() {
    SqliteFile file = file(OptionalLong.empty());
    assertThatCode(() -> file.checkVersion("3.37.0")).doesNotThrowAnyException();
    assertThatCode(() -> file.checkVersion("4.0")).doesNotThrowAnyException();
    for (String old : List.of("3.36.0.3", "2.99", "unknown")) {
      assertThatThrownBy(() -> file.checkVersion(old))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "an SQLite store needs SQLite 3.37 or newer, but the driver brings %s: use a newer"
                  + " org.xerial:sqlite-jdbc",
              old);
    }
  }

  @Test
  void aFileThatStaysInAnotherJournalModeIsRefused() {
    SqliteFile file = file(OptionalLong.empty());
    assertThatCode(() -> file.checkMode("wal")).doesNotThrowAnyException();
    assertThatThrownBy(() -> file.checkMode("memory"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "an SQLite store needs write-ahead logging, but %s stays in journal mode 'memory': put"
                + " it on a local disk (not a network share), and not into memory",
            folder.resolve("mail.db"));
  }
}
