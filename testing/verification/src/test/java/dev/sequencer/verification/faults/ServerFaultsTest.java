package dev.sequencer.verification.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sequencer.ContactInput;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.tck.postgres.RestartedServer;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.FakeTransport.Accepted;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a server under running engines: they go on, and say so once. */
class ServerFaultsTest {
  private static final int MAILS = 300;
  private static final Sequence ONE =
      Sequence.named("one").email("first", mail -> mail.subject("1").text("first")).build();

  @TempDir private static Path data;
  private static RestartedServer server;
  private static int schemas;

  private final FakeTransport sends = FakeTransport.create();
  private final List<Sequencer> engines = new ArrayList<>();
  private final CapturedLog log = new CapturedLog();
  private String schema;

  @BeforeAll
  static void startServer() {
    server = RestartedServer.start(data.resolve("server"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void takeSchema() {
    schema = "s" + ++schemas;
  }

  @AfterEach
  void stopEngines() {
    engines.forEach(engine -> engine.stop(Duration.ZERO));
    log.close();
  }

  private Sequencer engine(DataSource source, String name) {
    return engine(JdbcStore.postgres(source).schema(schema), name);
  }

  private Sequencer engine(JdbcStore.Postgres store, String name) {
    Sequencer engine =
        Sequencer.builder()
            .store(store)
            .node(name)
            .defaultZone("UTC")
            // A claim whose answer was cut off holds its rows for as long as that.
            .timing(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(10))
            .workers(4)
            .transport("fake", sends)
            .mailbox(Mailbox.of("a@acme.example").via("fake").concurrency(4))
            .sequence(ONE)
            .withoutOutcomeLog()
            .build();
    engines.add(engine);
    return engine;
  }

  private void enroll(Sequencer engine) {
    engine.enrollAll(
        "one",
        Stream.iterate(0, i -> i + 1)
            .limit(MAILS)
            .map(i -> ContactInput.of("c" + i + "@example.com")),
        each -> {});
  }

  private void awaitAccepted(int count) throws InterruptedException {
    assertThat(sends.whenAccepted(count).await(40, TimeUnit.SECONDS)).isTrue();
  }

  /** Each mail was handed over once, and what was handed over is known. */
  private void checkAll() throws InterruptedException {
    awaitAccepted(MAILS);
    engines.forEach(engine -> engine.stop(Duration.ofSeconds(20)));
    assertThat(sends.attempted()).hasSize(MAILS);
    assertThat(sends.accepted().stream().map(Accepted::mail).map(OutgoingMail::to))
        .doesNotHaveDuplicates();
    Sequencer watch = engine(server.source(), "watch");
    assertThat(watch.deliveries().find(DeliveryQuery.all().limit(1000)).items())
        .hasSize(MAILS)
        .extracting(DeliveryView::status)
        .containsOnly(DeliveryStatus.SENT);
  }

  /** Whoever is hindered says so once, and once when it is well again: two nodes twice. */
  private void checkLog(int nodes) {
    assertThat(log.count("a pass failed")).isBetween(1L, (long) nodes);
    assertThat(log.count("passes succeed again")).isEqualTo(log.count("a pass failed"));
    assertThat(log.count("could not be written")).isLessThanOrEqualTo(nodes);
    checkQuiet(nodes);
  }

  /** Passes, outcomes and calls of other nodes: each fails once and succeeds again once. */
  private void checkQuiet(int nodes) {
    assertThat(log.warnings()).hasSizeLessThanOrEqualTo(6 * nodes);
  }

  @Test
  @DisplayName("a server that is restarted under load loses and doubles nothing")
  void restarted() throws Exception {
    Sequencer a = engine(server.source(), "a");
    Sequencer b = engine(server.source(), "b");
    enroll(a);
    a.start();
    b.start();
    awaitAccepted(20);
    server.stop();
    server.startAgain();
    checkAll();
    checkLog(2);
  }

  @Test
  @DisplayName("connections that are cut again and again lose and double nothing")
  void connectionsAreCut() throws Exception {
    Sequencer a = engine(server.source(), "a");
    Sequencer b = engine(server.source(), "b");
    enroll(a);
    a.start();
    b.start();
    for (int cut = 1; cut <= 5; cut++) {
      awaitAccepted(cut * 20);
      cutAll();
    }
    checkAll();
    assertThat(log.count("a pass failed")).isLessThanOrEqualTo(2);
    checkQuiet(2);
  }

  private static void cutAll() throws SQLException {
    try (Connection connection = server.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where pid <> pg_backend_pid() and backend_type = 'client backend'");
    }
  }

  @Test
  @DisplayName("a pool that has no connection for a while holds mails up and nothing else")
  void thePoolIsExhausted() throws Exception {
    try (HikariDataSource small = new HikariDataSource()) {
      small.setJdbcUrl(server.source().getJdbcUrl());
      small.setUsername("postgres");
      small.setMaximumPoolSize(2);
      small.setConnectionTimeout(250);
      CountDownLatch go = new CountDownLatch(1);
      sends.onNext(FakeAnswer.blockUntil(go));
      Sequencer a = engine(JdbcStore.postgres(small).schema(schema).listen(false), "a");
      enroll(a);
      a.start();
      assertThat(sends.whenAttempted(1).await(20, TimeUnit.SECONDS)).isTrue();
      try (Connection first = taken(small);
          Connection second = taken(small)) {
        go.countDown();
        assertThat(first.isValid(1) && second.isValid(1)).isTrue();
        awaitWarning("a pass failed");
      }
      checkAll();
      checkLog(1);
    }
  }

  /** Takes a connection for which the engine waits too. */
  private static Connection taken(DataSource source) throws SQLException {
    for (int i = 0; i < 100; i++) {
      try {
        return source.getConnection();
      } catch (SQLTransientConnectionException busy) {
        // The engine was first.
      }
    }
    throw new AssertionError("the engine leaves no connection");
  }

  @Test
  @DisplayName("K19 a lock on a whole table holds mails up for as long as it is held")
  void aTableIsLocked() throws Exception {
    Sequencer a = engine(server.source(), "a");
    enroll(a);
    try (Connection other = server.source().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table " + schema + ".sequencer_work in access exclusive mode");
      a.start();
      awaitWarning("a pass failed");
      assertThat(sends.attempted()).isEmpty();
      other.rollback();
    }
    checkAll();
    checkLog(1);
    assertThat(log.warnings().get(0)).contains("lock_timeout");
  }

  /** Waits until the engine has told of its trouble. */
  private void awaitWarning(String words) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 200 && log.count(words) == 0; i++) {
      assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
    assertThat(log.count(words)).isEqualTo(1);
  }
}
