package dev.sequencer.benchmarks;

import dev.sequencer.Sequencer;
import dev.sequencer.SequencerEvent;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whole e-mail steps of real engines, each on its threads: from the start of the first to the
 * outcome of the last mail, written and told.
 */
final class EngineSteps implements Contender {
  /** As many mails at a time as a group of rows that is worth a transaction. */
  private static final int WORKERS = 512;

  private final String name;
  private final int nodes;
  private final int steps;
  private final Setup setup;

  /** What differs between stores and transports; an engine that stops closes its transport. */
  record Setup(
      Supplier<StoreKind.Opened> store,
      Supplier<MailTransport> transport,
      int mailboxes,
      int concurrency,
      int workers) {
    static Setup of(Supplier<StoreKind.Opened> store) {
      return new Setup(
          store, () -> new InstantTransport(mail -> {}), Engines.MAILBOXES, 100, WORKERS);
    }
  }

  EngineSteps(String name, int nodes, int steps, Setup setup) {
    this.name = name;
    this.nodes = nodes;
    this.steps = steps;
    this.setup = setup;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String what() {
    return "steps/s";
  }

  @Override
  public Measured run() throws Exception {
    try (StoreKind.Opened opened = setup.store().get()) {
      Store store = opened.store();
      CountDownLatch sent = new CountDownLatch(steps);
      List<Sequencer> engines = new ArrayList<>();
      try {
        for (int i = 0; i < nodes; i++) {
          engines.add(engine(store, i, sent));
        }
        Engines.enroll(
            engines.get(0), setup.mailboxes(), steps, Engines.overdue(InstantSource.system()));
        opened.settle();
        Measured.Stopwatch watch = new Measured.Stopwatch();
        engines.forEach(Sequencer::start);
        if (!sent.await(30, TimeUnit.MINUTES)) {
          throw new IllegalStateException(
              name + ": " + sent.getCount() + " of " + steps + " steps were not done in time");
        }
        return watch.stop(steps);
      } finally {
        engines.forEach(engine -> engine.stop(Duration.ofSeconds(10)));
      }
    }
  }

  private Sequencer engine(Store store, int node, CountDownLatch sent) {
    return Engines.builder(store, setup.transport().get(), setup.mailboxes(), setup.concurrency())
        .node("node-" + node)
        .workers(setup.workers())
        .listener(
            event -> {
              if (event instanceof SequencerEvent.MailSent) {
                sent.countDown();
              }
            })
        .build();
  }
}
