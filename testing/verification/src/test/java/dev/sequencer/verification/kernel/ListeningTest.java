package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequencer;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.testkit.FakeTransport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A started node on PostgreSQL hears what others leave for it. */
class ListeningTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private final FakeTransport transport = FakeTransport.create();
  private final JdbcStore.Postgres store =
      JdbcStore.postgres(SERVER.source()).schema(SERVER.freshSchema());
  private final List<Sequencer> engines = new ArrayList<>();

  @AfterEach
  void stopAll() {
    engines.forEach(engine -> engine.stop(Duration.ZERO));
  }

  private Sequencer engine(Store on, String node) {
    Sequencer engine =
        Sequencer.builder()
            .store(on)
            .node(node)
            .transport("fake", transport)
            .mailbox(Mailbox.of("a@acme.example").via("fake"))
            .defaultZone("UTC")
            .sequence(Scenario.ONE)
            .build();
    engines.add(engine);
    return engine;
  }

  private Sequencer started(Store on) {
    Sequencer engine = engine(on, "sends");
    engine.start();
    return engine;
  }

  /** Enrolls one after another on a node and gives how long each mail took, the shortest first. */
  private List<Duration> tookFrom(Sequencer enrolls, int mails) throws InterruptedException {
    List<Duration> took = new ArrayList<>();
    int before = transport.attempted().size();
    for (int i = 1; i <= mails; i++) {
      CountDownLatch attempted = transport.whenAttempted(before + i);
      long start = System.nanoTime();
      enrolls.enroll("one", Contact.of("c" + (before + i) + "@example.com"));
      assertThat(attempted.await(20, TimeUnit.SECONDS)).isTrue();
      took.add(Duration.ofNanos(System.nanoTime() - start));
    }
    took.sort(Duration::compareTo);
    return took;
  }

  @Test
  @DisplayName("P7 what a node that is not started enrolls leaves at once from one that is")
  void aNodeThatOnlyEnrollsWakesAnotherOne() throws Exception {
    Sequencer enrolls = engine(store, "enrolls");
    enrolls.sequences();
    started(store);
    // Without calls each would take about a second: the sender looks right before the next comes.
    assertThat(tookFrom(enrolls, 11).get(5)).isLessThan(Duration.ofMillis(300));
  }

  @Test
  void nodesOfOneNameHearEachOther() throws Exception {
    Sequencer enrolls = engine(store, "sends");
    enrolls.sequences();
    started(store);
    assertThat(tookFrom(enrolls, 5).get(2)).isLessThan(Duration.ofMillis(300));
  }

  @Test
  void aNodeThatDoesNotListenLooksByItself() throws Exception {
    Sequencer enrolls = engine(store, "enrolls");
    enrolls.sequences();
    started(store.listen(false));
    assertThat(tookFrom(enrolls, 3).get(2)).isLessThan(Duration.ofSeconds(10));
    assertThat(listeners()).isZero();
  }

  @Test
  void aNodeWhoseCallsAreNotHeardLooksByItself() throws Exception {
    PGSimpleDataSource elsewhere = new PGSimpleDataSource();
    elsewhere.setUrl(SERVER.url().replace("/postgres", "/template1"));
    elsewhere.setUser("postgres");
    Sequencer enrolls = engine(store, "enrolls");
    enrolls.sequences();
    started(store.listenOn(elsewhere));
    assertThat(tookFrom(enrolls, 3).get(2)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void oneConnectionIsKeptBetweenStartAndStopOnly() throws Exception {
    Sequencer engine = engine(store, "sends");
    engine.sequences();
    engine.runDue();
    assertThat(listeners()).isZero();
    engine.start();
    tookFrom(engine(store, "enrolls"), 3);
    assertThat(listeners()).isEqualTo(1);
    engine.stop(Duration.ZERO);
    assertThat(listeners()).isZero();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().endsWith("-listen"));
  }

  private static int listeners() throws SQLException {
    try (Connection connection = SERVER.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where query like 'listen sequencer%'")) {
      row.next();
      return row.getInt(1);
    }
  }
}
