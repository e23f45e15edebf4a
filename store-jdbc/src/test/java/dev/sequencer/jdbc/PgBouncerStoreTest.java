package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.WakeUps;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.store.StoreBench;
import dev.sequencer.tck.store.StoreContract;
import dev.sequencer.tck.store.Together;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The same behind a pooler that gives another connection to each transaction, with two connections
 * from a pool of two.
 */
final class PgBouncerStoreTest extends StoreContract {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String SCHEMA = SERVER.freshSchema();

  private static Optional<PgBouncer> pgBouncer = Optional.empty();
  private static Optional<HikariDataSource> pool = Optional.empty();

  @BeforeAll
  static void startPgBouncer() {
    assumeTrue(
        PgBouncer.isInstalled(),
        "PgBouncer is not installed, so nothing is tested through it: apt-get install pgbouncer");
    pgBouncer = Optional.of(PgBouncer.before(SERVER.port()));
    pool = Optional.of(pool("?prepareThreshold=0"));
  }

  @AfterAll
  static void stopPgBouncer() {
    pool.ifPresent(HikariDataSource::close);
    pgBouncer.ifPresent(PgBouncer::close);
  }

  private static HikariDataSource pool(String parameters) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(pgBouncer.orElseThrow().url() + parameters);
    config.setUsername("anybody");
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }

  @Override
  protected Store create() {
    SERVER.empty(SCHEMA);
    return store();
  }

  @Override
  protected Store reopen(Store closed) {
    return store();
  }

  private static JdbcStore.Postgres store() {
    return JdbcStore.postgres(pool.orElseThrow()).schema(SCHEMA).connections(2).listen(false);
  }

  @Test
  void aListenerThatListensThroughItNoticesThatItHearsNothing() {
    try (StoreBench bench = new StoreBench(create());
        StoreHandle through = open(bench, store().listen(true));
        WakeUps wakeUps = through.wakeUps().orElseThrow()) {
      WakeUps.Answer answer = WakeUps.Answer.SILENCE;
      for (int i = 0; i < 40 && answer == WakeUps.Answer.SILENCE; i++) {
        answer = wakeUps.await(Duration.ofMillis(100));
      }
      assertThat(answer).isEqualTo(WakeUps.Answer.DEAF);
    }
  }

  @Test
  void aListenerThatGoesRoundItHearsCallsThatCameThroughIt() {
    try (StoreBench bench = new StoreBench(create());
        StoreHandle round = open(bench, store().listenOn(SERVER.source()));
        WakeUps wakeUps = round.wakeUps().orElseThrow()) {
      assertThat(wakeUps.await(Duration.ofMillis(50))).isEqualTo(WakeUps.Answer.SILENCE);
      bench.enroll(bench.row("1@x.example"));
      assertThat(wakeUps.await(Duration.ofSeconds(10))).isEqualTo(WakeUps.Answer.CALL);
    }
  }

  private static StoreHandle open(StoreBench bench, Store store) {
    return store.open(new StoreSetup(bench.clock(), "other"));
  }

  /**
   * Why the guide says prepareThreshold=0 for versions before 1.21: a name is unknown to a server
   * connection, or it is that of another client's statement.
   */
  @Test
  void statementsThatTheServerKeepsAreMistakenWithoutPrepareThreshold0() {
    assumeFalse(PgBouncer.keepsStatements(), "this PgBouncer keeps prepared statements");
    try (StoreBench bench = new StoreBench(create());
        HikariDataSource preparing = pool("?prepareThreshold=1");
        Together together = new Together()) {
      Store mistaken = JdbcStore.postgres(preparing).schema(SCHEMA);
      assertThat(together.run(Collections.nCopies(2, () -> fails(bench, mistaken)))).contains(true);
    }
  }

  @Test
  void statementsThatTheServerDoesNotKeepAreNeverMistaken() {
    try (StoreBench bench = new StoreBench(create());
        Together together = new Together()) {
      assertThat(together.run(Collections.nCopies(2, () -> fails(bench, store()))))
          .containsOnly(false);
    }
  }

  private static boolean fails(StoreBench bench, Store store) {
    try (StoreHandle handle = open(bench, store)) {
      for (int i = 0; i < 100; i++) {
        handle.documents(Document.Kind.MAILBOX);
      }
      return false;
    } catch (StoreException | IllegalStateException e) {
      // The second is the driver's, which gets an answer to another statement.
      return true;
    }
  }
}
