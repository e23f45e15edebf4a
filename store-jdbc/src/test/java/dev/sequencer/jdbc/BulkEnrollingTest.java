package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.EnrollCall.Outcome;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import dev.sequencer.tck.store.Together;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K21: many contacts in one call. */
final class BulkEnrollingTest {
  @TempDir private Path folder;
  private StoreBench bench;

  @BeforeEach
  void openStore() {
    bench = new StoreBench(JdbcStore.sqlite(folder.resolve("mail.db")));
  }

  @AfterEach
  void closeStore() {
    bench.close();
  }

  private List<EnrollCall.Row> rows(int count) {
    List<EnrollCall.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(bench.row("c" + i + "@x.example").row());
    }
    return rows;
  }

  @Test
  void answersOfManyPartsAreInTheOrderOfTheCall() {
    List<EnrollCall.Row> rows = rows(2_500);
    rows.set(2_400, rows.get(3));
    List<EnrollCall.Answer> answers = bench.handle().enroll(new EnrollCall(rows));
    assertThat(answers).hasSize(2_500);
    assertThat(answers.get(2_400).outcome()).isEqualTo(Outcome.ALREADY);
    assertThat(answers.get(2_400).enrollment()).isEqualTo(answers.get(3).enrollment());
    assertThat(answers)
        .filteredOn(answer -> answer.outcome() == Outcome.ENROLLED)
        .extracting(EnrollCall.Answer::enrollment)
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(2_499);
  }

  @Test
  void aCallOfAThousandRowsIsWholeOrNotThere() {
    List<EnrollCall.Row> rows = rows(1_000);
    rows.set(999, failing());
    assertThatThrownBy(() -> bench.handle().enroll(new EnrollCall(rows))).hasMessage("fails");
    assertThat(bench.claim()).isEmpty();
  }

  @Test
  void aLongerCallKeepsThePartsBeforeTheOneThatFailsAndIsRepeatedWithoutDoubles() {
    List<EnrollCall.Row> rows = rows(2_000);
    EnrollCall.Row last = rows.set(1_999, failing());
    assertThatThrownBy(() -> bench.handle().enroll(new EnrollCall(rows))).hasMessage("fails");
    rows.set(1_999, last);
    List<EnrollCall.Answer> answers = bench.handle().enroll(new EnrollCall(rows));
    assertThat(answers.subList(0, 1_000)).allMatch(it -> it.outcome() == Outcome.ALREADY);
    assertThat(answers.subList(1_000, 2_000)).allMatch(it -> it.outcome() == Outcome.ENROLLED);
  }

  private EnrollCall.Row failing() {
    return bench
        .row("bad@x.example")
        .start(
            contact -> {
              throw new IllegalArgumentException("fails");
            })
        .row();
  }

  @Test
  @DisplayName("K21 a receipt that comes during an import is kept before the import ends")
  void aReceiptDoesNotWaitForTheWholeImport() {
    Completion receipt = Plans.sent(bench.begun("sent@x.example"), bench.clock().instant());
    AtomicReference<Thread> receiver = new AtomicReference<>();
    CountDownLatch importing = new CountDownLatch(1);
    CountDownLatch kept = new CountDownLatch(1);
    List<EnrollCall.Row> rows = rows(3_000);
    Runnable receiptWaits =
        () -> {
          importing.countDown();
          awaitBlocked(receiver);
        };
    rows.set(0, when("first@x.example", receiptWaits));
    rows.set(2_999, when("last@x.example", () -> await(kept)));
    try (Together together = new Together()) {
      Callable<Object> imports = () -> bench.handle().enroll(new EnrollCall(rows)).size();
      Callable<Object> receives =
          () -> {
            await(importing);
            receiver.set(Thread.currentThread());
            Completion.Answer answer = bench.complete(receipt);
            kept.countDown();
            return answer;
          };
      assertThat(together.run(List.of(imports, receives)))
          .containsExactly(3_000, Completion.Answer.APPLIED);
    }
  }

  /** A row that is enrolled when something has happened. */
  private EnrollCall.Row when(String address, Runnable happened) {
    EnrollCall.Row row = bench.row(address).row();
    return bench
        .row(address)
        .start(
            contact -> {
              happened.run();
              return row.start().apply(contact);
            })
        .row();
  }

  private static void awaitBlocked(AtomicReference<Thread> thread) {
    CountDownLatch never = new CountDownLatch(1);
    while (thread.get() == null || thread.get().getState() != Thread.State.WAITING) {
      try {
        never.await(1, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
