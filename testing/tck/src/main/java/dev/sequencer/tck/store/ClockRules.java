package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.HostTransaction;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.BeginCall.Take;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.EnrollCall.Start;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.Position;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One clock per handle, instants in milliseconds, and what tells one store from another. */
abstract class ClockRules extends StoreRules {
  private static final Instant FINE = StoreBench.START.plusNanos(5_999_999);
  private static final Instant CUT = StoreBench.START.plusMillis(5);

  @Test
  @DisplayName("K13 now is the clock's, in milliseconds")
  void nowIsTheClocksInMilliseconds() {
    bench().clock().set(FINE);
    assertThat(bench().handle().now()).isEqualTo(CUT);
  }

  @Test
  @DisplayName("K13 now never goes back within a handle")
  void nowNeverGoesBack() {
    bench().clock().set(CUT);
    assertThat(bench().handle().now()).isEqualTo(CUT);
    bench().clock().set(StoreBench.START);
    assertThat(bench().handle().now()).isEqualTo(CUT);
    bench().clock().set(CUT.plusMillis(1));
    assertThat(bench().handle().now()).isEqualTo(CUT.plusMillis(1));
  }

  @Test
  void eachHandleHasItsOwnClock() {
    ManualClock later = ManualClock.at(StoreBench.START.plusSeconds(60));
    try (StoreHandle other = bench().store().open(new StoreSetup(later, "ben"))) {
      bench().enroll(bench().row("1@x.example").waitingIn(bench().lane(), later.instant()));
      assertThat(bench().claim(new Claims().all()).rows()).isEmpty();
      assertThat(other.now()).isEqualTo(later.instant());
      assertThat(other.claim(new Claims().all().call()).rows()).hasSize(1);
    }
  }

  @Test
  void aRowIsKeptInMilliseconds() {
    long enrollment =
        bench()
            .enroll(
                bench()
                    .row("1@x.example")
                    .enrolledAt(FINE)
                    .start(
                        contact ->
                            new Start(
                                bench().lane(), FINE, new Cursor(1, 0, FINE), State.WAITING)));
    Work work = bench().work(enrollment);
    assertThat(work.due()).isEqualTo(CUT);
    assertThat(work.cursor().baseAt()).isEqualTo(CUT);
    assertThat(work.origin().enrolledAt()).isEqualTo(CUT);
  }

  @Test
  void anAttemptAndItsOutcomeAreKeptInMilliseconds() {
    Work work = bench().work(bench().enroll(bench().row("1@x.example")));
    Ledger ledger = Ledger.fresh(Begins.ledger(bench().mailbox())).begun(FINE);
    BeginCall.Capacity fine =
        (row, w, ledgers, rolling, now) -> new Take.Taken(List.of(ledger), FINE, FINE);
    Work begun = bench().begin(fine, Begins.of(work)).get(0).begun().orElseThrow();
    assertThat(begun.attempt().times().orElseThrow().notAfter()).isEqualTo(CUT);
    assertThat(begun.attempt().times().orElseThrow().decideAt()).isEqualTo(CUT);
    assertThat(bench().handle().views().ledger(ledger.key()).lastBegun()).contains(CUT);

    Completion sent = Plans.sent(begun, FINE);
    bench().complete(sent);
    Delivery delivery = bench().subject(work.enrollment()).deliveries().get(0);
    assertThat(delivery.leftAt()).contains(CUT);
    assertThat(delivery.at()).isEqualTo(CUT);
    assertThat(bench().work(work.enrollment()).due()).isEqualTo(CUT.plus(Plans.NEXT_STEP));
    assertThat(bench().handle().views().log("", work.enrollment(), 0, 9))
        .extracting(LogEntry::at)
        .containsExactly(CUT);
  }

  @Test
  void aSuppressionIsKeptInMilliseconds() {
    Suppression fine =
        new Suppression("", "x.example", 0, Suppression.Blocks.EVERYTHING, "no", FINE);
    bench().handle().steer(SuppressionRules.call(List.of(fine), List.of()));
    assertThat(bench().handle().views().suppressions("", "", 9))
        .extracting(Suppression::at)
        .containsExactly(CUT);
  }

  @Test
  void aClaimIsInMilliseconds() {
    bench().enroll(bench().row("1@x.example"));
    bench().clock().set(FINE);
    Claims claims = new Claims().expiry(Duration.ofNanos(7_800_001));
    assertThat(bench().claim(claims).until()).isEqualTo(CUT.plusMillis(7));
  }

  @Test
  @DisplayName("K8 the position knows the newest begin")
  void thePositionKnowsTheNewestBegin() {
    Position fresh = bench().handle().position();
    assertThat(fresh.newestBegun()).isEmpty();
    Work begun = bench().begun("1@x.example");
    bench().clock().advance(Duration.ofSeconds(5));
    bench().begun("2@x.example");
    bench().complete(Plans.sent(begun, StoreBench.START));
    Position position = bench().handle().position();
    assertThat(position.newestBegun()).contains(StoreBench.START.plusSeconds(5));
    assertThat(position.timeline()).isEqualTo(fresh.timeline());
    assertThat(bench().open("ben").position()).isEqualTo(position);
  }

  @Test
  @DisplayName("K8 a begin by an earlier clock does not let the position go back")
  void thePositionDoesNotGoBack() {
    bench().begun("1@x.example");
    Work work = bench().work(bench().enroll(bench().row("2@x.example")));
    ManualClock earlier = ManualClock.at(StoreBench.START.minusSeconds(60));
    try (StoreHandle other = bench().store().open(new StoreSetup(earlier, "ben"))) {
      BeginCall call =
          new BeginCall(other.definitions(), List.of(Begins.of(work).row()), Begins.unlimited());
      assertThat(other.begin(call))
          .extracting(BeginCall.Answer::verdict)
          .containsExactly(BeginCall.Verdict.BEGUN);
      assertThat(other.position().newestBegun()).contains(StoreBench.START);
    }
  }

  @Test
  void theMessageKeyHas16BytesAndIsTheStoresOwn() {
    byte[] key = bench().handle().messageKey();
    assertThat(key).hasSize(16);
    assertThat(bench().open("ben").messageKey()).isEqualTo(key);
    key[0]++;
    assertThat(bench().handle().messageKey()).isNotEqualTo(key);
  }

  @Test
  void aForeignTransactionIsRefused() {
    HostTransaction foreign = new HostTransaction() {};
    assertThatThrownBy(() -> bench().handle().join(foreign))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("JDBC");
  }

  @Test
  void closingOneHandleLeavesTheOthersOpen() {
    StoreHandle other = bench().open("ben");
    other.close();
    assertThat(bench().enroll(bench().row("1@x.example"))).isPositive();
  }
}
