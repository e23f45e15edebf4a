package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A caller that dies between any two calls, and what becomes of the row. */
abstract class CrashRules extends StoreRules {
  abstract Store reopen(Store closed);

  private void die() {
    bench().reopen(this::reopen);
  }

  private List<Work> claimAll() {
    return bench().claim(new Claims().all()).rows();
  }

  private Instant now() {
    return bench().clock().instant();
  }

  @Test
  @DisplayName("A4 after enrolling: the row is there and due")
  void deathAfterEnrolling() {
    long enrollment = bench().enroll(bench().row("bo@x.example"));
    die();
    assertThat(bench().claim()).extracting(Work::enrollment).containsExactly(enrollment);
  }

  @Test
  @DisplayName("A4, L4 after the claim: it expires, and the row is begun once")
  void deathAfterTheClaim() {
    bench().enroll(bench().row("bo@x.example"));
    Work dead = bench().claim().get(0);
    die();
    bench().clock().advance(Claims.EXPIRY.minusMillis(1));
    assertThat(claimAll()).isEmpty();
    bench().clock().advance(Duration.ofMillis(1));
    Work claimed = claimAll().get(0);
    assertThat(claimed).isEqualTo(dead);
    assertThat(bench().verdict(Begins.of(claimed))).isEqualTo(Verdict.BEGUN);
    assertThat(bench().verdict(Begins.of(dead))).isEqualTo(Verdict.CHANGED);
  }

  @Test
  @DisplayName("A4 after begin: it is never sent blindly again, and in doubt after its deadline")
  void deathAfterBegin() {
    bench().enroll(bench().row("bo@x.example"));
    Work claimed = bench().claim().get(0);
    Work begun = bench().begun(Begins.of(claimed).staged("draft-1"));
    die();
    assertThat(bench().work(begun.enrollment())).isEqualTo(begun);
    assertThat(bench().handle().position().newestBegun()).contains(StoreBench.START);
    bench().clock().advance(Begins.DECIDE);
    assertThat(claimAll()).isEmpty();
    assertThat(bench().verdict(Begins.of(claimed))).isEqualTo(Verdict.CHANGED);
    assertThat(bench().handle().undecided(now(), 9)).isEmpty();

    bench().clock().advance(Duration.ofMillis(1));
    Work undecided = bench().handle().undecided(now(), 9).get(0);
    assertThat(undecided).isEqualTo(begun);
    bench().complete(Plans.doubted(undecided, now()));
    die();
    Work held = bench().work(begun.enrollment());
    assertThat(held.state().status()).isEqualTo(EnrollmentStatus.HELD);
    assertThat(held.state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
    bench().clock().advance(Duration.ofDays(30));
    assertThat(claimAll()).isEmpty();
    assertThat(bench().handle().undecided(now(), 9)).isEmpty();
    assertThat(bench().subject(begun.enrollment()).deliveries())
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.IN_DOUBT);
  }

  @Test
  @DisplayName("K3 after begin, but the outcome is known: it is told to the store later")
  void theOutcomeIsToldAfterTheCrash() {
    Work begun = bench().begun("bo@x.example");
    die();
    assertThat(bench().complete(Plans.sent(begun, now()))).isEqualTo(Completion.Answer.APPLIED);
  }

  @Test
  @DisplayName("K17 after complete: the outcome is told again and the next step waits for its due")
  void deathAfterComplete() {
    Work begun = bench().begun("bo@x.example");
    Completion sent = Plans.sent(begun, now());
    bench().complete(sent);
    die();
    assertThat(bench().complete(sent)).isEqualTo(Completion.Answer.REPEATED);
    assertThat(claimAll()).isEmpty();
    bench().clock().advance(Plans.NEXT_STEP);
    List<Work> claimed = claimAll();
    assertThat(claimed).extracting(work -> work.cursor().step()).containsExactly(2);
    assertThat(bench().verdict(Begins.of(claimed.get(0)))).isEqualTo(Verdict.BEGUN);
  }

  @Test
  @DisplayName("A7 a group of which half was begun: the other half is begun once")
  void deathInTheMiddleOfAGroup() {
    List<Long> all = bench().enroll(4);
    List<Work> claimed = bench().claim();
    bench().begin(Begins.of(claimed.get(0)), Begins.of(claimed.get(1)));
    bench().complete(Plans.sent(bench().work(all.get(0)), now()));
    die();
    bench().clock().advance(Claims.EXPIRY);
    assertThat(claimAll()).extracting(Work::enrollment).containsExactly(all.get(2), all.get(3));
  }

  @Test
  @DisplayName("K5 what the dead had begun stays taken")
  void whatTheDeadHadBegunStaysTaken() {
    List<Long> all = bench().enroll(2);
    bench().begin(Begins.perDay(1), Begins.of(bench().work(all.get(0))));
    die();
    assertThat(
            bench().begin(Begins.perDay(1), Begins.of(bench().work(all.get(1)))).get(0).verdict())
        .isEqualTo(Verdict.NO_CAPACITY);
    assertThat(bench().handle().views().nthNewest(bench().mailbox(), 1)).contains(StoreBench.START);
  }
}
