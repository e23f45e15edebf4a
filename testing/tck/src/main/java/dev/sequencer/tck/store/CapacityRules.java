package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.store.BeginCall.Answer;
import dev.sequencer.spi.store.BeginCall.Capacity;
import dev.sequencer.spi.store.BeginCall.Take;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.Completion.LedgerChange;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.Ledger.Ramp;
import dev.sequencer.spi.store.Ledger.Rest;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.LedgerKey.Kind;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who takes capacity at the gate, in which order, and what the ledgers say then. */
abstract class CapacityRules extends StoreRules {
  private Work waiting(String address) {
    return bench().work(bench().enroll(bench().row(address)));
  }

  private Ledger ledger() {
    return bench().handle().views().ledger(Begins.ledger(bench().mailbox()));
  }

  private int used() {
    return Begins.used(ledger(), Begins.day(bench().clock().instant()));
  }

  @Test
  void rowsTakeInTheOrderOfTheCallAndSeeWhatEarlierOnesTook() {
    Work one = waiting("1@x.example");
    Work two = waiting("2@x.example");
    Work three = waiting("3@x.example");
    List<Answer> answers =
        bench().begin(Begins.perDay(2), Begins.of(three), Begins.of(one), Begins.of(two));
    assertThat(answers)
        .extracting(Answer::verdict)
        .containsExactly(Verdict.BEGUN, Verdict.BEGUN, Verdict.NO_CAPACITY);
    assertThat(answers.get(2).notNow())
        .contains(new Take.NotNow(StoreBench.START.plus(Duration.ofDays(1)), "the day's quota"));
    assertThat(answers.get(2).begun()).isEmpty();
    assertThat(bench().work(two.enrollment())).isEqualTo(two);
    assertThat(used()).isEqualTo(2);
  }

  @Test
  @DisplayName("F1 what is refused at the gate takes nothing")
  void whatIsRefusedTakesNothing() {
    Work changed = waiting("1@x.example");
    Work suppressed = waiting("2@x.example");
    Work free = waiting("3@x.example");
    bench()
        .handle()
        .steer(
            SuppressionRules.call(List.of(SuppressionRules.everything("2@x.example")), List.of()));
    assertThat(
            bench()
                .begin(
                    Begins.perDay(1),
                    Begins.of(changed).rev(99),
                    Begins.of(suppressed),
                    Begins.of(free)))
        .extracting(Answer::verdict)
        .containsExactly(Verdict.CHANGED, Verdict.SUPPRESSED, Verdict.BEGUN);
    assertThat(used()).isEqualTo(1);
  }

  @Test
  @DisplayName("K5 a claim takes no capacity, and one that is lost gives none back")
  void aClaimTakesNoCapacity() {
    waiting("1@x.example");
    bench().claim();
    assertThat(ledger()).isEqualTo(Ledger.fresh(Begins.ledger(bench().mailbox())));
    bench().clock().advance(Claims.EXPIRY);
    bench().claim(new Claims().all());
    assertThat(ledger()).isEqualTo(Ledger.fresh(Begins.ledger(bench().mailbox())));
  }

  @Test
  @DisplayName("K5 capacity is taken at begin's now, not at the claim's")
  void capacityIsTakenForTheDayOfBegin() {
    bench().clock().set(Instant.parse("2026-06-01T23:59:59.800Z"));
    waiting("1@x.example");
    Work claimed = bench().claim().get(0);
    bench().clock().set(Instant.parse("2026-06-02T00:00:01Z"));
    bench().begin(Begins.perDay(1), Begins.of(claimed));
    assertThat(ledger().day()).isEqualTo(new Ledger.Bucket("2026-06-02", 1));
    assertThat(ledger().lastBegun()).contains(Instant.parse("2026-06-02T00:00:01Z"));
  }

  @Test
  @DisplayName("F2 a quota that was cut after the claim binds at the gate")
  void aQuotaThatWasCutBindsAtTheGate() {
    List<Work> claimed = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      claimed.add(waiting(i + "@x.example"));
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (Work work : claimed) {
      verdicts.add(bench().begin(Begins.perDay(8), Begins.of(work)).get(0).verdict());
    }
    assertThat(verdicts.subList(0, 8)).containsOnly(Verdict.BEGUN);
    assertThat(verdicts.subList(8, 10)).containsOnly(Verdict.NO_CAPACITY);
    assertThat(used()).isEqualTo(8);
  }

  @Test
  void capacityIsAskedOnlyForRowsThatPassedAllOtherChecks() {
    Work changed = waiting("1@x.example");
    Work free = waiting("2@x.example");
    List<Long> asked = new ArrayList<>();
    List<Work> seen = new ArrayList<>();
    Capacity recording =
        (row, work, ledgers, rolling, now) -> {
          asked.add(row.enrollment());
          seen.add(work);
          return Begins.taken(List.of(), now);
        };
    bench().begin(recording, Begins.of(changed).rev(99), Begins.of(free));
    assertThat(asked).containsExactly(free.enrollment());
    assertThat(seen).containsExactly(free);
  }

  @Test
  void aRowDrawsOnAllItsLedgersOrOnNone() {
    LedgerKey mailbox = Begins.ledger(bench().mailbox());
    LedgerKey sequence = new LedgerKey(Kind.SEQUENCE, bench().sequence());
    Work one = waiting("1@x.example");
    Work two = waiting("2@x.example");
    List<Map<LedgerKey, Ledger>> seen = new ArrayList<>();
    Capacity recording =
        (row, work, ledgers, rolling, now) -> {
          seen.add(Map.copyOf(ledgers));
          return Begins.perDay(1).take(row, work, ledgers, rolling, now);
        };
    bench().begin(recording, Begins.of(one).ledgers(sequence, mailbox));
    assertThat(seen.get(0).keySet()).containsExactlyInAnyOrder(mailbox, sequence);
    assertThat(seen.get(0).get(sequence)).isEqualTo(Ledger.fresh(sequence));
    assertThat(used()).isEqualTo(1);
    assertThat(bench().handle().views().ledger(sequence).day().used()).isEqualTo(1);

    bench().begin(recording, Begins.of(two).ledgers(sequence));
    assertThat(seen.get(1).keySet()).containsExactly(sequence);
    assertThat(bench().handle().views().ledger(sequence).day().used()).isEqualTo(1);
  }

  @Test
  void aRowWithoutLedgersBeginsAllTheSame() {
    Work work = waiting("1@x.example");
    assertThat(bench().verdict(Begins.of(work).ledgers())).isEqualTo(Verdict.BEGUN);
  }

  @Test
  void everyPartOfALedgerIsKept() {
    Instant now = StoreBench.START;
    LedgerKey key = Begins.ledger(bench().mailbox());
    Ledger full =
        new Ledger(
            key,
            new Ledger.Bucket("2026-06-01", 3),
            new Ledger.Bucket("2026-06-01T08:00:00Z", 2),
            Optional.of(now),
            Optional.of(now.minusMillis(1)),
            Optional.of(now.plusMillis(2)),
            new Rest(Optional.of(now), Optional.of(now.plusMillis(3)), "THROTTLED", 4),
            new Ramp(5, "2026-05-31"),
            Optional.of(now.plusMillis(6)));
    Work one = waiting("1@x.example");
    bench().begin((row, w, l, r, n) -> Begins.taken(List.of(full), n), Begins.of(one));
    assertThat(ledger()).isEqualTo(full);

    Ledger bare = Ledger.fresh(key).rest(new Rest(Optional.of(now), Optional.empty(), "LOGIN", 1));
    Work two = waiting("2@x.example");
    bench().begin((row, w, l, r, n) -> Begins.taken(List.of(bare), n), Begins.of(two));
    assertThat(ledger()).isEqualTo(bare);
  }

  @Test
  void ledgersAreChangedWithoutAMailToo() {
    LedgerKey mailbox = Begins.ledger(bench().mailbox());
    LedgerKey sequence = new LedgerKey(Kind.SEQUENCE, bench().sequence());
    bench().handle().change(List.of(adding(mailbox, 2), adding(sequence, 3), adding(mailbox, 5)));
    assertThat(ledger().day().used()).isEqualTo(7);
    assertThat(bench().handle().views().ledger(sequence).day().used()).isEqualTo(3);
    bench().handle().change(List.of());
    assertThat(ledger().day().used()).isEqualTo(7);
  }

  @Test
  void aChangeOfLedgersThatThrowsChangesNone() {
    LedgerKey mailbox = Begins.ledger(bench().mailbox());
    LedgerChange broken =
        new LedgerChange(
            mailbox,
            ledger -> {
              throw new IllegalStateException("no ledger");
            });
    assertThatThrownBy(() -> bench().handle().change(List.of(adding(mailbox, 2), broken)))
        .hasStackTraceContaining("no ledger");
    assertThat(ledger()).isEqualTo(Ledger.fresh(mailbox));
  }

  private static LedgerChange adding(LedgerKey key, int count) {
    return new LedgerChange(
        key,
        ledger ->
            ledger.buckets(
                new Ledger.Bucket("2026-06-01", ledger.day().used() + count), ledger.hour()));
  }

  @Test
  void noCapacityLeavesTheClaimToItsClaimer() {
    waiting("1@x.example");
    Work claimed = bench().claim().get(0);
    bench().begin(Begins.perDay(0), Begins.of(claimed));
    assertThat(bench().claim(new Claims().all()).rows()).isEmpty();
    assertThat(bench().verdict(Begins.of(claimed))).isEqualTo(Verdict.BEGUN);
  }
}
