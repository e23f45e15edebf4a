package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Completion.Answer;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attempts in doubt, outcomes that come late, and which delivery of a step stays. */
abstract class OutcomeRules extends StoreRules {
  private static final Instant LEFT = StoreBench.START.plusSeconds(2);

  private Instant now() {
    return bench().clock().instant();
  }

  private List<Delivery> deliveries(Work work) {
    return bench().subject(work.enrollment()).deliveries();
  }

  private Work doubted(String address) {
    Work begun = bench().begun(address);
    bench().clock().advance(Begins.DECIDE.plusSeconds(1));
    assertThat(bench().complete(Plans.doubted(begun, now()))).isEqualTo(Answer.APPLIED);
    return begun;
  }

  @Test
  void anAttemptWithoutOutcomeIsUndecidedOnceItsDeadlineHasPassed() {
    Work first = bench().begun("1@x.example");
    bench().clock().advance(Duration.ofSeconds(1));
    Work second = bench().begun("2@x.example");
    bench().complete(Plans.sent(bench().begun("3@x.example"), LEFT));
    bench().steer(second.enrollment(), Plans.end(Ending.STOPPED));
    Instant decideAt = decideAt(first);

    assertThat(bench().handle().undecided(decideAt, 10)).isEmpty();
    assertThat(bench().handle().undecided(decideAt.plusMillis(1), 10)).containsExactly(first);
    assertThat(bench().handle().undecided(decideAt(second).plusMillis(1), 10))
        .extracting(Work::enrollment)
        .containsExactly(first.enrollment(), second.enrollment());
    assertThat(bench().handle().undecided(decideAt(second).plusMillis(1), 1))
        .containsExactly(first);
    assertThat(bench().handle().undecided(decideAt(second).plusMillis(1), 10)).hasSize(2);
  }

  @Test
  void inDoubtMovesNothingButPhaseStatusAndReason() {
    Work begun = doubted("bo@x.example");
    Work work = bench().work(begun.enrollment());
    assertThat(work)
        .isEqualTo(
            begun.state(
                new State(
                    EnrollmentStatus.HELD,
                    EnrollmentPhase.IN_DOUBT,
                    Optional.empty(),
                    "in doubt")));
    assertThat(deliveries(begun))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.IN_DOUBT);
    assertThat(bench().handle().undecided(now().plusSeconds(99), 10)).isEmpty();
  }

  @Test
  void inDoubtIsToldOnce() {
    Work begun = doubted("bo@x.example");
    Work work = bench().work(begun.enrollment());
    assertThat(bench().complete(Plans.doubted(begun, now()))).isEqualTo(Answer.REPEATED);
    assertThat(bench().work(begun.enrollment())).isEqualTo(work);
    assertThat(bench().handle().views().log("", begun.enrollment(), 0, 9))
        .extracting(LogEntry::kind)
        .containsExactly("IN_DOUBT");
  }

  @Test
  void inDoubtLeavesAnEndedEnrollmentEnded() {
    Work begun = bench().begun("bo@x.example");
    bench().steer(begun.enrollment(), Plans.end(Ending.STOPPED));
    Work ended = bench().work(begun.enrollment());
    assertThat(bench().complete(Plans.doubted(begun, now()))).isEqualTo(Answer.OUTCOME_ONLY);
    assertThat(bench().work(begun.enrollment()))
        .isEqualTo(ended.state(ended.state().phase(EnrollmentPhase.IN_DOUBT)));
    assertThat(deliveries(begun))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.IN_DOUBT);
  }

  @Test
  @DisplayName("K2 what somebody paused meanwhile stays paused when its attempt is in doubt")
  void inDoubtLeavesPausedWhatWasPausedMeanwhile() {
    Work begun = bench().begun("bo@x.example");
    bench().steer(begun.enrollment(), Plans.pause());
    Work paused = bench().work(begun.enrollment());
    assertThat(bench().complete(Plans.doubted(begun, now()))).isEqualTo(Answer.OUTCOME_ONLY);
    assertThat(bench().work(begun.enrollment()))
        .isEqualTo(paused.state(paused.state().phase(EnrollmentPhase.IN_DOUBT)));
    bench().complete(Plans.sent(begun, LEFT));
    assertThat(bench().work(begun.enrollment()).state())
        .isEqualTo(paused.state().phase(EnrollmentPhase.WAITING));
  }

  @Test
  @DisplayName("K3 a late sent of an attempt in doubt is applied whole")
  void aLateSentOfAnAttemptInDoubtIsAppliedWhole() {
    Work begun = doubted("bo@x.example");
    assertThat(bench().complete(Plans.sent(begun, LEFT))).isEqualTo(Answer.APPLIED);
    Work work = bench().work(begun.enrollment());
    assertThat(work.state()).isEqualTo(State.WAITING);
    assertThat(work.cursor().step()).isEqualTo(2);
    assertThat(deliveries(begun)).extracting(Delivery::status).containsExactly(DeliveryStatus.SENT);
  }

  @Test
  @DisplayName("K3 a late sent after an act frees what was held only for its doubt")
  void aLateSentAfterAnActFreesWhatWasHeldForItsDoubt() {
    Work begun = doubted("bo@x.example");
    bench().steer(begun.enrollment(), Plans.change(work -> work));
    assertThat(bench().complete(Plans.sent(begun, LEFT))).isEqualTo(Answer.OUTCOME_ONLY);
    Work work = bench().work(begun.enrollment());
    assertThat(work.state().status()).isEqualTo(EnrollmentStatus.ACTIVE);
    assertThat(work.state().phase()).isEqualTo(EnrollmentPhase.WAITING);
    assertThat(work.lane().isControl()).isTrue();
    assertThat(bench().claim()).extracting(Work::enrollment).contains(begun.enrollment());
  }

  @Test
  void aLateOutcomeLeavesHeldWhatIsHeldForAnotherReason() {
    Work begun = bench().begun("bo@x.example");
    bench()
        .steer(
            begun.enrollment(),
            Plans.change(
                work -> work.state(work.state().status(EnrollmentStatus.HELD, "mailbox gone"))));
    bench().complete(Plans.sent(begun, LEFT));
    State state = bench().work(begun.enrollment()).state();
    assertThat(state.status()).isEqualTo(EnrollmentStatus.HELD);
    assertThat(state.reason()).isEqualTo("mailbox gone");
    assertThat(state.phase()).isEqualTo(EnrollmentPhase.WAITING);
  }

  @Test
  @DisplayName("A13 a late sent after the doubt was resolved is refused")
  void aLateSentAfterTheDoubtWasResolvedIsRefused() {
    Work begun = doubted("bo@x.example");
    bench().steer(begun.enrollment(), Plans.change(work -> work.state(State.WAITING)));
    Work resolved = bench().work(begun.enrollment());
    assertThat(bench().complete(Plans.sent(begun, LEFT))).isEqualTo(Answer.REFUSED);
    assertThat(bench().work(begun.enrollment())).isEqualTo(resolved);
    assertThat(deliveries(begun))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.IN_DOUBT);
  }

  @Test
  @DisplayName("A13 a late sent of an attempt that was superseded is refused")
  void aLateSentOfASupersededAttemptIsRefused() {
    Work begun = doubted("bo@x.example");
    bench().steer(begun.enrollment(), Plans.change(work -> work.state(State.WAITING)));
    Work again = bench().begun(Begins.of(bench().work(begun.enrollment())).resendOf(1));
    assertThat(bench().complete(Plans.sent(begun, LEFT))).isEqualTo(Answer.REFUSED);
    assertThat(bench().work(begun.enrollment())).isEqualTo(again);

    assertThat(bench().complete(Plans.sent(again, LEFT))).isEqualTo(Answer.APPLIED);
    assertThat(deliveries(begun)).extracting(Delivery::attempt).containsExactly(2);
  }

  @Test
  void aDeliveryIsReplacedByALaterAttemptOnly() {
    Work begun = bench().begun("bo@x.example");
    bench().complete(Plans.deferred(begun, StoreBench.START));
    Work second = bench().begun(Begins.of(bench().work(begun.enrollment())));
    bench().complete(Plans.sent(second, LEFT));
    deliver(begun, DeliveryStatus.FAILED, 1);
    assertThat(deliveries(begun)).extracting(Delivery::attempt).containsExactly(2);
    deliver(begun, DeliveryStatus.FAILED, 2);
    assertThat(deliveries(begun)).extracting(Delivery::status).containsExactly(DeliveryStatus.SENT);
    deliver(begun, DeliveryStatus.FAILED, 3);
    assertThat(deliveries(begun))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.FAILED);
  }

  @Test
  void aFailedStepIsTriedAgainWhenItsEnrollmentIsTakenUpAgain() {
    Work begun = bench().begun("bo@x.example");
    bench().complete(Plans.failed(begun, LEFT));
    bench().steer(begun.enrollment(), Plans.change(work -> work.state(State.WAITING)));
    assertThat(deliveries(begun)).isEmpty();
    Work again = bench().begun(Begins.of(bench().work(begun.enrollment())));
    assertThat(again.attempt().number()).isEqualTo(2);
  }

  @Test
  void aSkippedStepIsTriedAgainWhenTheEnrollmentIsPutBackOnIt() {
    Work waiting = bench().work(bench().enroll(bench().row("bo@x.example")));
    bench().complete(Plans.skipped(waiting, LEFT));
    bench()
        .steer(
            waiting.enrollment(),
            Plans.change(work -> work.at(work.lane(), LEFT, waiting.cursor())));
    assertThat(deliveries(waiting)).isEmpty();
  }

  @Test
  void aStepIsNotTriedAgainByAnActThatOnlyLetsItGoOn() {
    Work begun = bench().begun("bo@x.example");
    bench().steer(begun.enrollment(), Plans.pause());
    bench().complete(Plans.failed(begun, LEFT));
    bench().steer(begun.enrollment(), Plans.resume());
    assertThat(deliveries(begun))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.FAILED);
  }

  @Test
  void aStepIsTriedAgainOnlyWhereItsEnrollmentMayGoOn() {
    State paused = State.WAITING.status(EnrollmentStatus.PAUSED, "");
    State doubtful = State.WAITING.phase(EnrollmentPhase.IN_DOUBT);
    for (State state : List.of(paused, doubtful)) {
      Work begun = bench().begun(state.status() + "@x.example");
      bench().complete(Plans.failed(begun, LEFT));
      bench().steer(begun.enrollment(), Plans.change(work -> work.state(state)));
      assertThat(deliveries(begun)).as(state.toString()).hasSize(1);
    }
  }

  @Test
  void aStepWhoseDeliveryIsGivenIsNotTriedAgain() {
    Work begun = bench().begun("bo@x.example");
    bench().complete(Plans.failed(begun, LEFT));
    Delivery skipped = Plans.delivery(begun, DeliveryStatus.SKIPPED, 0, LEFT);
    bench()
        .steer(
            begun.enrollment(),
            subject ->
                Optional.of(
                    new Transition(
                        subject.work().state(State.WAITING), Optional.of(skipped), List.of())));
    assertThat(deliveries(begun))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.FAILED);
  }

  @Test
  void aSentStepIsNeverTriedAgain() {
    Work begun = bench().begun("bo@x.example");
    bench().complete(Plans.sent(begun, LEFT));
    bench().steer(begun.enrollment(), Plans.end(Ending.FAILED));
    bench()
        .steer(
            begun.enrollment(),
            Plans.change(work -> work.at(work.lane(), LEFT, begun.cursor()).state(State.WAITING)));
    assertThat(deliveries(begun)).extracting(Delivery::status).containsExactly(DeliveryStatus.SENT);
  }

  private void deliver(Work work, DeliveryStatus status, int attempt) {
    Delivery delivery = Plans.delivery(work, status, attempt, LEFT);
    bench().steer(work.enrollment(), Plans.deliver(delivery));
  }

  private static Instant decideAt(Work work) {
    return work.attempt().times().map(Attempt.Times::decideAt).orElseThrow();
  }
}
