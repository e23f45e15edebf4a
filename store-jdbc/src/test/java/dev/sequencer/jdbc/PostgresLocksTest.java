package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.store.BeginCall.Answer;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.ManualClock;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What others have locked, and what the settings of connections are. */
final class PostgresLocksTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private final String schema = SERVER.emptySchema();
  private StoreBench bench;

  @BeforeEach
  void open() {
    bench = new StoreBench(JdbcStore.postgres(SERVER.source()).schema(schema));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Work enrolled(String address) {
    return bench.work(bench.enroll(bench.row(address)));
  }

  /** Locks the moving row of an enrollment until the connection is rolled back. */
  private Connection lock(long enrollment) throws SQLException {
    Connection other = SERVER.source().getConnection();
    other.setAutoCommit(false);
    try (Statement statement = other.createStatement()) {
      statement.execute(
          "select 1 from "
              + schema
              + ".sequencer_work where enrollment = "
              + enrollment
              + " for update");
    }
    return other;
  }

  @Test
  @DisplayName("K19 a row that somebody has locked is left out of a begin and holds up no other")
  void aLockedRowIsLeftOutOfABegin() throws SQLException {
    Work locked = enrolled("1@x.example");
    Work free = enrolled("2@x.example");
    try (Connection other = lock(locked.enrollment())) {
      assertThat(bench.begin(Begins.of(locked), Begins.of(free)))
          .extracting(Answer::verdict)
          .containsExactly(Verdict.CHANGED, Verdict.BEGUN);
      other.rollback();
    }
    assertThat(bench.verdict(Begins.of(locked))).isEqualTo(Verdict.BEGUN);
  }

  @Test
  @DisplayName("K19 an outcome waits for a lock two seconds at the most and may be told again")
  void anOutcomeDoesNotWaitForEver() throws SQLException {
    Work begun = bench.begun("1@x.example");
    try (Connection other = lock(begun.enrollment())) {
      assertThatThrownBy(() -> bench.complete(Plans.sent(begun, StoreBench.START)))
          .isInstanceOfSatisfying(
              StoreException.class, fault -> assertThat(fault.isTransient()).isTrue())
          .hasMessageContaining("lock_timeout")
          .hasMessageContaining(schema);
      other.rollback();
    }
    bench.complete(Plans.sent(begun, StoreBench.START));
    assertThat(bench.subject(begun.enrollment()).deliveries()).hasSize(1);
  }

  @Test
  @DisplayName("K7 a claim whose end comes after a begin releases nothing")
  void theEndOfAClaimDoesNotReleaseWhatHasBegun() {
    enrolled("1@x.example");
    Work claimed = bench.claim().get(0);
    bench.begun(Begins.of(claimed));
    bench.clock().advance(Duration.ofHours(1));
    assertThat(bench.claim(new Claims().all()).rows()).isEmpty();
  }

  private static String text(Connection connection, String query) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("K8 a begin is durable though the server is set to lose the last commits")
  void aBeginIsDurableWhateverTheSettings() throws SQLException {
    try (Connection connection = SERVER.source().getConnection();
        StoreBench own =
            new StoreBench(
                JdbcStore.postgres(new OneConnection(connection)).schema(SERVER.emptySchema()))) {
      assertThat(text(connection, "show synchronous_commit")).isEqualTo("off");
      List<String> inside = new ArrayList<>();
      Work work = own.work(own.enroll(own.row("1@x.example")));
      own.begin(
          (row, stored, ledgers, rolling, now) -> {
            inside.add(text(connection, "show synchronous_commit"));
            inside.add(text(connection, "show transaction_isolation"));
            return Begins.unlimited().take(row, stored, ledgers, rolling, now);
          },
          Begins.of(work));
      assertThat(inside).containsExactly("on", "read committed");
    }
  }

  @Test
  void aConnectionIsGivenBackWithTheSettingsThatItCameWith() throws SQLException {
    bench.begun("1@x.example");
    try (Connection connection = SERVER.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('enable_seqscan') || ' ' || current_setting('lock_timeout')"
                    + " || ' ' || current_setting('synchronous_commit')")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("on 0 off");
    }
  }

  @Test
  void anEngineNeedsOneConnectionAtATime() {
    JdbcStore.Postgres store =
        JdbcStore.postgres(SERVER.source()).schema(SERVER.emptySchema()).connections(1);
    try (StoreBench narrow = new StoreBench(store)) {
      Work begun = narrow.begun("1@x.example");
      narrow.complete(Plans.sent(begun, StoreBench.START));
      assertThat(narrow.claim()).isEmpty();
    }
  }

  @Test
  void tablesThatAreMissingAreNamedWhenTheStoreOnlyChecks() {
    JdbcStore.Postgres store =
        JdbcStore.postgres(SERVER.source()).schema("nothing_there").migrate(false);
    assertThatThrownBy(() -> store.open(new StoreSetup(ManualClock.at(StoreBench.START), "ann")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("JdbcSchema.sql(0, 1, \"nothing_there\", \"sequencer_\")")
        .hasMessageContaining("create table \"nothing_there\".sequencer_schema");
  }

  @Test
  void aUserWhoMayOnlyReadAndWriteRowsCanUseTablesThatAreThere() throws SQLException {
    try (Connection owner = SERVER.source().getConnection();
        Statement statement = owner.createStatement()) {
      for (String line :
          List.of(
              "drop role if exists runner",
              "create role runner",
              "grant usage on schema @ to runner",
              "grant select, insert, update, delete on all tables in schema @ to runner",
              "grant usage on all sequences in schema @ to runner",
              "set role runner")) {
        statement.execute(line.replace("@", schema));
      }
      try (StoreBench runner =
          new StoreBench(
              JdbcStore.postgres(new OneConnection(owner)).schema(schema).migrate(false))) {
        Work begun = runner.begun("1@x.example");
        runner.complete(Plans.sent(begun, StoreBench.START));
        assertThat(runner.subject(begun.enrollment()).deliveries()).hasSize(1);
      } finally {
        statement.execute("reset role");
        statement.execute("drop owned by runner");
        statement.execute("drop role runner");
      }
    }
  }
}
