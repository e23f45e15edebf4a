package dev.sequencer.jdbc.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sequencer.Ending;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.jdbc.JdbcTransaction;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.Rows;
import dev.sequencer.tck.store.StoreBench;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the statements of the cycle read, as the server counts it. */
final class PostgresPlansTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final int WAITING = 3_000;

  /** Tables that grow with what is enrolled or sent. */
  private static final List<String> GROWING =
      List.of("work", "enrollment", "contact", "delivery", "event", "suppression", "act");

  private final String schema = SERVER.freshSchema();
  private HikariDataSource pool;
  private StoreBench bench;
  private int enrolled;

  @BeforeEach
  void open() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(SERVER.url() + "?ApplicationName=" + schema);
    config.setUsername("postgres");
    config.setMaximumPoolSize(2);
    config.setMinimumIdle(0);
    pool = new HikariDataSource(config);
    bench = new StoreBench(JdbcStore.postgres(pool).schema(schema));
  }

  @AfterEach
  void close() throws SQLException {
    bench.close();
    pool.close();
    run("drop schema " + schema + " cascade");
  }

  private void enroll(int count, Duration dueIn) {
    List<EnrollCall.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      enrolled++;
      rows.add(
          Rows.of(
                  "c" + enrolled + "@x.example",
                  bench.version(),
                  bench.lane(),
                  bench.clock().instant().plus(dueIn).plusMillis(i))
              .row());
    }
    bench.handle().enroll(new EnrollCall(rows));
  }

  /** Sends what is due: claim, begin, complete, and an event. */
  private void cycle(int most) {
    List<Work> claimed = bench.claim(new Claims().all().slots(bench.mailbox(), most)).rows();
    List<BeginCall.Row> rows = claimed.stream().map(work -> Begins.of(work).row()).toList();
    List<Completion> sent =
        bench
            .handle()
            .begin(new BeginCall(bench.handle().definitions(), rows, Begins.perDay(1_000_000)))
            .stream()
            .flatMap(answer -> answer.begun().stream())
            .map(begun -> Plans.sent(begun, bench.clock().instant()))
            .toList();
    assertThat(sent).isNotEmpty();
    bench.handle().complete(sent);
    bench
        .handle()
        .steer(
            SteerCall.of("", new SteerCall.Target.OfAddress("c1@x.example"), Plans.nothing())
                .key("event-" + enrolled));
  }

  private static void run(String text) throws SQLException {
    try (Connection connection = SERVER.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  /** Gives how often each growing table was read from end to end. */
  private Map<String, Long> scans() throws SQLException {
    Map<String, Long> scans = new TreeMap<>();
    for (String table : GROWING) {
      scans.put(
          table,
          number(
              "select seq_scan from pg_stat_user_tables where schemaname = '"
                  + schema
                  + "' and relname = 'sequencer_"
                  + table
                  + "'"));
    }
    return scans;
  }

  /** Ends the sessions of the store, which tell the server what they have read when they end. */
  private void flush() throws SQLException {
    pool.getHikariPoolMXBean().softEvictConnections();
    long open = 1;
    for (int looks = 0; open > 0 && looks < 10_000; looks++) {
      open =
          number("select count(*) from pg_stat_activity where application_name = '" + schema + "'");
    }
    assertThat(open).isZero();
  }

  private static long number(String query) throws SQLException {
    try (Connection connection = SERVER.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  @DisplayName("L1 L2 no statement of the cycle reads a table from end to end, without statistics")
  void withoutStatistics() throws SQLException {
    cycles();
  }

  @Test
  @DisplayName("L1 L2 no statement of the cycle reads a table from end to end, with statistics")
  void withStatistics() throws SQLException {
    enroll(WAITING, Duration.ofDays(30));
    run("set search_path to " + schema + "; analyze; reset search_path");
    cycles();
  }

  @Test
  @DisplayName("L1 plans that are made while tables are empty do when they are full")
  void plansOfEmptyTables() throws SQLException {
    // A prepared statement keeps its plan from its sixth run on.
    for (int i = 0; i < 8; i++) {
      enroll(1, Duration.ZERO);
      cycle(1);
    }
    run("set search_path to " + schema + "; analyze; reset search_path");
    cycles();
  }

  private void cycles() throws SQLException {
    enroll(WAITING, Duration.ofDays(30));
    flush();
    Map<String, Long> before = scans();
    for (int i = 0; i < 8; i++) {
      enroll(20, Duration.ZERO);
      cycle(20);
    }
    flush();
    assertThat(scans()).isEqualTo(before);
    // And one that reads a table so would have been seen.
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select sum(length(address)) from " + schema + ".sequencer_contact");
    }
    flush();
    assertThat(scans().get("contact")).isEqualTo(before.get("contact") + 1);
  }

  /** Gives how many pages a claim's look for the heads of lanes reads. */
  private long pages(boolean all) throws SQLException {
    String text =
        "explain (analyze, buffers, timing off, summary off, format json) "
            + PostgresSql.HEAD
                .replace("sequencer_", schema + ".sequencer_")
                .replace(":now", Long.toString(bench.clock().instant().toEpochMilli()))
                .replace(":all", Boolean.toString(all));
    try (Connection connection = SERVER.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set enable_seqscan = off");
      try (ResultSet row = statement.executeQuery(text)) {
        assertThat(row.next()).isTrue();
        String plan = row.getString(1);
        int at = plan.indexOf("\"Shared Hit Blocks\": ") + "\"Shared Hit Blocks\": ".length();
        return Long.parseLong(plan.substring(at, plan.indexOf(',', at)));
      } finally {
        statement.execute("reset enable_seqscan");
      }
    }
  }

  @Test
  @DisplayName("L1 the heads of lanes cost the same however much waits in them")
  void headsCostTheSameHoweverMuchWaits() throws SQLException {
    enroll(10, Duration.ZERO);
    bench.claim(new Claims().all().slots(bench.mailbox(), 5));
    long few = pages(true);
    enroll(WAITING, Duration.ofDays(30));
    // One level more of the index at the most.
    assertThat(pages(true)).isBetween(few, few + 4);
  }

  @Test
  @DisplayName("L2 what has ended is in no index that a claim reads")
  void whatHasEndedIsNotRead() throws SQLException {
    enroll(10, Duration.ofDays(30));
    long few = pages(true);
    enroll(WAITING, Duration.ZERO);
    bench.clock().advance(Duration.ofMinutes(1));
    passAll();
    // Vacuum waits for nobody here: no old snapshot is open in this database but others' own.
    run("vacuum " + schema + ".sequencer_work");
    assertThat(number("select count(*) from " + schema + ".sequencer_work"))
        .isEqualTo(WAITING + 10);
    assertThat(pages(true)).isLessThan(few + 25);
  }

  @Test
  @DisplayName("P3 rows that have left a lane are not read again while an old snapshot keeps them")
  void anOldSnapshotDoesNotSlowClaimsDown() throws SQLException {
    try (Connection report = SERVER.source().getConnection();
        Statement statement = report.createStatement()) {
      report.setAutoCommit(false);
      report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("select count(*) from " + schema + ".sequencer_work");
      for (int i = 0; i < 10; i++) {
        enroll(300, Duration.ZERO);
        bench.clock().advance(Duration.ofSeconds(30));
        passAll();
      }
      bench.claim(new Claims());
      assertThat(pages(false)).isLessThan(pages(true) / 10);
      report.rollback();
    }
    enroll(1, Duration.ofHours(-1));
    assertThat(bench.claim()).as("below the floor").hasSize(1);
  }

  /** Lets rows leave their lane: their mails have left, and nothing follows. */
  private void passAll() {
    List<Work> claimed = bench.claim(new Claims().slots(bench.mailbox(), 1_000)).rows();
    while (!claimed.isEmpty()) {
      List<Long> ended = claimed.stream().map(Work::enrollment).toList();
      bench
          .handle()
          .steer(SteerCall.of("", new SteerCall.Target.These(ended), Plans.end(Ending.COMPLETED)));
      claimed = bench.claim(new Claims().slots(bench.mailbox(), 1_000)).rows();
    }
  }

  @Test
  @DisplayName("P3 a row below the floor that a host's commit leaves is found")
  void aRowOfAHostBelowTheFloorIsFound() throws SQLException {
    enroll(50, Duration.ZERO);
    bench.clock().advance(Duration.ofMinutes(10));
    passAll();
    bench.claim(new Claims().all());
    try (Connection host = SERVER.source().getConnection()) {
      host.setAutoCommit(false);
      EnrollCall.Row late =
          Rows.of("late@x.example", bench.version(), bench.lane(), StoreBench.START).row();
      bench.handle().join(JdbcTransaction.of(host)).enroll(new EnrollCall(List.of(late)));
      assertThat(bench.claim()).isEmpty();
      host.commit();
    }
    assertThat(bench.claim()).hasSize(1);
    assertThat(IntStream.range(0, 3).mapToObj(i -> bench.claim()).flatMap(List::stream)).isEmpty();
  }
}
