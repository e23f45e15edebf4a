package dev.sequencer.jdbc.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.jdbc.internal.JdbcHandle;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import dev.sequencer.tck.store.Together;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two handles that share nothing but the file, as two processes would. */
final class TwoProcessesTest {
  @TempDir private Path folder;

  /** Opens the file with a lock of its own. */
  private StoreHandle open(StoreSetup setup) {
    SqliteOptions options =
        new SqliteOptions(
            folder.resolve("mail.db"), "sequencer_", Duration.ofSeconds(30), OptionalLong.empty());
    return new JdbcHandle(
        SqliteDatabase.open(options, new WriterLock(), setup.clock().instant()),
        setup.clock(),
        transaction -> {
          throw new IllegalStateException("no host here");
        });
  }

  private StoreBench bench() {
    Store store = this::open;
    return new StoreBench(store);
  }

  /** Claims, begins and completes until nothing is left; gives what was begun. */
  private static List<Long> sendAll(StoreHandle handle, StoreBench bench) {
    List<Long> begun = new ArrayList<>();
    List<Work> claimed = handle.claim(new Claims().all().slots(bench.mailbox(), 7).call()).rows();
    while (!claimed.isEmpty()) {
      List<BeginCall.Row> rows = claimed.stream().map(work -> Begins.of(work).row()).toList();
      List<Completion> sent = new ArrayList<>();
      for (BeginCall.Answer answer :
          handle.begin(new BeginCall(handle.definitions(), rows, Begins.perDay(1_000)))) {
        answer
            .begun()
            .ifPresent(
                work -> {
                  begun.add(work.enrollment());
                  sent.add(Plans.sent(work, bench.clock().instant()));
                });
      }
      assertThat(handle.complete(sent)).containsOnly(Completion.Answer.APPLIED);
      claimed = handle.claim(new Claims().all().slots(bench.mailbox(), 7).call()).rows();
    }
    return begun;
  }

  @Test
  @DisplayName("A2 two processes on one file send each mail once and count each one")
  void eachMailIsSentOnceAndCountedOnce() {
    try (StoreBench bench = bench();
        Together together = new Together()) {
      List<Long> due = bench.enroll(300);
      StoreHandle ben = bench.open("ben");
      List<List<Long>> begun =
          together.run(
              List.<Callable<List<Long>>>of(
                  () -> sendAll(bench.handle(), bench), () -> sendAll(ben, bench)));
      List<Long> all = new ArrayList<>(begun.get(0));
      all.addAll(begun.get(1));
      assertThat(all).containsExactlyInAnyOrderElementsOf(due);
      assertThat(
              Begins.used(
                  ben.views().ledger(Begins.ledger(bench.mailbox())),
                  Begins.day(bench.clock().instant())))
          .isEqualTo(300);
    }
  }

  @Test
  void twoProcessesThatEnrollTheSameMakeOneOfEach() {
    try (StoreBench bench = bench();
        Together together = new Together()) {
      StoreHandle ben = bench.open("ben");
      List<EnrollCall.Row> rows = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        rows.add(bench.row("c" + i + "@x.example").row());
      }
      Callable<List<EnrollCall.Answer>> one = () -> inParts(bench.handle(), rows);
      Callable<List<EnrollCall.Answer>> other = () -> inParts(ben, rows);
      List<List<EnrollCall.Answer>> answers = together.run(List.of(one, other));
      assertThat(new HashSet<>(numbers(answers.get(0)))).hasSize(500);
      assertThat(numbers(answers.get(1))).isEqualTo(numbers(answers.get(0)));
    }
  }

  private static List<EnrollCall.Answer> inParts(StoreHandle handle, List<EnrollCall.Row> rows) {
    List<EnrollCall.Answer> answers = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += 10) {
      answers.addAll(handle.enroll(new EnrollCall(rows.subList(from, from + 10))));
    }
    return answers;
  }

  private static List<Long> numbers(List<EnrollCall.Answer> answers) {
    return answers.stream().map(EnrollCall.Answer::enrollment).toList();
  }

  @Test
  void whatOneProcessCommitsTheOtherSeesAtOnce() {
    try (StoreBench bench = bench()) {
      StoreHandle ben = bench.open("ben");
      Work prepared = bench.work(bench.enroll(bench.row("bo@x.example")));
      long known = bench.handle().definitions();
      ben.save(Document.fresh(Document.Kind.SWITCH, "", "all", "{}"));
      assertThat(
              bench
                  .handle()
                  .begin(
                      new BeginCall(known, List.of(Begins.of(prepared).row()), Begins.unlimited()))
                  .get(0)
                  .verdict())
          .isEqualTo(BeginCall.Verdict.STALE);
    }
  }
}
