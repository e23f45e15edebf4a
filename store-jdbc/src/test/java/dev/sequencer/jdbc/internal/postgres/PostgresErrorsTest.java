package dev.sequencer.jdbc.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.StoreException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "26000, false, prepareThreshold=0",
    "42P05, false, prepareThreshold=0",
    "28000, false, correct them",
    "28P01, false, correct them",
    "3D000, false, correct them",
    "3F000, false, migrate(true)",
    "42501, false, grant select",
    "40001, true, may be repeated",
    "55P03, true, lock_timeout",
    "57014, true, statement_timeout",
    "57P01, true, check the server",
    "08006, true, check the server",
    "25006, true, name the primary",
    "XX000, false, could not do what the store asked"
  })
  void eachKindSaysWhatToDoAndNeverWhatTheServerSaid(String state, boolean passing, String words) {
    StoreException told =
        new PostgresErrors("schema mail").of(new SQLException("bo@example.com is there", state));
    assertThat(told).hasMessageContaining(words).hasMessageContaining("schema mail");
    assertThat(told.isTransient()).isEqualTo(passing);
    assertThat(told).hasStackTraceContaining(state);
    assertThat(told.getMessage() + told.getCause().getMessage()).doesNotContain("bo@example.com");
  }
}
