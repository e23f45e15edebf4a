package dev.sequencer.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how cost grows with what waits. */
@Command(
    name = "scale",
    description = {
      "Shows how claims, openings and sizes grow with what waits, and with what was done.",
      "CLAIMS: claims while one enrollment in a hundred is due. BACKLOG: what is due behind a",
      "mailbox that sends 30 a day. OPENING: mailboxes that open at the same time. HOUR: tables",
      "and claims of PostgreSQL after an hour's worth of steps, also beside an old snapshot.",
      "STREAM: contacts into a process with a heap of 256 MB, on SQLite and PostgreSQL."
    },
    mixinStandardHelpOptions = true)
final class ScaleCommand implements Callable<Integer> {
  /** What is shown. */
  enum Part {
    CLAIMS,
    BACKLOG,
    OPENING,
    HOUR,
    STREAM
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--only",
      split = ",",
      description = "What to show: ${COMPLETION-CANDIDATES}; default all.")
  private Set<Part> only = Set.of(Part.values());

  @Option(
      names = "--stores",
      split = ",",
      description = "On what: ${COMPLETION-CANDIDATES}; default all.")
  private List<StoreKind> stores = List.of(StoreKind.values());

  @Option(
      names = "--sizes",
      split = ",",
      description =
          "Waiting enrollments; default 10000,100000,1000000,5000000, in memory at most 1000000.")
  private List<Integer> sizes = List.of(10_000, 100_000, 1_000_000, 5_000_000);

  @Option(names = "--claims", defaultValue = "300", description = "Claims of a size; default 300.")
  private int claims;

  @Option(
      names = "--backlog",
      defaultValue = "100000",
      description = "Mails due behind a mailbox that sends 30 a day; default 100,000.")
  private int backlog;

  @Option(
      names = "--mailboxes",
      defaultValue = "10000",
      description = "Mailboxes that open at 09:00; default 10,000.")
  private int mailboxes;

  @Option(
      names = "--steps",
      defaultValue = "3600000",
      description = "Steps of an hour's worth of work; default 3,600,000, 1,000 a second.")
  private int steps;

  @Option(
      names = "--streamed",
      defaultValue = "1000000",
      description = "Contacts that stream into a heap of 256 MB; default 1,000,000.")
  private long streamed;

  @Option(names = "--quick", description = "Tiny sizes: shows that it works, measures nothing.")
  private boolean quick;

  @Override
  public Integer call() throws Exception {
    for (int size : sizes) {
      Sizes.check(spec, "--sizes", size, 100, 100_000_000);
    }
    Sizes.check(spec, "--claims", claims, 2, 1_000_000);
    Sizes.check(spec, "--backlog", backlog, 100, 100_000_000);
    Sizes.check(spec, "--mailboxes", mailboxes, 1, 100_000);
    Sizes.check(spec, "--steps", steps, 100, 100_000_000);
    Sizes.check(spec, "--streamed", streamed, 100, 100_000_000);
    if (quick) {
      sizes = List.of(1_000);
      claims = 5;
      backlog = 500;
      mailboxes = 20;
      steps = 300;
      streamed = 2_000;
    }
    Report report = new Report(spec.commandLine().getOut());
    report.say(Machine.description());
    for (Part part : Part.values()) {
      if (only.contains(part)) {
        show(part, report);
      }
    }
    report.print();
    return 0;
  }

  private void show(Part part, Report report) throws Exception {
    switch (part) {
      case CLAIMS -> claims(report);
      case BACKLOG -> {
        for (StoreKind kind : stores) {
          Claims.behindOneMailbox(kind, backlog, claims, report);
        }
      }
      case OPENING -> {
        for (StoreKind kind : stores) {
          Opening.at(kind, mailboxes, report);
        }
      }
      case HOUR -> {
        if (stores.contains(StoreKind.POSTGRES)) {
          try (PostgresServer server = PostgresServer.start()) {
            new Upkeep("hour", steps, claims, report).run(server, false);
            new Upkeep("hour_beside_old_snapshot", steps, claims, report).run(server, true);
          }
        }
      }
      case STREAM -> {
        for (StoreKind kind : stores) {
          Stream256.run(kind, streamed, report);
        }
      }
    }
  }

  private void claims(Report report) {
    for (StoreKind kind : stores) {
      List<String> names = new ArrayList<>();
      for (int size : sizes) {
        if (kind != StoreKind.MEMORY || size <= 1_000_000) {
          names.add(Claims.oneInAHundredDue(kind, size, claims, report));
        }
      }
      if (names.size() > 1) {
        flat(kind, ".p50", names, report);
        flat(kind, ".p99", names, report);
      }
    }
  }

  private static void flat(StoreKind kind, String figure, List<String> names, Report report) {
    report.atMost(
        "scale." + kind.text() + ".claim.largest_to_smallest" + figure,
        names.get(names.size() - 1) + figure,
        names.get(0) + figure,
        1.5);
  }
}
