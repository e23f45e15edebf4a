package dev.sequencer.benchmarks;

import dev.sequencer.Sequencer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Bulk enrolling of new contacts in one store that keeps what earlier rounds put there. */
final class BulkEnroll implements Contender, AutoCloseable {
  private final String name;
  private final int contacts;
  private final int callers;
  private final StoreKind.Opened opened;
  private final Sequencer engine;
  private final Instant due = InstantSource.system().instant().plus(Duration.ofDays(1));
  private long next;

  /**
   * Describes it.
   *
   * @param callers how many threads enroll at a time
   */
  BulkEnroll(String name, int contacts, int callers, StoreKind.Opened opened) {
    this.name = name;
    this.contacts = contacts;
    this.callers = callers;
    this.opened = opened;
    engine = Engines.builder(opened.store(), new InstantTransport(mail -> {})).build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String what() {
    return "contacts/s";
  }

  /** Puts contacts there that are not measured. */
  void fill(long many) throws Exception {
    enroll(many, 2);
    opened.settle();
  }

  @Override
  public Measured run() throws Exception {
    Measured.Stopwatch watch = new Measured.Stopwatch();
    enroll(contacts, callers);
    return watch.stop(contacts);
  }

  private void enroll(long many, int threads) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        long first = next + many * i / threads;
        long end = next + many * (i + 1) / threads;
        String sequence = Engines.sequence(i % Engines.MAILBOXES);
        running.add(
            callers.submit(
                () -> {
                  engine.enrollAll(sequence, Engines.contacts(first, end, due), done -> {});
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      callers.shutdown();
    }
    next += many;
  }

  @Override
  public void close() {
    engine.close();
    opened.close();
  }
}
