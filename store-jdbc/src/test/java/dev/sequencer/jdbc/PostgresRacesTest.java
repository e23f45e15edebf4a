package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Ending;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.BeginCall.Answer;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Suppression.Blocks;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two sessions at one place at a time, each step of which is held until the other one has come. */
final class PostgresRacesTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private final String schema = SERVER.emptySchema();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private StoreBench bench;
  private StoreHandle ben;

  @BeforeEach
  void open() {
    bench = new StoreBench(JdbcStore.postgres(SERVER.source()).schema(schema));
    ben = bench.open("ben");
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    bench.close();
  }

  private Work enrolled(String address) {
    return bench.work(bench.enroll(bench.row(address)));
  }

  /** A begin that is held in the middle of its transaction, after all its locks and reads. */
  private final class HeldBegin {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final Future<List<Answer>> answers;

    HeldBegin(Begins row) throws InterruptedException {
      BeginCall call =
          new BeginCall(
              bench.handle().definitions(),
              List.of(row.row()),
              (asked, stored, ledgers, rolling, now) -> {
                inside.countDown();
                await(go);
                return Begins.perDay(1).take(asked, stored, ledgers, rolling, now);
              });
      answers = threads.submit(() -> bench.handle().begin(call));
      assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
    }

    Verdict end() throws Exception {
      go.countDown();
      return answers.get(20, TimeUnit.SECONDS).get(0).verdict();
    }
  }

  private static Suppression everything(String target) {
    return new Suppression("", target, 0, Blocks.EVERYTHING, "a test", StoreBench.START);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a call that must wait for somebody, and comes back when it does. */
  private <T> Future<T> waiting(Callable<T> call) throws SQLException, InterruptedException {
    Future<T> future = threads.submit(call);
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 400 && waiters() == 0; i++) {
      assertThat(never.await(5, TimeUnit.MILLISECONDS)).isFalse();
    }
    assertThat(waiters()).isPositive();
    assertThat(future.isDone()).isFalse();
    return future;
  }

  private static long waiters() throws SQLException {
    return number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'");
  }

  private static long number(String query) throws SQLException {
    try (Connection connection = SERVER.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  @DisplayName("K7 a claim that is released while its row begins leaves the attempt as it is")
  void aReleaseBesideABeginReleasesNothing() throws Exception {
    enrolled("1@x.example");
    ClaimCall.Answer claim = bench.claim(new Claims());
    Work claimed = claim.rows().get(0);
    HeldBegin begin = new HeldBegin(Begins.of(claimed));
    bench.clock().advance(Duration.ofHours(1));
    // The claim is over and given back, and whoever claims now may find the row still waiting.
    ben.claim(new Claims().all().release(claimed.enrollment(), claim.until()).call());
    assertThat(begin.end()).isEqualTo(Verdict.BEGUN);
    Work sending = bench.work(claimed.enrollment());
    assertThat(sending.attempt().number()).isEqualTo(1);
    assertThat(ben.claim(new Claims().all().call()).rows()).isEmpty();
    assertThat(bench.complete(Plans.sent(sending, bench.clock().instant())))
        .isEqualTo(Completion.Answer.APPLIED);
  }

  @Test
  @DisplayName("K7 two nodes that begin one row at a time begin it once")
  void aRowIsBegunOnce() throws Exception {
    Work work = enrolled("1@x.example");
    HeldBegin begin = new HeldBegin(Begins.of(work));
    // Without the ledger, at which the second one would have to wait.
    BeginCall.Row free =
        new BeginCall.Row(
            work,
            "1@x.example",
            bench.mailbox(),
            work.lane(),
            false,
            0,
            "<2@mail.example>",
            Optional.empty(),
            List.of());
    assertThat(ben.begin(new BeginCall(ben.definitions(), List.of(free), Begins.unlimited())))
        .extracting(Answer::verdict)
        .containsExactly(Verdict.CHANGED);
    assertThat(begin.end()).isEqualTo(Verdict.BEGUN);
    assertThat(bench.work(work.enrollment()).attempt().number()).isEqualTo(1);
  }

  @Test
  @DisplayName("K15 a suppression that comes while its row begins waits and counts it in flight")
  void aSuppressionBesideABeginCountsIt() throws Exception {
    Work work = enrolled("bo@x.example");
    HeldBegin begin = new HeldBegin(Begins.of(work));
    SteerCall suppress =
        SteerCall.of("", new SteerCall.Target.OfAddress("bo@x.example"), Plans.end(Ending.STOPPED))
            .suppressing(List.of(everything("bo@x.example")), List.of());
    Future<SteerCall.Answer> suppressed = waiting(() -> ben.steer(suppress));
    assertThat(begin.end()).isEqualTo(Verdict.BEGUN);
    assertThat(suppressed.get(20, TimeUnit.SECONDS).inFlight()).isEqualTo(1);
  }

  @Test
  @DisplayName("K15 a suppressed domain waits for begins and lets none through afterwards")
  void aDomainBesideABegin() throws Exception {
    Work work = enrolled("bo@x.example");
    Work next = enrolled("al@x.example");
    HeldBegin begin = new HeldBegin(Begins.of(work));
    SteerCall suppress =
        SteerCall.of("", new SteerCall.Target.Nobody(), Plans.nothing())
            .suppressing(List.of(everything("x.example")), List.of());
    Future<SteerCall.Answer> suppressed = waiting(() -> ben.steer(suppress));
    assertThat(begin.end()).isEqualTo(Verdict.BEGUN);
    assertThat(suppressed.get(20, TimeUnit.SECONDS).repeated()).isFalse();
    assertThat(bench.verdict(Begins.of(next))).isEqualTo(Verdict.SUPPRESSED);
  }

  @Test
  @DisplayName("K15 a pause or a new version waits for begins, and no older one comes after it")
  void aSwitchBesideABegin() throws Exception {
    Work work = enrolled("1@x.example");
    Work next = enrolled("2@x.example");
    long before = bench.handle().definitions();
    HeldBegin begin = new HeldBegin(Begins.of(work));
    Document all = Document.fresh(Document.Kind.SWITCH, "", "all", "{\"paused\":true}");
    Future<StoreHandle.Saved> saved = waiting(() -> ben.save(all));
    assertThat(begin.end()).isEqualTo(Verdict.BEGUN);
    assertThat(saved.get(20, TimeUnit.SECONDS).saved()).isTrue();
    BeginCall old = new BeginCall(before, List.of(Begins.of(next).row()), Begins.unlimited());
    assertThat(bench.handle().begin(old))
        .extracting(Answer::verdict)
        .containsExactly(Verdict.STALE);
  }

  @Test
  @DisplayName("K14 a second node waits for the ledger of a mailbox and sees what the first took")
  void theLedgerIsTakenOneAfterTheOther() throws Exception {
    Work first = enrolled("1@x.example");
    Work second = enrolled("2@x.example");
    HeldBegin begin = new HeldBegin(Begins.of(first));
    BeginCall call =
        new BeginCall(ben.definitions(), List.of(Begins.of(second).row()), Begins.perDay(1));
    Future<List<Answer>> begun = waiting(() -> ben.begin(call));
    assertThat(begin.end()).isEqualTo(Verdict.BEGUN);
    assertThat(begun.get(20, TimeUnit.SECONDS))
        .extracting(Answer::verdict)
        .containsExactly(Verdict.NO_CAPACITY);
  }

  @Test
  @DisplayName("K17 an outcome that is told again while it is written is written once")
  void anOutcomeIsWrittenOnce() throws Exception {
    Work begun = bench.begun("1@x.example");
    try (Connection other = SERVER.source().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select 1 from " + schema + ".sequencer_work for update");
      Completion sent = Plans.sent(begun, StoreBench.START);
      Future<Completion.Answer> one = waiting(() -> bench.complete(sent));
      Future<Completion.Answer> again = threads.submit(() -> ben.complete(List.of(sent)).get(0));
      other.rollback();
      assertThat(List.of(one.get(20, TimeUnit.SECONDS), again.get(20, TimeUnit.SECONDS)))
          .containsExactlyInAnyOrder(Completion.Answer.APPLIED, Completion.Answer.REPEATED);
    }
    assertThat(bench.subject(begun.enrollment()).deliveries()).hasSize(1);
    assertThat(bench.handle().views().log("", begun.enrollment(), 0, 9)).hasSize(1);
  }

  @Test
  @DisplayName("K22 who follows the log never passes a line that is committed later")
  void aReaderPassesNoLineThatIsCommittedLater() throws Exception {
    log("first");
    try (Connection slow = SERVER.source().getConnection();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(
          "insert into "
              + schema
              + ".sequencer_event (at, enrollment, step, tenant, kind, detail)"
              + " values (0, 0, 0, '', 'slow', '{}')");
      log("quick");
      List<LogEntry> before = follow(0);
      assertThat(before).extracting(LogEntry::kind).doesNotContain("quick", "slow");
      assertThat(bench.handle().views().log("", 0, 0, 9))
          .extracting(LogEntry::kind)
          .contains("quick");
      slow.commit();
      List<LogEntry> all = new ArrayList<>(before);
      for (int reads = 0; all.size() < 3 && reads < 10_000; reads++) {
        all.addAll(follow(all.isEmpty() ? 0 : all.get(all.size() - 1).position()));
      }
      assertThat(all).extracting(LogEntry::kind).containsExactly("first", "slow", "quick");
    }
  }

  private List<LogEntry> follow(long after) {
    return bench.handle().views().follow(after, 9);
  }

  private void log(String kind) {
    LogEntry line = new LogEntry(0, "", StoreBench.START, 0, 0, kind, "{}");
    bench
        .handle()
        .steer(
            SteerCall.of("", new SteerCall.Target.Nobody(), Plans.nothing())
                .logging(List.of(line)));
  }

  @Test
  @DisplayName("K22 a line with a smaller position is not lost to who has read a greater one")
  void aSmallerPositionIsReadAfterAGreaterOne() throws Exception {
    try (Connection early = SERVER.source().getConnection();
        Connection late = SERVER.source().getConnection()) {
      insert(early, "select pg_current_xact_id()");
      insert(late, line("late"));
      insert(early, line("early"));
      late.commit();
      assertThat(follow(0)).isEmpty();
      early.commit();
    }
    List<LogEntry> all = new ArrayList<>();
    for (int reads = 0; all.size() < 2 && reads < 10_000; reads++) {
      long after = all.isEmpty() ? 0 : all.get(all.size() - 1).position();
      all.addAll(bench.handle().views().follow(after, 1));
    }
    assertThat(all).extracting(LogEntry::kind).containsExactly("early", "late");
    assertThat(all.get(0).position()).isGreaterThan(all.get(1).position());
  }

  private String line(String kind) {
    return "insert into "
        + schema
        + ".sequencer_event (at, enrollment, step, tenant, kind, detail) values (0, 0, 0, '', '"
        + kind
        + "', '{}')";
  }

  private static void insert(Connection connection, String text) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
