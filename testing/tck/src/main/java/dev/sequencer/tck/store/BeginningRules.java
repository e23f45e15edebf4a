package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.BeginCall.Answer;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The gate: what begins, what is written then, and what does not begin. */
abstract class BeginningRules extends StoreRules {
  private Work waiting(String address) {
    return bench().work(bench().enroll(bench().row(address)));
  }

  @Test
  void aRowThatBeginsIsWrittenAsItsAnswerSays() {
    long enrollment =
        bench()
            .enroll(
                bench()
                    .row("bo@x.example")
                    .waitingIn(
                        Lanes.of(bench().pool(), bench().sequence()),
                        StoreBench.START.minusSeconds(3)));
    Work claimed = bench().claim().get(0);
    bench().clock().advance(Duration.ofMillis(250));
    Instant now = bench().clock().instant();
    Begins mail = Begins.of(claimed, bench().mailbox()).staged("draft-1");

    Answer answer = bench().begin(mail).get(0);

    assertThat(answer.enrollment()).isEqualTo(enrollment);
    assertThat(answer.verdict()).isEqualTo(Verdict.BEGUN);
    assertThat(answer.notNow()).isEmpty();
    Work begun = bench().work(enrollment);
    assertThat(answer.begun()).contains(begun);
    assertThat(begun.state()).isEqualTo(claimed.state().phase(EnrollmentPhase.SENDING));
    assertThat(begun.lane()).isEqualTo(mail.row().lane());
    assertThat(begun.attempt())
        .isEqualTo(
            new Attempt(
                1,
                0,
                0,
                bench().mailbox(),
                Optional.of(
                    new Attempt.Times(now, now.plus(Begins.HAND_OVER), now.plus(Begins.DECIDE))),
                mail.row().messageId(),
                Optional.of("draft-1")));
    assertThat(begun.rev()).isEqualTo(claimed.rev());
    assertThat(begun.due()).isEqualTo(claimed.due());
    assertThat(begun.cursor()).isEqualTo(claimed.cursor());
    assertThat(begun.origin()).isEqualTo(claimed.origin());
  }

  @Test
  void anAttemptCountsOnAndKeepsTheCountsOfTheStep() {
    Work first = bench().begun("bo@x.example");
    bench().complete(Plans.deferred(first, StoreBench.START));
    Work second = bench().begun(Begins.of(bench().work(first.enrollment())));
    assertThat(second.attempt().number()).isEqualTo(2);
    assertThat(second.attempt().tries()).isEqualTo(1);
  }

  @Test
  void answersComeInTheOrderOfTheRows() {
    Work one = waiting("1@x.example");
    Work two = waiting("2@x.example");
    Work three = waiting("3@x.example");
    List<Answer> answers =
        bench().begin(Begins.of(three), Begins.of(one).rev(one.rev() + 1), Begins.of(two));
    assertThat(answers)
        .extracting(Answer::enrollment)
        .containsExactly(three.enrollment(), one.enrollment(), two.enrollment());
    assertThat(answers)
        .extracting(Answer::verdict)
        .containsExactly(Verdict.BEGUN, Verdict.CHANGED, Verdict.BEGUN);
    assertThat(answers.get(1).begun()).isEmpty();
  }

  @Test
  void beginningNothingIsNothing() {
    assertThat(bench().begin()).isEmpty();
  }

  @Test
  void aRowThatIsNamedTwiceBeginsOnce() {
    Work work = waiting("1@x.example");
    assertThat(bench().begin(Begins.of(work), Begins.of(work)))
        .extracting(Answer::verdict)
        .containsExactly(Verdict.BEGUN, Verdict.CHANGED);
    assertThat(bench().work(work.enrollment()).attempt().number()).isEqualTo(1);
  }

  @Test
  void aRowNeedsNoClaimAndNoDueToBegin() {
    Instant later = StoreBench.START.plus(Duration.ofDays(1));
    long enrollment = bench().enroll(bench().row("1@x.example").waitingIn(bench().lane(), later));
    assertThat(bench().verdict(Begins.of(bench().work(enrollment)))).isEqualTo(Verdict.BEGUN);
  }

  @Test
  void aCapacityThatThrowsLeavesNothingBegun() {
    Work one = waiting("1@x.example");
    Work two = waiting("2@x.example");
    BeginCall.Capacity broken =
        (row, work, ledgers, rolling, now) -> {
          if (row.enrollment() == two.enrollment()) {
            throw new IllegalStateException("no capacity");
          }
          return Begins.perDay(5).take(row, work, ledgers, rolling, now);
        };
    assertThatThrownBy(() -> bench().begin(broken, Begins.of(one), Begins.of(two)))
        .hasStackTraceContaining("no capacity");
    assertThat(bench().work(one.enrollment())).isEqualTo(one);
    assertThat(bench().handle().views().ledger(Begins.ledger(bench().mailbox())).lastBegun())
        .isEmpty();
    assertThat(bench().handle().position().newestBegun()).isEmpty();
    assertThat(bench().handle().views().nthNewest(bench().mailbox(), 1)).isEmpty();
    assertThat(bench().verdict(Begins.of(one))).isEqualTo(Verdict.BEGUN);
  }
}
