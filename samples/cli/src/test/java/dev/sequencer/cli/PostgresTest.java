package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.cli.Project.Outcome;
import dev.sequencer.tck.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A project whose store is in PostgreSQL, and the statements that make its tables. */
class PostgresTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String SECRET = "s3cr3t-word";

  @TempDir private Path folder;

  private Project project(String schema, String more) {
    return Project.example(folder)
        .replace(
            "sequencer.yaml",
            "store: {sqlite: ./sequencer.db}",
            "store: {postgres: {url: \""
                + SERVER.url()
                + "\", schema: "
                + schema
                + ", "
                + more
                + "}}")
        .with("DB_PASSWORD", SECRET);
  }

  private static String ask(String query) throws SQLException {
    try (Connection connection = SERVER.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void run(String script) throws SQLException {
    try (Connection connection = SERVER.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(script);
    }
  }

  @Test
  void contactsAreEnrolledThereAndNoConnectionIsLeft() throws Exception {
    Project project = project(SERVER.freshSchema(), "user: postgres, password: \"${DB_PASSWORD}\"");
    Outcome enrolled =
        project.run("enroll", "onboarding", "--contacts", project.file("contacts.csv"));
    assertThat(enrolled.err()).doesNotContain(SECRET);
    assertThat(enrolled.code()).isZero();
    Outcome status = project.run("status", "--json");
    assertThat(status.json("store").toString())
        .startsWith(SERVER.url() + ", schema s")
        .doesNotContain(SECRET);
    assertThat(project.run("enrollment", "1", "--json").json("status")).isEqualTo("active");
    assertThat(ask("select count(*) from pg_stat_activity where application_name = 'sequencer'"))
        .isEqualTo("0");
  }

  @Test
  void aServerThatRefusesIsToldInWordsWithoutThePassword() {
    Project project =
        project(SERVER.freshSchema(), "user: nobody_known, password: \"${DB_PASSWORD}\"");
    Outcome outcome = project.run("status");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("it refused the connection", "SQLSTATE 28000")
        .doesNotContain(SECRET);
  }

  @Test
  void aLoginOfTheEnvironmentThatIsNotThereIsNamed() {
    Outcome outcome = project(SERVER.freshSchema(), "credentials: db").run("status");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.errors())
        .containsExactly(
            "sequencer: the store needs user and password, but there are none under 'db': set the"
                + " variables SEQUENCER_..._USER and SEQUENCER_..._PASSWORD");
  }

  @Test
  void aStoreThatOnlyChecksNeedsWhatSchemaWrites() throws Exception {
    String schema = SERVER.freshSchema();
    Project project =
        project(
            schema,
            "tablePrefix: mail_, migrate: false, user: postgres, password: \"${DB_PASSWORD}\"");
    Outcome missing = project.run("status");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("create table \"" + schema + "\".mail_schema");
    Outcome script = project.run("schema", "--schema", schema, "--prefix", "mail_");
    assertThat(script.err()).isEmpty();
    assertThat(script.code()).isZero();
    run(script.out());
    assertThat(project.run("status").code()).isZero();
  }

  @Test
  void theStatementsAreThoseOfAllVersionsInPublicUnlessSaidOtherwise() {
    Project project = Project.empty(folder);
    Outcome script = project.run("schema");
    assertThat(script.code()).isZero();
    assertThat(script.out())
        .contains("create table \"public\".sequencer_schema")
        .isEqualTo(project.run("schema", "--from", "0", "--to", "1").out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --from   | -1    | 1 | at most 1, but were asked for from -1 to 1
          --from   | 1     | 1 | at most 1, but were asked for from 1 to 1
          --to     | 0     | 1 | at most 1, but were asked for from 0 to 0
          --to     | 2     | 1 | at most 1, but were asked for from 0 to 2
          --schema | My    | 1 | a schema must be 1 to 63 lower-case letters
          --schema | a"b   | 1 | a schema must be 1 to 63 lower-case letters
          --schema | ''    | 1 | a schema must be 1 to 63 lower-case letters
          --prefix | _mail | 1 | a table prefix must be 1 to 31 lower-case letters
          --prefix | a;b   | 1 | a table prefix must be 1 to 31 lower-case letters
          --from   | one   | 2 | --from
          --to     | 1.5   | 2 | --to
          """)
  void whatCannotBeIsRefused(String option, String value, int code, String words) {
    Outcome outcome = Project.empty(folder).run("schema", option, value);
    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(words).doesNotContain("\tat ");
  }
}
