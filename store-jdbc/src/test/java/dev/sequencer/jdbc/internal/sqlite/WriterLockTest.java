package dev.sequencer.jdbc.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sequencer.jdbc.internal.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who writes first. Orders and counts, never times. */
final class WriterLockTest {
  /** A rest lasts until it is interrupted. */
  private final WriterLock lock = new WriterLock(Duration.ofHours(1));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());
  private final List<Future<?>> writers = new ArrayList<>();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Adds one that waits; comes back when it does. */
  private void waiting(Priority priority, String name) throws InterruptedException {
    int before = lock.waiting();
    writers.add(
        threads.submit(
            () -> {
              lock.enter(priority);
              order.add(name);
              lock.leave();
            }));
    CountDownLatch never = new CountDownLatch(1);
    while (lock.waiting() == before) {
      never.await(1, TimeUnit.MILLISECONDS);
    }
  }

  private void joinAll() throws Exception {
    for (Future<?> writer : writers) {
      writer.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  @DisplayName("K21 outcomes go before begins, these before acts, claims and bulk")
  void thoseWhoWaitAreAdmittedByPriority() throws Exception {
    lock.enter(Priority.STEER);
    waiting(Priority.ENROLL, "enroll");
    waiting(Priority.CLAIM, "claim");
    waiting(Priority.STEER, "steer");
    waiting(Priority.BEGIN, "begin");
    waiting(Priority.COMPLETE, "complete");
    lock.leave();
    joinAll();
    assertThat(order).containsExactly("complete", "begin", "steer", "claim", "enroll");
  }

  @Test
  @DisplayName("K21 within a priority the first to come is the first to go")
  void withinAPriorityTheOrderIsThatOfComing() throws Exception {
    lock.enter(Priority.COMPLETE);
    for (int i = 0; i < 5; i++) {
      waiting(Priority.BEGIN, "begin " + i);
    }
    lock.leave();
    joinAll();
    assertThat(order).containsExactly("begin 0", "begin 1", "begin 2", "begin 3", "begin 4");
  }

  @Test
  @DisplayName("K21 a bulk writer that comes back at once stands behind a receipt")
  void bulkWorkDoesNotStarveAReceipt() throws Exception {
    CountDownLatch bulkRuns = new CountDownLatch(1);
    CountDownLatch receiptWaits = new CountDownLatch(1);
    writers.add(
        threads.submit(
            () -> {
              for (int part = 0; part < 3; part++) {
                lock.enter(Priority.ENROLL);
                bulkRuns.countDown();
                receiptWaits.await(30, TimeUnit.SECONDS);
                order.add("part " + part);
                lock.leave();
              }
              return order;
            }));
    bulkRuns.await(30, TimeUnit.SECONDS);
    waiting(Priority.COMPLETE, "receipt");
    receiptWaits.countDown();
    joinAll();
    assertThat(order).containsExactly("part 0", "receipt", "part 1", "part 2");
  }

  @Test
  @DisplayName("K21 while bulk work rests only whoever is more urgent is admitted")
  void aRestHoldsBackBulkWorkOnly() throws Exception {
    lock.restAfter(999);
    Future<?> rest = threads.submit(() -> lock.restAfter(1));
    while (!lock.isResting()) {
      new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
    }
    waiting(Priority.ENROLL, "enroll");
    lock.enter(Priority.CLAIM);
    order.add("claim");
    lock.leave();
    assertThat(lock.waiting()).isEqualTo(1);
    rest.cancel(true);
    joinAll();
    assertThat(order).containsExactly("claim", "enroll");
  }

  @Test
  void fewRowsNeedNoRest() {
    lock.restAfter(999);
    assertThat(lock.isResting()).isFalse();
  }

  @Test
  void aThreadThatHasTheLockIsRefusedInsteadOfWaitingForItself() {
    lock.enter(Priority.STEER);
    assertThatIllegalStateException()
        .isThrownBy(() -> lock.enter(Priority.BEGIN))
        .withMessage(
            "a function that is handed to a store must be pure, but this one calls the store: read"
                + " what it needs before");
    lock.leave();
    lock.enter(Priority.BEGIN);
    lock.leave();
  }

  @Test
  void anInterruptedThreadStillGetsItsTurnAndStaysInterrupted() throws Exception {
    lock.enter(Priority.STEER);
    CountDownLatch told = new CountDownLatch(1);
    Future<Boolean> interrupted =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              told.countDown();
              lock.enter(Priority.COMPLETE);
              order.add("complete");
              lock.leave();
              return Thread.interrupted();
            });
    told.await(30, TimeUnit.SECONDS);
    lock.leave();
    assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(order).containsExactly("complete");
  }

  @Test
  void aFileHasOneLockWhoeverAsks() {
    Path file = Path.of("/some/mail.db");
    WriterLock first = WriterLocks.of(file);
    assertThat(WriterLocks.of(file)).isSameAs(first);
    assertThat(WriterLocks.of(Path.of("/other/mail.db"))).isNotSameAs(first);
  }
}
