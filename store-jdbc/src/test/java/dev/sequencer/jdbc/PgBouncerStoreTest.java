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
import java.util.List;
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

  /** Why the guide says prepareThreshold=0 for versions before 1.21. */
  @Test
  void statementsThatTheServerKeepsAreRefusedByOneThatDoesNotKnowThem() {
    assumeFalse(PgBouncer.keepsStatements(), "this PgBouncer keeps prepared statements");
    try (StoreBench bench = new StoreBench(create());
        HikariDataSource preparing = pool("?prepareThreshold=1");
        Together together = new Together();
        StoreHandle handle = open(bench, JdbcStore.postgres(preparing).schema(SCHEMA))) {
      List<Optional<StoreException>> thrown =
          together.run(Collections.nCopies(2, () -> thrownBy(handle)));
      assertThat(thrown)
          .anySatisfy(
              one ->
                  assertThat(one)
                      .hasValueSatisfying(
                          e -> assertThat(e).hasMessageContaining("prepareThreshold=0")));
    }
  }

  private static Optional<StoreException> thrownBy(StoreHandle handle) {
    try {
      for (int i = 0; i < 100; i++) {
        handle.documents(Document.Kind.MAILBOX);
      }
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(e);
    }
  }
}
