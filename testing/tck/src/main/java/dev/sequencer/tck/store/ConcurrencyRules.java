package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Ending;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Completion.LedgerChange;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.EnrollCall.Outcome;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreHandle.Saved;
import dev.sequencer.spi.store.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What holds when several callers of several engines call at once. */
abstract class ConcurrencyRules extends StoreRules {
  private final Together together = new Together();

  @AfterEach
  void endThreads() {
    together.close();
  }

  private <T> List<T> atOnce(Callable<T> one, Callable<T> other) {
    return together.run(List.of(one, other));
  }

  private static List<Long> begun(StoreHandle handle, List<Work> works) {
    List<BeginCall.Row> rows = works.stream().map(work -> Begins.of(work).row()).toList();
    return handle.begin(new BeginCall(handle.definitions(), rows, Begins.unlimited())).stream()
        .filter(answer -> answer.verdict() == Verdict.BEGUN)
        .map(BeginCall.Answer::enrollment)
        .toList();
  }

  /** Claims and begins until nothing is left. */
  private static List<Long> emptied(StoreHandle handle) {
    List<Long> all = new ArrayList<>();
    List<Work> claimed = handle.claim(new Claims().all().call()).rows();
    while (!claimed.isEmpty()) {
      all.addAll(begun(handle, claimed));
      claimed = handle.claim(new Claims().all().call()).rows();
    }
    return all;
  }

  @Test
  @DisplayName("A2 two callers, 100 due, 50 times: each row is begun exactly once")
  void eachRowIsBegunExactlyOnce() {
    StoreHandle ann = bench().handle();
    StoreHandle ben = bench().open("ben");
    for (int round = 0; round < 50; round++) {
      String run = "r" + round;
      List<Long> due =
          ann
              .enroll(
                  new EnrollCall(
                      IntStream.range(0, 100)
                          .mapToObj(i -> bench().row("c" + i + "@x.example").run(run).row())
                          .toList()))
              .stream()
              .map(EnrollCall.Answer::enrollment)
              .toList();
      List<List<Long>> begun = atOnce(() -> emptied(ann), () -> emptied(ben));
      List<Long> both = new ArrayList<>(begun.get(0));
      both.addAll(begun.get(1));
      assertThat(both).containsExactlyInAnyOrderElementsOf(due);
    }
  }

  @Test
  @DisplayName("A2 two callers that prepared the same rows: each row is begun exactly once")
  void theSameRowsAreBegunOnce() {
    StoreHandle ann = bench().handle();
    StoreHandle ben = bench().open("ben");
    for (int round = 0; round < 50; round++) {
      String run = "r" + round;
      List<Work> works = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        works.add(bench().work(bench().enroll(bench().row(i + "@x.example").run(run))));
      }
      List<Work> backwards = new ArrayList<>(works);
      Collections.reverse(backwards);
      List<List<Long>> begun = atOnce(() -> begun(ann, works), () -> begun(ben, backwards));
      List<Long> both = new ArrayList<>(begun.get(0));
      both.addAll(begun.get(1));
      assertThat(both)
          .containsExactlyInAnyOrderElementsOf(works.stream().map(Work::enrollment).toList());
    }
  }

  @Test
  @DisplayName("B6 two callers that enroll the same make one row and get one number")
  void twoCallersThatEnrollTheSameMakeOneRow() {
    StoreHandle ann = bench().handle();
    StoreHandle ben = bench().open("ben");
    for (int round = 0; round < 50; round++) {
      List<EnrollCall.Row> rows = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        rows.add(bench().row(round + "." + i + "@x.example").row());
      }
      List<EnrollCall.Row> backwards = new ArrayList<>(rows);
      Collections.reverse(backwards);
      List<List<EnrollCall.Answer>> answers =
          atOnce(
              () -> ann.enroll(new EnrollCall(rows)), () -> ben.enroll(new EnrollCall(backwards)));
      for (int i = 0; i < 5; i++) {
        EnrollCall.Answer one = answers.get(0).get(i);
        EnrollCall.Answer other = answers.get(1).get(4 - i);
        assertThat(one.enrollment()).isEqualTo(other.enrollment());
        assertThat(List.of(one.outcome(), other.outcome()))
            .containsExactlyInAnyOrder(Outcome.ENROLLED, Outcome.ALREADY);
      }
    }
    assertThat(bench().handle().views().enrollments(Filters.any(), 0, 999)).hasSize(250);
  }

  @Test
  @DisplayName("K5 two callers take no more than there is")
  void twoCallersTakeNoMoreThanThereIs() {
    StoreHandle ben = bench().open("ben");
    List<Begins> mails = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      mails.add(Begins.of(bench().work(bench().enroll(bench().row(i + "@x.example")))));
    }
    Begins[] one = mails.subList(0, 20).toArray(Begins[]::new);
    List<BeginCall.Row> other = mails.subList(20, 40).stream().map(Begins::row).toList();
    List<List<BeginCall.Answer>> answers =
        atOnce(
            () -> bench().begin(Begins.perDay(25), one),
            () -> ben.begin(new BeginCall(ben.definitions(), other, Begins.perDay(25))));
    long begun =
        answers.stream()
            .flatMap(List::stream)
            .filter(answer -> answer.verdict() == Verdict.BEGUN)
            .count();
    assertThat(begun).isEqualTo(25);
    assertThat(bench().handle().views().ledger(Begins.ledger(bench().mailbox())).day().used())
        .isEqualTo(25);
  }

  @Test
  void noChangeOfALedgerIsLost() {
    StoreHandle ben = bench().open("ben");
    LedgerChange one =
        new LedgerChange(
            Begins.ledger(bench().mailbox()),
            ledger ->
                ledger.buckets(new Ledger.Bucket("d", ledger.day().used() + 1), ledger.hour()));
    atOnce(() -> changed(bench().handle(), one), () -> changed(ben, one));
    assertThat(bench().handle().views().ledger(Begins.ledger(bench().mailbox())).day().used())
        .isEqualTo(100);
  }

  private static int changed(StoreHandle handle, LedgerChange change) {
    for (int i = 0; i < 50; i++) {
      handle.change(List.of(change));
    }
    return 50;
  }

  @RepeatedTest(20)
  @DisplayName("K15 what suppress does not count as in flight does not leave any more")
  void suppressAndBeginAtOnce() {
    Work work = bench().work(bench().enroll(bench().row("bo@x.example")));
    StoreHandle ben = bench().open("ben");
    SteerCall suppress =
        SteerCall.of("", new Target.OfAddress("bo@x.example"), Plans.end(Ending.STOPPED))
            .suppressing(List.of(SuppressionRules.everything("bo@x.example")), List.of());
    List<Integer> counts =
        atOnce(
            () -> bench().verdict(Begins.of(work)) == Verdict.BEGUN ? 1 : 0,
            () -> ben.steer(suppress).inFlight());
    assertThat(counts.get(0)).isEqualTo(counts.get(1));
  }

  @RepeatedTest(20)
  @DisplayName("K2 a stop and an outcome at once: stopped and recorded")
  void steerAndCompleteAtOnce() {
    Work begun = bench().begun("bo@x.example");
    StoreHandle ben = bench().open("ben");
    List<Object> answers =
        atOnce(
            () -> bench().complete(Plans.sent(begun, StoreBench.START)),
            () ->
                ben.steer(
                    SteerCall.of(
                        "",
                        new Target.These(List.of(begun.enrollment())),
                        Plans.end(Ending.STOPPED))));
    assertThat(answers.get(0)).isIn(Completion.Answer.APPLIED, Completion.Answer.OUTCOME_ONLY);
    Work work = bench().work(begun.enrollment());
    assertThat(work.state().status()).isEqualTo(EnrollmentStatus.ENDED);
    assertThat(work.rev()).isEqualTo(begun.rev() + 2);
    assertThat(bench().subject(begun.enrollment()).deliveries()).hasSize(1);
    assertThat(bench().claim(new Claims().all()).rows()).isEmpty();
  }

  @RepeatedTest(20)
  @DisplayName("K17 an outcome that is told twice at once is recorded once")
  void completeTwiceAtOnce() {
    Work begun = bench().begun("bo@x.example");
    StoreHandle ben = bench().open("ben");
    Completion sent = Plans.sent(begun, StoreBench.START);
    List<Completion.Answer> answers =
        atOnce(() -> bench().complete(sent), () -> ben.complete(List.of(sent)).get(0));
    assertThat(answers)
        .containsExactlyInAnyOrder(Completion.Answer.APPLIED, Completion.Answer.REPEATED);
    assertThat(bench().handle().views().log("", begun.enrollment(), 0, 9)).hasSize(1);
  }

  @RepeatedTest(20)
  void anActThatIsTriedTwiceAtOnceIsCarriedOutOnce() {
    Work work = bench().work(bench().enroll(bench().row("bo@x.example")));
    StoreHandle ben = bench().open("ben");
    SteerCall act =
        SteerCall.of("", new Target.These(List.of(work.enrollment())), Plans.change(same -> same))
            .key("evt-1");
    List<Boolean> repeated =
        atOnce(() -> bench().handle().steer(act).repeated(), () -> ben.steer(act).repeated());
    assertThat(repeated).containsExactlyInAnyOrder(false, true);
    assertThat(bench().work(work.enrollment()).rev()).isEqualTo(work.rev() + 1);
  }

  @RepeatedTest(20)
  void aDocumentIsSavedByOneOfTwo() {
    Document first = bench().handle().save(Document.fresh(Kind.SWITCH, "", "all", "0")).current();
    StoreHandle ben = bench().open("ben");
    List<Saved> saved =
        atOnce(() -> bench().handle().save(first.body("ann")), () -> ben.save(first.body("ben")));
    assertThat(saved).extracting(Saved::saved).containsExactlyInAnyOrder(true, false);
    assertThat(saved.get(0).current()).isEqualTo(saved.get(1).current());
  }

  @RepeatedTest(3)
  @DisplayName("P3 no wake-up is lost between enrolling and claiming")
  void noWakeUpIsLostBetweenEnrollingAndClaiming() {
    StoreHandle ben = bench().open("ben");
    CountDownLatch done = new CountDownLatch(1);
    List<Integer> counts =
        atOnce(
            () -> {
              for (int i = 0; i < 100; i++) {
                bench().enroll(bench().row(i + "@x.example"));
              }
              done.countDown();
              return 100;
            },
            () -> claimedUntil(done, ben));
    assertThat(counts.get(1)).isEqualTo(100);
  }

  /** Claims what is woken up, until the latch is down and one more claim finds nothing. */
  private static int claimedUntil(CountDownLatch done, StoreHandle handle) {
    int count = 0;
    boolean last = false;
    while (true) {
      int found = handle.claim(new Claims().call()).rows().size();
      count += found;
      if (found == 0 && last) {
        return count;
      }
      last = done.getCount() == 0;
    }
  }
}
