package dev.sequencer.benchmarks;

import dev.sequencer.Sequencer;
import dev.sequencer.SequencerEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An hour's worth of steps at full speed: what tables weigh and claims take before and afterwards,
 * with the vacuum that the server does by itself, also beside a session that holds the snapshot of
 * the beginning all the time, so that no vacuum removes anything.
 */
final class Upkeep {
  private static final int WORKERS = 512;
  private static final List<String> TABLES =
      List.of("work", "claim", "delivery", "event", "ledger", "owner");

  private final String name;
  private final int steps;
  private final int claims;
  private final Report report;

  Upkeep(String name, int steps, int claims, Report report) {
    this.name = "scale.postgres." + name;
    this.steps = steps;
    this.claims = claims;
    this.report = report;
  }

  void run(PostgresServer server, boolean oldSnapshot) throws InterruptedException, SQLException {
    PostgresServer.Database database = server.database();
    CountDownLatch sent = new CountDownLatch(steps);
    try (StoreKind.Opened opened = StoreKind.on(database);
        Sequencer engine = engine(opened, sent);
        Connection old = database.connect()) {
      // What is left afterwards is what is claimed for the figures.
      int left = Math.max(5_000, steps / 10);
      Engines.enroll(
          engine, Engines.MAILBOXES, steps + left, Engines.overdue(InstantSource.system()));
      opened.settle();
      show("before", opened, database);
      if (oldSnapshot) {
        hold(old);
      }
      work(engine, sent);
      show("after", opened, database);
    }
    report.atMost(
        name + ".claim.after_to_before",
        name + ".after.claim.p50",
        name + ".before.claim.p50",
        1.5);
  }

  private static Sequencer engine(StoreKind.Opened opened, CountDownLatch sent) {
    return Engines.builder(opened.store(), new InstantTransport(mail -> {}))
        .workers(WORKERS)
        .listener(
            event -> {
              if (event instanceof SequencerEvent.MailSent) {
                sent.countDown();
              }
            })
        .build();
  }

  private static void hold(Connection old) throws SQLException {
    old.setAutoCommit(false);
    old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = old.createStatement()) {
      statement.execute("select count(*) from sequencer_owner");
    }
  }

  private void work(Sequencer engine, CountDownLatch sent) throws InterruptedException {
    Measured.Stopwatch watch = new Measured.Stopwatch();
    engine.start();
    if (!sent.await(2, TimeUnit.HOURS)) {
      throw new IllegalStateException(name + ": " + sent.getCount() + " steps were not done");
    }
    report.add(name + ".steps", "steps/s", watch.stop(steps).rate());
    engine.stop(Duration.ofSeconds(30));
  }

  private void show(String when, StoreKind.Opened opened, PostgresServer.Database database) {
    String prefix = name + "." + when;
    Claims.measure(prefix + ".claim", opened, claims, Claims.ROWS / Engines.MAILBOXES, report);
    for (String table : TABLES) {
      String of = " from pg_stat_user_tables where relname = 'sequencer_" + table + "'";
      double bytes =
          number(database, "select coalesce(sum(pg_total_relation_size(relid)), 0)" + of);
      report.add(prefix + "." + table + ".size", "MB", bytes / 1e6);
      report.add(
          prefix + "." + table + ".dead",
          "rows",
          number(database, "select coalesce(sum(n_dead_tup), 0)" + of));
      if (table.equals("delivery") && when.equals("after")) {
        double rows = number(database, "select count(*) from sequencer_delivery");
        report.add(name + ".delivery.bytes_each", "bytes", bytes / rows);
      }
    }
  }

  private static double number(PostgresServer.Database database, String query) {
    return Double.parseDouble(database.text(query));
  }
}
