package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.tck.store.ManualClock;
import dev.sequencer.tck.store.StoreBench;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("mail.db");
  }

  private void openAndClose() {
    JdbcStore.sqlite(file()).open(new StoreSetup(ManualClock.at(StoreBench.START), "ann")).close();
  }

  @Test
  void theHistoryNamesEachFileOnce() throws SQLException {
    openAndClose();
    openAndClose();
    try (OtherConnection look = OtherConnection.open(file())) {
      assertThat(
              look.text(
                  "select group_concat(version || ' ' || name || ' ' || applied_at) from"
                      + " sequencer_schema"))
          .isEqualTo("1 V1__tables.sql " + StoreBench.START.toEpochMilli());
    }
  }

  @Test
  void theFilesAreInTheJarAtTheirPlace() {
    assertThat(JdbcStore.class.getResource("/dev/sequencer/jdbc/sqlite/V1__tables.sql"))
        .isNotNull();
  }

  @Test
  void aSchemaOneVersionNewerIsUsedAndTwoVersionsNewerIsRefused() throws SQLException {
    openAndClose();
    try (OtherConnection other = OtherConnection.open(file())) {
      other.run("insert into sequencer_schema values (2, 'V2__next.sql', 0)");
      openAndClose();
      other.run("insert into sequencer_schema values (3, 'V3__after.sql', 0)");
    }
    assertThatThrownBy(this::openAndClose)
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "a schema may be at most one version newer than the program that uses it, but %s has"
                + " version 3 and this program knows version 1: update Sequencer",
            file().toAbsolutePath());
  }

  @Test
  void theStoreLivesInTheHostsOwnFileBesideItsTables() throws SQLException {
    try (OtherConnection host = OtherConnection.open(file())) {
      host.run("create table users (id integer primary key, email text)")
          .run("insert into users values (7, 'bo@x.example')");
      try (StoreBench bench = new StoreBench(JdbcStore.sqlite(file()))) {
        assertThat(bench.enroll(bench.row("bo@x.example"))).isEqualTo(1);
      }
      assertThat(host.text("select email from users")).isEqualTo("bo@x.example");
    }
  }

  @Test
  void twoStoresWithDifferentPrefixesShareAFileAndNothingElse() {
    JdbcStore.Sqlite store = JdbcStore.sqlite(file());
    try (StoreBench one = new StoreBench(store.tablePrefix("one_"));
        StoreBench two = new StoreBench(store.tablePrefix("two_"))) {
      one.enroll(one.row("bo@x.example"));
      assertThat(two.claim()).isEmpty();
      assertThat(one.claim()).hasSize(1);
      assertThat(one.handle().messageKey()).isNotEqualTo(two.handle().messageKey());
    }
  }

  @Test
  void allNamesBeginWithThePrefix() throws SQLException {
    JdbcStore.sqlite(file())
        .tablePrefix("mail_")
        .open(new StoreSetup(ManualClock.at(StoreBench.START), "ann"))
        .close();
    try (OtherConnection look = OtherConnection.open(file())) {
      assertThat(
              look.text(
                  "select group_concat(name) from sqlite_schema where name not like 'mail\\_%'"
                      + " escape '\\' and name not like 'sqlite\\_%' escape '\\'"))
          .isEqualTo("null");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mail_", "1mail_", "mail-", "mail_; drop table x", "_mail"})
  void aPrefixThatIsNoPartOfANameIsRefused(String prefix) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcStore.sqlite(file()).tablePrefix(prefix))
        .withMessage(
            "a table prefix must be 1 to 31 lower-case letters, digits and underscores and begin"
                + " with a letter, but is '%s'",
            prefix);
  }

  @Test
  void aPrefixHasUpTo31CharactersNot32() {
    String longest = "a".repeat(31);
    assertThat(JdbcStore.sqlite(file()).tablePrefix(longest)).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcStore.sqlite(file()).tablePrefix(longest + "a"));
  }
}
