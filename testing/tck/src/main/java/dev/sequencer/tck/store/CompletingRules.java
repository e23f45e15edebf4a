package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Completion.Answer;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.Ledger.Bucket;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The outcome goes to the attempt, the plan to the enrollment if nobody has acted. */
abstract class CompletingRules extends StoreRules {
  private static final Instant LEFT = StoreBench.START.plusSeconds(2);

  private List<LogEntry> log(long enrollment) {
    return bench().handle().views().log("", enrollment, 0, 100);
  }

  private Ledger ledger() {
    return bench().handle().views().ledger(Begins.ledger(bench().mailbox()));
  }

  private Completion counting(Completion completion) {
    return Plans.changing(
        completion,
        Begins.ledger(bench().mailbox()),
        ledger -> ledger.buckets(new Bucket("day", ledger.day().used() + 1), ledger.hour()));
  }

  @Test
  void aPlanWhoseRowIsAsItWasIsWrittenWhole() {
    Work begun = bench().begun("bo@x.example");
    Completion sent = Plans.sent(begun, LEFT);
    assertThat(bench().complete(sent)).isEqualTo(Answer.APPLIED);

    Work work = bench().work(begun.enrollment());
    Work next = sent.transition().next();
    assertThat(work.rev()).isEqualTo(begun.rev() + 1);
    assertThat(work.lane()).isEqualTo(next.lane());
    assertThat(work.due()).isEqualTo(LEFT.plus(Plans.NEXT_STEP));
    assertThat(work.cursor()).isEqualTo(next.cursor());
    assertThat(work.state()).isEqualTo(next.state());
    assertThat(work.attempt()).isEqualTo(next.attempt());
    assertThat(work.origin()).isEqualTo(begun.origin());
    assertThat(bench().subject(begun.enrollment()).deliveries())
        .containsExactly(sent.transition().delivery().orElseThrow());
    assertThat(log(begun.enrollment())).extracting(LogEntry::kind).containsExactly("SENT");
  }

  @Test
  void everyPartOfADeliveryIsKept() {
    Work begun = bench().begun("bo@x.example");
    Completion sent = Plans.sent(begun, LEFT);
    Delivery full =
        new Delivery(
            begun.enrollment(),
            1,
            DeliveryStatus.SENT,
            1,
            bench().mailbox(),
            LEFT.plusMillis(5),
            Optional.of(StoreBench.START),
            Optional.of(LEFT),
            new Delivery.Ids(
                "<asked@x>", Optional.of("<made@y>"), Optional.of("p-1"), Optional.of("t-1")),
            "{\"text\":\"250 ok\"}");
    bench().complete(Plans.delivering(sent, full));
    assertThat(bench().subject(begun.enrollment()).deliveries()).containsExactly(full);
  }

  @Test
  void answersComeInTheOrderOfTheCompletions() {
    Work one = bench().begun("1@x.example");
    Work two = bench().begun("2@x.example");
    bench().steer(two.enrollment(), Plans.change(work -> work));
    List<Completion> completions =
        List.of(
            Plans.sent(two, LEFT),
            Plans.attempt(Plans.sent(one, LEFT), 7),
            Plans.sent(one, LEFT),
            Plans.sent(one, LEFT));
    assertThat(bench().handle().complete(completions))
        .containsExactly(Answer.OUTCOME_ONLY, Answer.REFUSED, Answer.APPLIED, Answer.REPEATED);
    assertThat(bench().handle().complete(List.of())).isEmpty();
  }

  @Test
  @DisplayName("K2 a reply during the send is not overwritten, and the outcome is not lost")
  void whatWasEndedMeanwhileStaysEnded() {
    Work begun = bench().begun("bo@x.example");
    bench().steer(begun.enrollment(), Plans.end(Ending.STOPPED));
    Work ended = bench().work(begun.enrollment());
    assertThat(ended.state().phase()).isEqualTo(EnrollmentPhase.SENDING);

    assertThat(bench().complete(Plans.sent(begun, LEFT))).isEqualTo(Answer.OUTCOME_ONLY);

    Work work = bench().work(begun.enrollment());
    assertThat(work.state()).isEqualTo(ended.state().phase(EnrollmentPhase.WAITING));
    assertThat(work.rev()).isEqualTo(ended.rev() + 1);
    assertThat(work.lane()).isEqualTo(ended.lane());
    assertThat(work.due()).isEqualTo(ended.due());
    assertThat(work.cursor()).isEqualTo(ended.cursor());
    assertThat(bench().subject(begun.enrollment()).deliveries())
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.SENT);
    assertThat(log(begun.enrollment())).extracting(LogEntry::kind).containsExactly("SENT");
    assertThat(bench().claim(new Claims().all()).rows()).isEmpty();
  }

  @Test
  @DisplayName("K2 what changed meanwhile waits in the control lane for a new walk")
  void whatChangedMeanwhileIsParkedInTheControlLane() {
    Work begun = bench().begun("bo@x.example");
    bench().steer(begun.enrollment(), Plans.change(work -> work));
    bench().clock().advance(Duration.ofSeconds(5));
    assertThat(bench().complete(Plans.sent(begun, LEFT))).isEqualTo(Answer.OUTCOME_ONLY);

    Work work = bench().work(begun.enrollment());
    assertThat(work.lane()).isEqualTo(Lane.control(bench().sequence()));
    assertThat(work.due()).isEqualTo(bench().clock().instant());
    assertThat(work.cursor()).isEqualTo(begun.cursor());
    assertThat(work.state().status()).isEqualTo(EnrollmentStatus.ACTIVE);
    assertThat(work.state().phase()).isEqualTo(EnrollmentPhase.WAITING);
    assertThat(work.attempt().number()).isEqualTo(1);
    assertThat(bench().claim()).containsExactly(work);
  }

  @Test
  @DisplayName("K2 what was paused meanwhile stays paused")
  void whatWasPausedMeanwhileStaysPaused() {
    Work begun = bench().begun("bo@x.example");
    bench().steer(begun.enrollment(), Plans.pause());
    bench().complete(Plans.sent(begun, LEFT));
    Work work = bench().work(begun.enrollment());
    assertThat(work.state().status()).isEqualTo(EnrollmentStatus.PAUSED);
    assertThat(work.state().reason()).isEqualTo("by hand");
    assertThat(work.lane().isControl()).isTrue();
    assertThat(bench().claim(new Claims().all()).rows()).isEmpty();
  }

  @Test
  @DisplayName("K11 counts and stage reference of the attempt are taken in both cases")
  void countsAreTakenWithAndWithoutThePlan() {
    Work planned = bench().begun(Begins.of(waiting("1@x.example")).staged("draft-1"));
    Work changed = bench().begun(Begins.of(waiting("2@x.example")).staged("draft-2"));
    bench().steer(changed.enrollment(), Plans.change(work -> work));
    for (Work begun : List.of(planned, changed)) {
      Work next =
          begun
              .state(begun.state().phase(EnrollmentPhase.WAITING))
              .attempt(begun.attempt().counts(3, 2).staged(Optional.of("kept")));
      bench().complete(Plans.attempt(Plans.walked(begun, next), 1));
      Work work = bench().work(begun.enrollment());
      assertThat(work.attempt())
          .isEqualTo(begun.attempt().counts(3, 2).staged(Optional.of("kept")));
      assertThat(work.state().phase()).isEqualTo(EnrollmentPhase.WAITING);
    }
    assertThat(bench().work(planned.enrollment()).lane().isControl()).isFalse();
    assertThat(bench().work(changed.enrollment()).lane().isControl()).isTrue();
  }

  @Test
  void severalChangesOfOneLedgerInOneCallAddUp() {
    Work one = bench().begun("1@x.example");
    Work two = bench().begun("2@x.example");
    bench()
        .handle()
        .complete(List.of(counting(Plans.sent(one, LEFT)), counting(Plans.sent(two, LEFT))));
    assertThat(ledger().day().used()).isEqualTo(2);
  }

  @Test
  void aStepWithoutAnAttemptIsWrittenByItsRev() {
    Work waiting = waiting("bo@x.example");
    Completion skipped = Plans.skipped(waiting, LEFT);
    assertThat(bench().complete(skipped)).isEqualTo(Answer.APPLIED);
    Work work = bench().work(waiting.enrollment());
    assertThat(work.rev()).isEqualTo(waiting.rev() + 1);
    assertThat(work.cursor().step()).isEqualTo(2);
    assertThat(bench().subject(waiting.enrollment()).deliveries())
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.SKIPPED);
    assertThat(bench().complete(skipped)).isEqualTo(Answer.REPEATED);
    assertThat(bench().work(waiting.enrollment())).isEqualTo(work);
  }

  private Work waiting(String address) {
    return bench().work(bench().enroll(bench().row(address)));
  }
}
