package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Completion.Answer;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.Ledger.Bucket;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Outcomes that are told again, that nobody asked for, or that come with a broken function. */
abstract class RepeatedOutcomeRules extends StoreRules {
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

  private Work waiting(String address) {
    return bench().work(bench().enroll(bench().row(address)));
  }

  @Test
  void ledgersChangeExactlyWhenTheOutcomeIsWritten() {
    Work applied = bench().begun("1@x.example");
    Work outcomeOnly = bench().begun("2@x.example");
    bench().steer(outcomeOnly.enrollment(), Plans.pause());
    assertThat(bench().complete(counting(Plans.sent(applied, LEFT)))).isEqualTo(Answer.APPLIED);
    assertThat(ledger().day().used()).isEqualTo(1);
    assertThat(bench().complete(counting(Plans.sent(outcomeOnly, LEFT))))
        .isEqualTo(Answer.OUTCOME_ONLY);
    assertThat(ledger().day().used()).isEqualTo(2);
    assertThat(bench().complete(counting(Plans.sent(applied, LEFT)))).isEqualTo(Answer.REPEATED);
    assertThat(bench().complete(counting(Plans.failed(applied, LEFT)))).isEqualTo(Answer.REFUSED);
    assertThat(ledger().day().used()).isEqualTo(2);
  }

  @Test
  @DisplayName("K17 an outcome that is told again changes nothing")
  void anOutcomeThatIsToldAgainChangesNothing() {
    Work begun = bench().begun("bo@x.example");
    Completion sent = counting(Plans.sent(begun, LEFT));
    bench().complete(sent);
    Work after = bench().work(begun.enrollment());
    assertThat(bench().complete(sent)).isEqualTo(Answer.REPEATED);
    assertThat(bench().work(begun.enrollment())).isEqualTo(after);
    assertThat(log(begun.enrollment())).hasSize(1);
    assertThat(ledger().day().used()).isEqualTo(1);
  }

  @Test
  void anotherOutcomeOfAnAttemptThatIsOverIsRefused() {
    Work begun = bench().begun("bo@x.example");
    bench().complete(Plans.sent(begun, LEFT));
    Work after = bench().work(begun.enrollment());
    assertThat(bench().complete(Plans.failed(begun, LEFT))).isEqualTo(Answer.REFUSED);
    assertThat(bench().work(begun.enrollment())).isEqualTo(after);
    assertThat(bench().subject(begun.enrollment()).deliveries())
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.SENT);
  }

  @Test
  @DisplayName("A13 an outcome of an attempt that never began is refused")
  void anOutcomeOfAnAttemptThatNeverBeganIsRefused() {
    Work waiting = waiting("bo@x.example");
    Completion invented = Plans.attempt(Plans.sent(waiting, LEFT), 1);
    assertThat(bench().complete(invented)).isEqualTo(Answer.REFUSED);
    assertThat(bench().subject(waiting.enrollment()).deliveries()).isEmpty();
    assertThat(bench().work(waiting.enrollment())).isEqualTo(waiting);
  }

  @Test
  void anOutcomeOfAnUnknownEnrollmentIsRefused() {
    Work begun = bench().begun("bo@x.example");
    Work unknown =
        new Work(
            begun.enrollment() + 999,
            begun.origin(),
            begun.rev(),
            begun.lane(),
            begun.due(),
            begun.cursor(),
            begun.state(),
            begun.attempt());
    assertThat(
            bench().handle().complete(List.of(Plans.sent(unknown, LEFT), Plans.sent(begun, LEFT))))
        .containsExactly(Answer.REFUSED, Answer.APPLIED);
  }

  @Test
  void aPlanWithoutAnAttemptThatIsOutOfDateIsRefused() {
    Work waiting = waiting("bo@x.example");
    bench().steer(waiting.enrollment(), Plans.pause());
    Work paused = bench().work(waiting.enrollment());
    assertThat(bench().complete(Plans.skipped(waiting, LEFT))).isEqualTo(Answer.REFUSED);
    assertThat(bench().work(waiting.enrollment())).isEqualTo(paused);
    assertThat(bench().subject(waiting.enrollment()).deliveries()).isEmpty();
  }

  @Test
  void aPlanWithoutAnAttemptDoesNotTouchARowThatIsSending() {
    Work waiting = waiting("bo@x.example");
    Work begun = bench().begun(Begins.of(waiting));
    assertThat(begun.rev()).isEqualTo(waiting.rev());
    assertThat(bench().complete(Plans.walked(waiting, waiting))).isEqualTo(Answer.REFUSED);
    assertThat(bench().work(waiting.enrollment())).isEqualTo(begun);
  }

  @Test
  void aLedgerChangeThatThrowsLeavesNothingOfTheCall() {
    Work one = bench().begun("1@x.example");
    Work two = bench().begun("2@x.example");
    Completion broken =
        Plans.changing(
            Plans.sent(two, LEFT),
            Begins.ledger(bench().mailbox()),
            ledger -> {
              throw new IllegalStateException("no ledger");
            });
    List<Completion> both = List.of(counting(Plans.sent(one, LEFT)), broken);
    assertThatThrownBy(() -> bench().handle().complete(both)).hasStackTraceContaining("no ledger");
    assertThat(bench().work(one.enrollment())).isEqualTo(one);
    assertThat(bench().work(two.enrollment())).isEqualTo(two);
    assertThat(bench().subject(one.enrollment()).deliveries()).isEmpty();
    assertThat(log(one.enrollment())).isEmpty();
    assertThat(ledger().day().used()).isZero();
    assertThat(bench().handle().views().nthNewest(bench().mailbox(), 2)).contains(StoreBench.START);
    assertThat(bench().complete(Plans.sent(one, LEFT))).isEqualTo(Answer.APPLIED);
  }
}
