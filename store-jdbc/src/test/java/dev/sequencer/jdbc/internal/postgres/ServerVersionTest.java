package dev.sequencer.jdbc.internal.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerVersionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PostgreSQL 14.0 on x86_64-pc-linux-gnu, compiled by gcc",
        "PostgreSQL 18.4 (Debian 18.4-1) on aarch64-unknown-linux-gnu",
        "PostgreSQL 100.1 on a machine to come"
      })
  void postgres14AndNewerIsTaken(String said) {
    assertThatCode(() -> ServerVersion.check(said, "schema mail")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PostgreSQL 13.99 on x86_64-pc-linux-gnu",
        "PostgreSQL 9.6.24 on x86_64-pc-linux-gnu",
        "CockroachDB CCL v25.1.0 (x86_64-pc-linux-gnu)",
        "PostgreSQL 15.2-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu",
        "something else",
        ""
      })
  void whatIsOlderOrAnotherServerIsRefused(String said) {
    assertThatThrownBy(() -> ServerVersion.check(said, "schema mail"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "the server must be PostgreSQL 14 or newer, but that of schema mail says '%s': name"
                + " another one",
            said);
  }

  @Test
  void aLongAnswerIsCut() {
    assertThatThrownBy(() -> ServerVersion.check("x".repeat(61), "schema mail"))
        .hasMessageContaining("'" + "x".repeat(60) + "'");
  }
}
