package dev.sequencer.jdbc.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.jdbc.internal.SchemaFiles;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.ManualClock;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import dev.sequencer.tck.store.Together;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Versions of the tables, and programs that know other ones. */
final class PostgresSchemaTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final SchemaFiles NEXT =
      new SchemaFiles("/dev/sequencer/jdbc/postgres/", List.of("V1__tables.sql", "V2__test.sql"));

  private final Jdbi jdbi = Jdbi.create(SERVER.source());
  private final String schema = SERVER.freshSchema();
  private final PostgresOptions options = PostgresOptions.USUAL.withSchema(schema);
  private final JdbcStore.Postgres store = JdbcStore.postgres(SERVER.source()).schema(schema);

  private static StoreSetup setup(String node) {
    return new StoreSetup(ManualClock.at(StoreBench.START), node);
  }

  /** Does what a program that knows the next version does when it is opened. */
  private int openByNext(PostgresOptions with) {
    return jdbi.inTransaction(
        handle -> new PostgresSchema(NEXT, with).apply(handle, StoreBench.START));
  }

  private String history() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select string_agg(version || ' ' || name, ', ' order by version) from "
                        + options.qualified()
                        + "schema")
                .mapTo(String.class)
                .one());
  }

  @Test
  void nodesThatMakeTheTablesAtTheSameMomentMakeThemOnce() {
    AtomicInteger node = new AtomicInteger();
    try (Together together = new Together()) {
      List<StoreHandle> opened =
          together.run(
              Collections.nCopies(8, () -> store.open(setup("n" + node.incrementAndGet()))));
      opened.forEach(StoreHandle::close);
    }
    assertThat(history()).isEqualTo("1 V1__tables.sql");
  }

  @Test
  void nodesOfTheNextVersionBringThemUpToDateOnceAndBesideNodesOfThisOne() {
    store.open(setup("old")).close();
    try (Together together = new Together()) {
      List<Integer> found =
          together.run(
              Collections.nCopies(
                  6,
                  () -> {
                    store.open(setup("old")).close();
                    return openByNext(options);
                  }));
      assertThat(found).containsOnlyOnce(1).contains(2);
    }
    assertThat(history()).isEqualTo("1 V1__tables.sql, 2 V2__test.sql");
  }

  @Test
  void aNodeOfThisVersionGoesOnWhenOneOfTheNextChangesTheTablesUnderIt() {
    try (StoreBench old = new StoreBench(store)) {
      // Often enough that the driver lets the server keep the statements with their plans.
      for (int i = 0; i < 8; i++) {
        work(old, "before" + i + "@x.example");
      }
      assertThat(openByNext(options)).isEqualTo(1);
      for (int i = 0; i < 8; i++) {
        work(old, "after" + i + "@x.example");
      }
      try (StoreHandle restarted = store.open(setup("restarted"))) {
        assertThat(restarted.claim(new Claims().call()).rows()).isEmpty();
      }
    }
    assertThat(history()).isEqualTo("1 V1__tables.sql, 2 V2__test.sql");
  }

  /** Takes one through its life, with every call that there is. */
  private static void work(StoreBench bench, String address) {
    long enrollment = bench.enroll(bench.row(address));
    bench.steer(enrollment, Plans.pause());
    bench.steer(enrollment, Plans.resume());
    assertThat(bench.claim()).extracting(Work::enrollment).containsExactly(enrollment);
    Work begun = bench.begun(Begins.of(bench.work(enrollment)));
    bench.complete(Plans.sent(begun, StoreBench.START));
    assertThat(bench.subject(enrollment).deliveries()).hasSize(1);
    assertThat(bench.handle().documents(Document.Kind.MAILBOX)).hasSize(2);
  }

  @Test
  void aStoreOfTheNextVersionThatOnlyChecksNamesTheFirstStatementThatIsMissing() {
    store.open(setup("old")).close();
    assertThatThrownBy(() -> openByNext(options.withMigrate(false)))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "the tables of the store must have version 2, but those of schema %s, tables"
                + " sequencer_* have version 1 and this store only checks: run as the owner of the"
                + " schema what JdbcSchema.sql(1, 2, \"%s\", \"sequencer_\") gives, which begins"
                + " with: alter table \"%s\".sequencer_work add column sort integer;",
            schema, schema, schema);
    assertThat(history()).isEqualTo("1 V1__tables.sql");
  }

  @Test
  void aSchemaTwoVersionsNewerIsRefused() {
    store.open(setup("old")).close();
    openByNext(options);
    store.open(setup("old")).close();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into " + options.qualified() + "schema values (3, 'V3__after.sql', 0)"));
    assertThatThrownBy(() -> store.open(setup("old")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has version 3 and this program knows version 1: update Sequencer");
  }
}
