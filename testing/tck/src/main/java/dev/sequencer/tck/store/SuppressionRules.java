package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Ending;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.EnrollCall.Answer;
import dev.sequencer.spi.store.EnrollCall.Outcome;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Suppression.Blocks;
import dev.sequencer.spi.store.Work;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a suppression stops, at the door and at the gate. */
abstract class SuppressionRules extends StoreRules {
  static Suppression everything(String target) {
    return new Suppression("", target, 0, Blocks.EVERYTHING, "bounced", StoreBench.START);
  }

  static Suppression marketing(String target) {
    return new Suppression(
        "", target, 0, Blocks.ALL_BUT_TRANSACTIONAL, "unsubscribed", StoreBench.START);
  }

  static Suppression inSequence(String target, int sequence) {
    return new Suppression(
        "", target, sequence, Blocks.ALL_BUT_TRANSACTIONAL, "unsubscribed", StoreBench.START);
  }

  static SteerCall call(List<Suppression> add, List<Suppression> remove) {
    return SteerCall.of("", new Target.Nobody(), Plans.nothing()).suppressing(add, remove);
  }

  private void suppress(Suppression... suppressions) {
    bench().handle().steer(call(List.of(suppressions), List.of()));
  }

  private void unsuppress(Suppression... suppressions) {
    bench().handle().steer(call(List.of(), List.of(suppressions)));
  }

  private Outcome enrolling(Rows row) {
    return bench().enrollAll(row).get(0).outcome();
  }

  @Test
  void aSuppressedAddressIsNotEnrolledAndNothingIsWritten() {
    suppress(everything("bo@x.example"));
    Answer answer = bench().enrollAll(bench().row("Bo@X.example")).get(0);
    assertThat(answer)
        .isEqualTo(new Answer(Outcome.SUPPRESSED, 0, "", Optional.of(everything("bo@x.example"))));
    assertThat(bench().handle().views().contactsByAddress("", "bo@x.example")).isEmpty();
    assertThat(enrolling(bench().row("cy@x.example"))).isEqualTo(Outcome.ENROLLED);
  }

  @Test
  void aSuppressedDomainIsNotEnrolledButItsSubdomainsAre() {
    suppress(everything("x.example"));
    assertThat(enrolling(bench().row("bo@x.example"))).isEqualTo(Outcome.SUPPRESSED);
    assertThat(enrolling(bench().row("bo@sub.x.example"))).isEqualTo(Outcome.ENROLLED);
    assertThat(enrolling(bench().row("bo@xx.example"))).isEqualTo(Outcome.ENROLLED);
  }

  @Test
  void oneSuppressedRowLeavesTheOthersAlone() {
    suppress(everything("bo@x.example"));
    assertThat(bench().enrollAll(bench().row("bo@x.example"), bench().row("cy@x.example")))
        .extracting(Answer::outcome)
        .containsExactly(Outcome.SUPPRESSED, Outcome.ENROLLED);
  }

  @Test
  void aKeyOfTheSequenceGivesTheFirstBackThoughItsAddressIsSuppressedSince() {
    long first = bench().enroll(bench().row("bo@x.example").run("k").whoever());
    suppress(everything("bo@x.example"));
    assertThat(bench().enrollAll(bench().row("bo@x.example").run("k").whoever()))
        .containsExactly(new Answer(Outcome.ALREADY, first, "k", Optional.empty()));
    assertThat(enrolling(bench().row("bo@x.example").run("k2").whoever()))
        .isEqualTo(Outcome.SUPPRESSED);
  }

  @Test
  void transactionalMailIgnoresMarketingSuppressionsOnly() {
    suppress(marketing("bo@x.example"), everything("cy@x.example"));
    assertThat(enrolling(bench().row("bo@x.example"))).isEqualTo(Outcome.SUPPRESSED);
    assertThat(enrolling(bench().row("bo@x.example").transactional())).isEqualTo(Outcome.ENROLLED);
    assertThat(enrolling(bench().row("cy@x.example").transactional()))
        .isEqualTo(Outcome.SUPPRESSED);
  }

  @Test
  void oneOfASequenceHoldsForItAlone() {
    suppress(inSequence("bo@x.example", bench().sequence()));
    assertThat(enrolling(bench().row("bo@x.example"))).isEqualTo(Outcome.SUPPRESSED);
    assertThat(enrolling(bench().row("bo@x.example").sequence(bench().otherSequence())))
        .isEqualTo(Outcome.ENROLLED);
  }

  @Test
  void whoeverIsNoLongerSuppressedMayBeEnrolled() {
    suppress(everything("bo@x.example"), inSequence("bo@x.example", bench().sequence()));
    unsuppress(everything("bo@x.example"));
    assertThat(enrolling(bench().row("bo@x.example"))).isEqualTo(Outcome.SUPPRESSED);
    unsuppress(inSequence("bo@x.example", bench().sequence()));
    assertThat(enrolling(bench().row("bo@x.example"))).isEqualTo(Outcome.ENROLLED);
  }

  @Test
  void anEqualOneIsReplacedOnlyByOneThatBlocksMore() {
    suppress(marketing("bo@x.example"));
    suppress(everything("bo@x.example"));
    suppress(marketing("bo@x.example"));
    assertThat(bench().handle().views().suppressionsOf("", "bo@x.example"))
        .containsExactly(everything("bo@x.example"));
  }

  @Test
  @DisplayName("H2 what is suppressed between claim and begin does not leave and takes nothing")
  void suppressedBetweenClaimAndBegin() {
    bench().enroll(bench().row("bo@x.example"));
    Work claimed = bench().claim().get(0);
    suppress(everything("bo@x.example"));
    assertThat(bench().begin(Begins.perDay(1), Begins.of(claimed)).get(0).verdict())
        .isEqualTo(Verdict.SUPPRESSED);
    assertThat(bench().work(claimed.enrollment()).attempt()).isEqualTo(claimed.attempt());
    Work other = bench().work(bench().enroll(bench().row("cy@x.example")));
    assertThat(bench().begin(Begins.perDay(1), Begins.of(other)).get(0).verdict())
        .isEqualTo(Verdict.BEGUN);
  }

  @Test
  void theGateKnowsDomainsSequencesAndTransactionalMail() {
    Work domain = bench().work(bench().enroll(bench().row("bo@x.example")));
    Work sequence = bench().work(bench().enroll(bench().row("bo@y.example")));
    Work elsewhere = bench().work(bench().enroll(bench().row("bo@z.example")));
    Work marketing = bench().work(bench().enroll(bench().row("bo@w.example")));
    Work transactional = bench().work(bench().enroll(bench().row("cy@w.example")));
    suppress(
        everything("x.example"),
        inSequence("bo@y.example", bench().sequence()),
        inSequence("bo@z.example", bench().otherSequence()),
        marketing("w.example"));
    assertThat(bench().verdict(Begins.of(domain).transactional())).isEqualTo(Verdict.SUPPRESSED);
    assertThat(bench().verdict(Begins.of(sequence))).isEqualTo(Verdict.SUPPRESSED);
    assertThat(bench().verdict(Begins.of(elsewhere))).isEqualTo(Verdict.BEGUN);
    assertThat(bench().verdict(Begins.of(marketing))).isEqualTo(Verdict.SUPPRESSED);
    assertThat(bench().verdict(Begins.of(transactional).transactional())).isEqualTo(Verdict.BEGUN);
  }

  @Test
  void theGateAsksByTheAddressAsItIsNow() {
    Work work = bench().work(bench().enroll(bench().row("bo@x.example").id("u1")));
    suppress(everything("bo@x.example"));
    assertThat(bench().verdict(Begins.of(work))).isEqualTo(Verdict.SUPPRESSED);
    bench().enroll(bench().row("bo@y.example").id("u1").run("2"));
    assertThat(bench().verdict(Begins.of(bench().work(work.enrollment()))))
        .isEqualTo(Verdict.BEGUN);
  }

  @Test
  @DisplayName("K15 suppressing ends what it stops in the same transaction")
  void suppressingEndsWhatItStopsInTheSameTransaction() {
    Work claimed = bench().work(bench().enroll(bench().row("bo@x.example")));
    Work flying =
        bench()
            .begun(Begins.of(bench().work(bench().enroll(bench().row("bo@x.example").run("2")))));
    SteerCall.Answer answer =
        bench()
            .handle()
            .steer(
                SteerCall.of("", new Target.OfAddress("bo@x.example"), Plans.end(Ending.STOPPED))
                    .suppressing(List.of(everything("bo@x.example")), List.of()));
    assertThat(answer.inFlight()).isEqualTo(1);
    assertThat(answer.after())
        .extracting(work -> work.state().status())
        .containsExactly(EnrollmentStatus.ENDED, EnrollmentStatus.ENDED);
    assertThat(bench().verdict(Begins.of(claimed))).isEqualTo(Verdict.CHANGED);
    assertThat(enrolling(bench().row("bo@x.example").run("3"))).isEqualTo(Outcome.SUPPRESSED);
    assertThat(bench().complete(Plans.sent(flying, StoreBench.START)))
        .isEqualTo(Completion.Answer.OUTCOME_ONLY);
  }
}
