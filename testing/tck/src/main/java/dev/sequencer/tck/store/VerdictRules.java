package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.BeginCall.Answer;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Work;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What does not begin, and which of several reasons is the answer. */
abstract class VerdictRules extends StoreRules {
  private Work waiting(String address) {
    return bench().work(bench().enroll(bench().row(address)));
  }

  @Test
  @DisplayName("K2 a rev other than the one that was claimed has changed")
  void anotherRevHasChanged() {
    Work work = waiting("bo@x.example");
    assertThat(bench().verdict(Begins.of(work).rev(work.rev() - 1))).isEqualTo(Verdict.CHANGED);
    assertThat(bench().verdict(Begins.of(work).rev(work.rev() + 1))).isEqualTo(Verdict.CHANGED);
    assertThat(bench().work(work.enrollment())).isEqualTo(work);
    assertThat(bench().verdict(Begins.of(work))).isEqualTo(Verdict.BEGUN);
  }

  @Test
  @DisplayName("K15 what is paused, held or ended does not begin, whatever rev is named")
  void onlyAnActiveOneBegins() {
    Work paused = waiting("1@x.example");
    Work held = waiting("2@x.example");
    Work ended = waiting("3@x.example");
    bench().steer(paused.enrollment(), Plans.pause());
    bench()
        .steer(
            held.enrollment(),
            Plans.change(work -> work.state(work.state().status(EnrollmentStatus.HELD, "?"))));
    bench().steer(ended.enrollment(), Plans.end(Ending.STOPPED));
    for (Work work : List.of(paused, held, ended)) {
      Work now = bench().work(work.enrollment());
      assertThat(bench().verdict(Begins.of(work))).isEqualTo(Verdict.CHANGED);
      assertThat(bench().verdict(Begins.of(now))).isEqualTo(Verdict.CHANGED);
      assertThat(bench().work(work.enrollment())).isEqualTo(now);
    }
  }

  @Test
  void whatIsSendingOrInDoubtDoesNotBeginAgain() {
    Work sending = bench().begun("1@x.example");
    assertThat(bench().verdict(Begins.of(sending))).isEqualTo(Verdict.CHANGED);
    bench().complete(Plans.doubted(sending, StoreBench.START));
    bench()
        .steer(
            sending.enrollment(),
            Plans.change(work -> work.state(work.state().status(EnrollmentStatus.ACTIVE, ""))));
    Work doubtful = bench().work(sending.enrollment());
    assertThat(doubtful.state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
    assertThat(bench().verdict(Begins.of(doubtful).resendOf(1))).isEqualTo(Verdict.CHANGED);
  }

  @Test
  void anUnknownRowHasChanged() {
    Work work = waiting("1@x.example");
    Work unknown =
        new Work(
            work.enrollment() + 999,
            work.origin(),
            work.rev(),
            work.lane(),
            work.due(),
            work.cursor(),
            work.state(),
            work.attempt());
    assertThat(bench().begin(Begins.of(unknown), Begins.of(work)))
        .extracting(Answer::verdict)
        .containsExactly(Verdict.CHANGED, Verdict.BEGUN);
  }

  @Test
  @DisplayName("K15 definitions that changed refuse all until the caller reloads")
  void oldDefinitionsRefuseAll() {
    Work one = waiting("1@x.example");
    Work two = waiting("2@x.example");
    long known = bench().handle().definitions();
    bench().handle().save(Document.fresh(Kind.SWITCH, "", "all", "{\"paused\":true}"));
    List<BeginCall.Row> rows = List.of(Begins.of(one).row(), Begins.of(two).rev(99).row());

    assertThat(bench().handle().begin(new BeginCall(known, rows, Begins.unlimited())))
        .extracting(Answer::verdict)
        .containsExactly(Verdict.STALE, Verdict.STALE);
    assertThat(bench().work(one.enrollment())).isEqualTo(one);
    long reloaded = bench().handle().definitions();
    assertThat(bench().handle().begin(new BeginCall(reloaded, rows, Begins.unlimited())))
        .extracting(Answer::verdict)
        .containsExactly(Verdict.BEGUN, Verdict.CHANGED);
  }

  @Test
  void aStepThatHasADeliveryIsSettledWhateverItsOutcome() {
    for (DeliveryStatus status : DeliveryStatus.values()) {
      Work begun = bench().begun(status + "@x.example");
      bench().complete(Plans.sent(begun, StoreBench.START));
      Work back = bench().work(begun.enrollment());
      Cursor before = new Cursor(9, 8, StoreBench.START);
      bench()
          .steer(
              begun.enrollment(),
              Plans.change(work -> work.at(back.lane(), StoreBench.START, before)));
      Work there = bench().work(begun.enrollment());
      bench()
          .steer(
              begun.enrollment(),
              Plans.deliver(Plans.delivery(there, status, 1, StoreBench.START)));
      assertThat(bench().verdict(Begins.of(bench().work(begun.enrollment()))))
          .as(status.name())
          .isEqualTo(Verdict.SETTLED);
    }
  }

  @Test
  void onlyAResendThatNamesTheDoubtfulAttemptBegins() {
    Work begun = bench().begun("bo@x.example");
    bench().complete(Plans.doubted(begun, StoreBench.START));
    bench().steer(begun.enrollment(), Plans.change(work -> work.state(State.WAITING)));
    Work work = bench().work(begun.enrollment());
    assertThat(bench().verdict(Begins.of(work))).isEqualTo(Verdict.SETTLED);
    assertThat(bench().verdict(Begins.of(work).resendOf(2))).isEqualTo(Verdict.SETTLED);
    Work again = bench().begun(Begins.of(work).resendOf(1));
    assertThat(again.attempt().number()).isEqualTo(2);
    assertThat(bench().subject(work.enrollment()).deliveries())
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.IN_DOUBT);
  }

  @Test
  void aSentStepIsSettledForAResendToo() {
    Work begun = bench().begun("bo@x.example");
    bench().complete(Plans.sent(begun, StoreBench.START));
    bench()
        .steer(
            begun.enrollment(),
            Plans.change(work -> work.at(work.lane(), StoreBench.START, begun.cursor())));
    Work work = bench().work(begun.enrollment());
    assertThat(bench().verdict(Begins.of(work).resendOf(1))).isEqualTo(Verdict.SETTLED);
  }

  @Test
  void theFirstReasonNotToBeginIsTheAnswer() {
    Work begun = bench().begun("bo@x.example");
    bench().complete(Plans.sent(begun, StoreBench.START));
    bench()
        .steer(
            begun.enrollment(),
            Plans.change(work -> work.at(work.lane(), StoreBench.START, begun.cursor())));
    bench()
        .handle()
        .steer(
            SuppressionRules.call(List.of(SuppressionRules.everything("bo@x.example")), List.of()));
    Work settled = bench().work(begun.enrollment());
    Begins mail = Begins.of(settled);
    assertThat(bench().begin(Begins.perDay(0), mail.rev(99)).get(0).verdict())
        .isEqualTo(Verdict.CHANGED);
    assertThat(bench().begin(Begins.perDay(0), mail).get(0).verdict()).isEqualTo(Verdict.SETTLED);
    Work next = bench().work(begun.enrollment());
    bench()
        .steer(
            next.enrollment(),
            Plans.change(
                work -> work.at(work.lane(), work.due(), new Cursor(2, 1, StoreBench.START))));
    assertThat(
            bench()
                .begin(Begins.perDay(0), Begins.of(bench().work(next.enrollment())))
                .get(0)
                .verdict())
        .isEqualTo(Verdict.SUPPRESSED);
  }
}
