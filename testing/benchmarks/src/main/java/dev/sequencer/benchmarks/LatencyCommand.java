package dev.sequencer.benchmarks;

import dev.sequencer.Sequencer;
import dev.sequencer.spi.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures from the instant at which all gates are open to the call of the transport. */
@Command(
    name = "latency",
    description = "Measures from all gates open to the transport, and the wake-up from idleness.",
    mixinStandardHelpOptions = true)
final class LatencyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--stores",
      split = ",",
      description = "On what: ${COMPLETION-CANDIDATES}; default all.")
  private List<StoreKind> stores = List.of(StoreKind.values());

  @Option(names = "--rate", defaultValue = "1000", description = "Mails a second; default 1,000.")
  private int rate;

  @Option(names = "--seconds", defaultValue = "20", description = "For how long; default 20.")
  private int seconds;

  @Option(
      names = "--wake-ups",
      defaultValue = "100",
      description = "Enrollments on an idle engine; default 100.")
  private int wakeUps;

  @Option(names = "--quick", description = "Tiny sizes: shows that it works, measures nothing.")
  private boolean quick;

  @Override
  public Integer call() throws Exception {
    Sizes.check(spec, "--rate", rate, 1, 100_000);
    Sizes.check(spec, "--seconds", seconds, 1, 3_600);
    Sizes.check(spec, "--wake-ups", wakeUps, 1, 100_000);
    if (quick) {
      rate = 100;
      seconds = 1;
      wakeUps = 3;
    }
    Report report = new Report(spec.commandLine().getOut());
    report.say(Machine.description());
    for (StoreKind kind : stores) {
      try (StoreKind.Opened opened = kind.open()) {
        steady(kind.text(), opened.store(), report);
      }
      try (StoreKind.Opened opened = kind.open()) {
        idle(kind.text(), opened.store(), report);
      }
    }
    report.print();
    return 0;
  }

  /** Mails that come due one after another, after as many that warm the engine up. */
  private void steady(String store, Store on, Report report) throws InterruptedException {
    int many = rate * seconds;
    int warm = Math.min(many, 5 * rate);
    CountDownLatch sent = new CountDownLatch(many + warm);
    Map<String, Instant> handedOver = new ConcurrentHashMap<>();
    InstantTransport transport =
        new InstantTransport(
            mail -> {
              handedOver.put(mail.to().normalized(), InstantSource.system().instant());
              sent.countDown();
            });
    try (Sequencer engine = Engines.builder(on, transport).workers(64).build()) {
      // After what enrolling them takes, at ten thousand a second.
      Instant first = InstantSource.system().instant().plusMillis(3_000 + (many + warm) / 10);
      Engines.enroll(engine, Engines.MAILBOXES, many + warm, n -> due(first, n, many + warm));
      engine.start();
      if (!sent.await(seconds + 600L, TimeUnit.SECONDS)) {
        throw new IllegalStateException(sent.getCount() + " mails did not leave");
      }
      Collection<Double> millis = new ConcurrentLinkedQueue<>();
      for (long n = 0; n < many + warm; n++) {
        Instant due = due(first, n, many + warm);
        Instant at = handedOver.get(Engines.contact(n, any -> due).email());
        if (at != null && !due.isBefore(first.plusMillis(1_000L * warm / rate))) {
          millis.add(between(due, at));
        }
      }
      percentiles("latency." + store + "." + rate + "_a_second", millis, report);
      report.atMost("latency." + store + "." + rate + "_a_second.p99", 250);
    }
  }

  /** Gives when a mail is due: each its own instant, neighbours far from each other. */
  private Instant due(Instant first, long number, int all) {
    // Odd and larger than any size: a walk over all places before one is met again.
    long place = Math.floorMod(number * 7_368_787L, (long) all);
    return first
        .plusNanos(place * 1_000_000_000L / rate)
        .truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
  }

  /** Enrollments on an engine that has nothing to do for an hour, one at a time. */
  private void idle(String store, Store on, Report report) throws InterruptedException {
    Semaphore handedOver = new Semaphore(0);
    InstantTransport transport = new InstantTransport(mail -> handedOver.release());
    try (Sequencer engine = Engines.builder(on, transport).build()) {
      Instant past = InstantSource.system().instant().minusSeconds(1);
      engine.start();
      Collection<Double> millis = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < wakeUps + 3; i++) {
        // Long enough for the engine to have gone to sleep.
        TimeUnit.MILLISECONDS.sleep(200);
        long from = System.nanoTime();
        engine.enroll(Engines.sequence(0), Engines.contact(i, any -> past).toContact());
        if (!handedOver.tryAcquire(60, TimeUnit.SECONDS)) {
          throw new IllegalStateException("the engine did not wake up");
        }
        if (i >= 3) {
          millis.add((System.nanoTime() - from) / 1e6);
        }
      }
      percentiles("latency." + store + ".idle_wake_up", millis, report);
      report.atMost("latency." + store + ".idle_wake_up.p99", 50);
    }
  }

  private static double between(Instant from, Instant to) {
    return java.time.Duration.between(from, to).toNanos() / 1e6;
  }

  private static void percentiles(String name, Collection<Double> millis, Report report) {
    report.add(name + ".p50", "ms", Percentiles.of(millis, 0.5));
    report.add(name + ".p99", "ms", Percentiles.of(millis, 0.99));
    report.add(name + ".most", "ms", Percentiles.of(millis, 1));
  }
}
