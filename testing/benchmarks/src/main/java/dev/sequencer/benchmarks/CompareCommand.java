package dev.sequencer.benchmarks;

import dev.sequencer.smtp.SmtpTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the contenders in turn, several rounds each. */
@Command(
    name = "compare",
    description = "Runs the floor, db-scheduler and the engine in turn and prints ratios.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  /** What is compared. */
  enum Part {
    POSTGRES,
    SQLITE,
    MEMORY,
    ENROLL,
    SMTP
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--only",
      split = ",",
      description = "What to compare: ${COMPLETION-CANDIDATES}; default all.")
  private Set<Part> only = Set.of(Part.values());

  @Option(
      names = "--name",
      defaultValue = "",
      description = "Only contenders whose name begins so, such as postgres.engine.")
  private String name = "";

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds that count; default 5.")
  private int rounds;

  @Option(
      names = "--steps",
      defaultValue = "100000",
      description = "Steps of one round; default 100,000.")
  private int steps;

  @Option(
      names = "--there",
      defaultValue = "1000000",
      description = "Contacts already there when bulk enrolling is measured; default 1,000,000.")
  private long there;

  @Option(
      names = "--postgres",
      defaultValue = "",
      description =
          "JDBC URL of a PostgreSQL server that runs already, with %%s for the database; its role"
              + " may make databases. Default: a server of its own.")
  private String postgres = "";

  @Option(names = "--quick", description = "Tiny sizes: shows that it works, measures nothing.")
  private boolean quick;

  private final List<Contender> contenders = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Sizes.check(spec, "--rounds", rounds, 1, 100);
    Sizes.check(spec, "--steps", steps, 100, 10_000_000);
    Sizes.check(spec, "--there", there, 0, 100_000_000);
    if (quick) {
      rounds = 1;
      steps = 1_000;
      there = 1_000;
    }
    Report report = new Report(spec.commandLine().getOut());
    report.say(Machine.description());
    try {
      prepare(report);
      contenders.removeIf(contender -> !contender.name().startsWith(name));
      for (int round = quick ? 1 : 0; round <= rounds; round++) {
        report.say(round == 0 ? "warm-up" : "round " + round + " of " + rounds);
        for (Contender contender : contenders) {
          Measured measured = contender.run();
          if (round > 0) {
            report.add(contender.name(), contender.what(), measured.rate());
            report.add(contender.name() + ".cpu", "us each (this process)", measured.processor());
          }
        }
      }
    } finally {
      for (AutoCloseable one : open) {
        one.close();
      }
    }
    goals(report);
    report.print();
    return 0;
  }

  private void prepare(Report report) throws Exception {
    if (only.contains(Part.POSTGRES)) {
      PostgresServer server =
          postgres.isEmpty() ? PostgresServer.start() : PostgresServer.running(postgres);
      open.add(server);
      report.say(server.description());
      contenders.add(new PostgresFloor(server, "postgres.floor", 1, steps, true));
      contenders.add(new PostgresFloor(server, "postgres.floor.2", 2, steps, true));
      contenders.add(new PostgresFloor(server, "postgres.floor.state", 1, steps, false));
      dbScheduler(server);
      for (int nodes = 1; nodes <= 2; nodes++) {
        contenders.add(
            new EngineSteps(
                "postgres.engine." + nodes,
                nodes,
                steps,
                EngineSteps.Setup.of(() -> StoreKind.on(server))));
      }
    }
    if (only.contains(Part.SQLITE)) {
      contenders.add(new SqliteFloor("sqlite.floor", steps, true));
      contenders.add(new SqliteFloor("sqlite.floor.rows", steps, false));
      contenders.add(
          new EngineSteps("sqlite.engine", 1, steps, EngineSteps.Setup.of(StoreKind.SQLITE::open)));
    }
    if (only.contains(Part.MEMORY)) {
      contenders.add(
          new EngineSteps(
              "memory.engine", 1, 2 * steps, EngineSteps.Setup.of(StoreKind.MEMORY::open)));
    }
    if (only.contains(Part.ENROLL)) {
      enroll(new BulkEnroll("memory.enroll", steps, 1, StoreKind.MEMORY.open()), 0);
      enroll(new BulkEnroll("sqlite.enroll", steps, 1, StoreKind.SQLITE.open()), there / 10);
      if (only.contains(Part.POSTGRES)) {
        enroll(new BulkEnroll("postgres.enroll", steps, 2, StoreKind.POSTGRES.open()), there);
      }
    }
    if (only.contains(Part.SMTP)) {
      smtp();
    }
  }

  private void dbScheduler(PostgresServer server) {
    List<DbSchedulerTasks.Settings> tried =
        List.of(
            new DbSchedulerTasks.Settings(20, 20, 1.0, 6.0),
            new DbSchedulerTasks.Settings(50, 20, 1.0, 4.0),
            new DbSchedulerTasks.Settings(50, 50, 1.0, 10.0),
            new DbSchedulerTasks.Settings(100, 50, 0.5, 4.0));
    for (DbSchedulerTasks.Settings one : tried) {
      String name = "postgres.db-scheduler." + one.threads() + "-" + one.connections();
      contenders.add(new DbSchedulerTasks(server, name, steps, one));
    }
  }

  private void enroll(BulkEnroll bulk, long before) throws Exception {
    open.add(0, bulk);
    bulk.fill(before);
    contenders.add(bulk);
  }

  private void smtp() {
    SmtpSink sink = new SmtpSink();
    open.add(sink);
    int mails = Math.max(100, steps / 10);
    for (int connections = 1; connections <= 2; connections++) {
      contenders.add(new BareAngus(sink, "smtp.angus." + connections, connections, mails));
      contenders.add(
          new EngineSteps(
              "smtp.engine." + connections,
              1,
              mails,
              new EngineSteps.Setup(
                  StoreKind.MEMORY::open,
                  () -> SmtpTransport.to(sink.host(), sink.port()).plaintext(),
                  1,
                  connections,
                  connections)));
    }
  }

  private static void goals(Report report) {
    report.best("postgres.db-scheduler", "postgres.db-scheduler.");
    report.atLeast(
        "postgres.engine_to_db-scheduler", "postgres.engine.1", "postgres.db-scheduler", 1.5);
    report.atLeast("postgres.enroll", 50_000);
    report.atLeast("sqlite.engine_to_floor", "sqlite.engine", "sqlite.floor", 0.3);
    report.atLeast("memory.engine", 200_000);
    report.atLeast("smtp.engine_to_angus.1", "smtp.engine.1", "smtp.angus.1", 0.7);
    report.atLeast("smtp.engine_to_angus.2", "smtp.engine.2", "smtp.angus.2", 0.7);
  }
}
