package dev.sequencer.jdbc.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sequencer.jdbc.internal.DataFault;
import dev.sequencer.spi.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

final class SqliteErrorsTest {
  private final SqliteErrors errors = new SqliteErrors(Path.of("/data/mail.db"));

  private StoreException fault(SQLiteErrorCode code) {
    return errors.of(new SQLiteException("what SQLite says", code));
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE_BUSY, true",
    "SQLITE_BUSY_SNAPSHOT, true",
    "SQLITE_BUSY_RECOVERY, true",
    "SQLITE_LOCKED, true",
    "SQLITE_FULL, true",
    "SQLITE_IOERR_FSYNC, true",
    "SQLITE_READONLY, false",
    "SQLITE_CANTOPEN, false",
    "SQLITE_CORRUPT, false",
    "SQLITE_NOTADB, false",
    "SQLITE_ERROR, false"
  })
  void whatMayPassIsTransient(SQLiteErrorCode code, boolean passes) {
    StoreException fault = fault(code);
    assertThat(fault.isTransient()).isEqualTo(passes);
    assertThat(fault).hasMessageContaining("/data/mail.db").hasCauseInstanceOf(SQLException.class);
    assertThat(fault).isNotInstanceOf(DataFault.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SQLITE_TOOBIG",
        "SQLITE_CONSTRAINT",
        "SQLITE_CONSTRAINT_TRIGGER",
        "SQLITE_CONSTRAINT_CHECK",
        "SQLITE_MISMATCH",
        "SQLITE_RANGE"
      })
  void whatAValueIsToBlameForIsAFaultOfTheData(String code) {
    StoreException fault = fault(SQLiteErrorCode.valueOf(code));
    assertThat(fault).isInstanceOf(DataFault.class);
    assertThat(fault.isTransient()).isFalse();
  }

  @Test
  void aFileOrFolderThatMayNotBeWrittenIsSaidSo() {
    assertThat(fault(SQLiteErrorCode.SQLITE_READONLY))
        .hasMessage(
            "an SQLite store needs a file and a folder that it may write, but /data/mail.db cannot"
                + " be opened for writing: give this user the right to write both, or name another"
                + " file");
  }

  @Test
  void aFailedWriteDoesNotPretendToKnow() {
    assertThat(fault(SQLiteErrorCode.SQLITE_IOERR))
        .hasMessage(
            "reading or writing /data/mail.db failed, so whether the call was kept is unknown:"
                + " check the disk; calls may be repeated");
  }

  @Test
  void noValueOfAStatementIsEverShown() {
    JdbiException shown =
        catchThrowableOfType(
            JdbiException.class,
            () ->
                Jdbi.create("jdbc:sqlite::memory:")
                    .useHandle(
                        handle ->
                            handle
                                .createUpdate("insert into nowhere values (:address)")
                                .bind("address", "bo@secret.example")
                                .execute()));
    StoreException told = errors.of(shown);
    assertThat(told).hasMessageNotContaining("secret");
    for (Throwable cause = told.getCause(); cause != null; cause = cause.getCause()) {
      assertThat(cause).hasMessageNotContaining("secret");
    }
  }
}
