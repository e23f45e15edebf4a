package dev.sequencer.verification.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Some nodes as processes; they end with the test. */
final class Nodes implements AutoCloseable {
  private static final int LONGEST_SECONDS = 120;

  private final String store;
  private final int port;
  private final Process[] processes;
  private final List<Thread> readers = new ArrayList<>();
  private final Semaphore sent = new Semaphore(0);
  private int started;

  Nodes(String store, int port, int nodes) {
    this.store = store;
    this.port = port;
    this.processes = new Process[nodes];
  }

  void startAll() throws IOException {
    for (int i = 0; i < processes.length; i++) {
      start(i);
    }
  }

  private void start(int node) throws IOException {
    Process process = Node.start(store, port, "node-" + node + "-" + started++);
    processes[node] = process;
    Thread reader = new Thread(() -> read(process), "reads " + started);
    reader.setDaemon(true);
    reader.start();
    readers.add(reader);
  }

  private void read(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(Node.SENT)) {
          sent.release();
        }
      }
    } catch (IOException e) {
      // By its handle a process is killed with its stream open; a broken one is a fault.
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until all of them together have sent so many more mails. */
  void awaitSent(int mails) throws InterruptedException {
    assertThat(sent.tryAcquire(mails, LONGEST_SECONDS, TimeUnit.SECONDS))
        .as("%d more mails are sent", mails)
        .isTrue();
  }

  void killAndRestart(int node) throws IOException, InterruptedException {
    processes[node].toHandle().destroyForcibly();
    assertThat(processes[node].waitFor(30, TimeUnit.SECONDS)).isTrue();
    sent.drainPermits();
    start(node);
  }

  /** Asks again and again until it is so. */
  void awaitUntil(BooleanSupplier done) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; !done.getAsBoolean(); i++) {
      assertThat(i).as("asked for %d s", LONGEST_SECONDS).isLessThan(5 * LONGEST_SECONDS);
      assertThat(never.await(200, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      if (process != null) {
        process.getOutputStream().close();
      }
    }
    try {
      for (Process process : processes) {
        if (process != null && !process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
      for (Thread reader : readers) {
        reader.join(TimeUnit.SECONDS.toMillis(30));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
