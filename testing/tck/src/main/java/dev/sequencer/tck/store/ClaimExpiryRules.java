package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A claim is a hint: it ends by itself, by release, or with any change of the row. */
abstract class ClaimExpiryRules extends StoreRules {
  private ClaimCall.Answer claimOne() {
    bench().enroll(bench().row("bo@x.example"));
    ClaimCall.Answer answer = bench().claim(new Claims());
    assertThat(answer.rows()).hasSize(1);
    return answer;
  }

  private int claimable() {
    return bench().claim(new Claims().all()).rows().size();
  }

  @Test
  @DisplayName("K9 a claim that nobody remembers ends by itself")
  void aClaimEndsByItself() {
    claimOne();
    bench().clock().advance(Claims.EXPIRY.minusMillis(1));
    assertThat(claimable()).isZero();
    bench().clock().advance(Duration.ofMillis(1));
    assertThat(claimable()).isEqualTo(1);
  }

  @Test
  void aClaimedRowIsNoHead() {
    claimOne();
    Claims claims = new Claims().all();
    bench().claim(claims);
    assertThat(claims.visited()).contains(bench().mailbox());
    assertThat(claims.heads(bench().mailbox())).isEmpty();
  }

  @Test
  void anotherEngineDoesNotGetAClaimedRow() {
    claimOne();
    assertThat(bench().open("ben").claim(new Claims().all().call()).rows()).isEmpty();
  }

  @Test
  void aReleasedRowMayBeClaimedInTheSameCall() {
    ClaimCall.Answer mine = claimOne();
    long enrollment = mine.rows().get(0).enrollment();
    Claims releasing = new Claims().release(enrollment, mine.until());
    assertThat(bench().claim(releasing).rows())
        .extracting(Work::enrollment)
        .containsExactly(enrollment);
  }

  @Test
  void aReleaseNamesItsClaim() {
    ClaimCall.Answer mine = claimOne();
    long enrollment = mine.rows().get(0).enrollment();
    bench().clock().advance(Claims.EXPIRY);
    ClaimCall.Answer theirs = bench().claim(new Claims().all());
    assertThat(theirs.rows()).hasSize(1);

    Claims late = new Claims().all().release(enrollment, mine.until());
    assertThat(bench().claim(late).rows()).isEmpty();
    Claims right = new Claims().all().release(enrollment, theirs.until());
    assertThat(bench().claim(right).rows()).hasSize(1);
  }

  @Test
  void aReleaseOfWhatIsNotClaimedIsNothing() {
    long enrollment = bench().enroll(bench().row("bo@x.example"));
    Claims claims =
        new Claims()
            .release(enrollment, StoreBench.START)
            .release(enrollment + 999, StoreBench.START.plusSeconds(60));
    assertThat(bench().claim(claims).rows()).hasSize(1);
  }

  @Test
  @DisplayName("K9 the first claimer may still begin while nobody else has begun")
  void anExpiredClaimStillBegins() {
    Work mine = claimOne().rows().get(0);
    bench().clock().advance(Claims.EXPIRY);
    Work theirs = bench().claim(new Claims().all()).rows().get(0);
    assertThat(bench().verdict(Begins.of(mine))).isEqualTo(Verdict.BEGUN);
    assertThat(bench().verdict(Begins.of(theirs))).isEqualTo(Verdict.CHANGED);
  }

  @Test
  void anActEndsTheClaim() {
    Work mine = claimOne().rows().get(0);
    bench().steer(mine.enrollment(), Plans.change(work -> work));
    Work again = bench().claim(new Claims()).rows().get(0);
    assertThat(again.rev()).isEqualTo(mine.rev() + 1);
    assertThat(bench().verdict(Begins.of(mine))).isEqualTo(Verdict.CHANGED);
    assertThat(bench().verdict(Begins.of(again))).isEqualTo(Verdict.BEGUN);
  }

  @Test
  void aWalkEndsTheClaim() {
    Work mine = claimOne().rows().get(0);
    Work next = mine.waitingIn(Lanes.bound(mine.lane()), StoreBench.START);
    assertThat(bench().complete(Plans.walked(mine, next))).isEqualTo(Completion.Answer.APPLIED);
    assertThat(bench().claim()).extracting(Work::lane).containsExactly(next.lane());
  }

  @Test
  void anAttemptThatIsOverLeavesNoClaimBehind() {
    Work begun = bench().begun(Begins.of(claimOne().rows().get(0)));
    bench().complete(Plans.deferred(begun, StoreBench.START));
    assertThat(bench().claim()).extracting(Work::enrollment).containsExactly(begun.enrollment());
  }
}
