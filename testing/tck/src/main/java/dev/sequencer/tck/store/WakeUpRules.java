package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.WakeUps;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When owners are visited: by their wake-up, which calls lower and a claim's policy sets. */
abstract class WakeUpRules extends StoreRules {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private long waiting(String address, Lane lane, Duration dueIn) {
    return bench().enroll(bench().row(address).waitingIn(lane, now().plus(dueIn)));
  }

  private Instant now() {
    return bench().clock().instant();
  }

  private Lane otherLane() {
    return Lanes.of(bench().otherMailbox(), bench().sequence());
  }

  /** Lets the wake-ups of all owners that are there be as late as they can. */
  private void silence() {
    Claims claims = new Claims().all();
    for (int owner :
        List.of(Lane.CONTROL_OWNER, bench().mailbox(), bench().otherMailbox(), bench().pool())) {
      claims.slots(owner, 0).wake(owner, Claims.NEVER);
    }
    bench().claim(claims);
  }

  private List<Integer> visited() {
    Claims claims = new Claims().slots(-1, 0);
    for (int owner :
        List.of(Lane.CONTROL_OWNER, bench().mailbox(), bench().otherMailbox(), bench().pool())) {
      claims.wake(owner, Claims.NEVER);
    }
    bench().claim(claims);
    return claims.visited();
  }

  @Test
  void anEmptyStoreHasNoWakeUp() {
    assertThat(bench().claim(new Claims()).nextWake()).isAfter(now().plus(Duration.ofDays(9_000)));
  }

  @Test
  @DisplayName("K9 the end of a claim that somebody holds is a wake-up")
  void theEndOfAClaimIsAWakeUp() {
    waiting("1@x.example", bench().lane(), Duration.ZERO);
    ClaimCall.Answer mine = bench().claim(new Claims());
    assertThat(mine.rows()).hasSize(1);
    assertThat(mine.nextWake()).isEqualTo(mine.until());
    bench().clock().advance(Claims.EXPIRY.minusMillis(1));
    assertThat(nextWake()).isEqualTo(mine.until());
    bench().clock().advance(Duration.ofMillis(1));
    assertThat(bench().claim()).hasSize(1);
  }

  @Test
  void theEndOfAClaimIsNoWakeUpOnceItsMailHasBegun() {
    bench().begun("1@x.example");
    assertThat(nextWake()).isAfter(now().plus(Duration.ofDays(9_000)));
  }

  @Test
  void enrollingWakesTheOwnerAtTheDueOfItsRow() {
    waiting("1@x.example", bench().lane(), HOUR);
    waiting("2@x.example", otherLane(), HOUR.multipliedBy(2));
    assertThat(bench().claim(new Claims()).nextWake()).isEqualTo(now().plus(HOUR));
    bench().clock().advance(HOUR.minusMillis(1));
    assertThat(visited()).isEmpty();
    bench().clock().advance(Duration.ofMillis(1));
    assertThat(visited()).containsExactly(bench().mailbox());
  }

  @Test
  void anOwnerIsVisitedFromItsWakeUpOnThatThePolicySet() {
    waiting("1@x.example", bench().lane(), Duration.ZERO);
    Instant later = now().plus(HOUR);
    Claims claims = new Claims().slots(bench().mailbox(), 0).wake(bench().mailbox(), later);
    assertThat(bench().claim(claims).nextWake()).isEqualTo(later);

    bench().clock().advance(HOUR.minusMillis(1));
    assertThat(bench().claim()).isEmpty();
    bench().clock().advance(Duration.ofMillis(1));
    assertThat(bench().claim()).hasSize(1);
  }

  @Test
  @DisplayName("L5 a lost wake-up is found by the claim that visits all")
  void theSafetyNetVisitsAllOwners() {
    waiting("1@x.example", bench().lane(), Duration.ZERO);
    silence();
    assertThat(bench().claim()).isEmpty();
    assertThat(bench().claim(new Claims().all()).rows()).hasSize(1);
  }

  @Test
  void atMostSoManyOwnersAreVisitedTheOldestWakeUpFirst() {
    waiting("1@x.example", bench().lane(), Duration.ofMillis(-1));
    waiting("2@x.example", otherLane(), Duration.ofMillis(-2));
    waiting("3@x.example", Lanes.of(bench().pool(), bench().sequence()), Duration.ofMillis(5));
    Claims first = new Claims().owners(1);
    bench().claim(first);
    assertThat(first.visited()).containsExactly(bench().otherMailbox());
    Claims second = new Claims().owners(1);
    bench().claim(second);
    assertThat(second.visited()).containsExactly(bench().mailbox());
    Claims third = new Claims().owners(1).all();
    bench().claim(third);
    assertThat(third.visited()).containsExactly(bench().pool());
  }

  @Test
  void headsAreTheEarliestDueOfEachLaneAmongTheRowsThatNobodyHolds() {
    Lane tokyo = Lanes.calendar(bench().lane(), "w/Asia/Tokyo");
    waiting("1@x.example", bench().lane(), Duration.ZERO);
    waiting("2@x.example", bench().lane(), HOUR);
    waiting("3@x.example", bench().lane(), HOUR.multipliedBy(2));
    waiting("4@x.example", tokyo, Duration.ofMinutes(-5));
    waiting("5@x.example", Lanes.bound(tokyo), HOUR.multipliedBy(3));
    Claims claims = new Claims().close(tokyo);
    bench().claim(claims);
    assertThat(claims.taken(bench().mailbox())).isEqualTo(1);
    assertThat(claims.heads(bench().mailbox()))
        .containsExactlyInAnyOrder(
            new LaneHead(bench().lane(), now().plus(HOUR)),
            new LaneHead(tokyo, now().minus(Duration.ofMinutes(5))),
            new LaneHead(Lanes.bound(tokyo), now().plus(HOUR.multipliedBy(3))));
  }

  @Test
  void aNewRowLowersAWakeUpAndNeverRaisesIt() {
    waiting("1@x.example", bench().lane(), HOUR);
    assertThat(nextWake()).isEqualTo(now().plus(HOUR));
    waiting("2@x.example", bench().lane(), HOUR.multipliedBy(2));
    assertThat(nextWake()).isEqualTo(now().plus(HOUR));
    waiting("3@x.example", bench().lane(), Duration.ofMinutes(1));
    assertThat(nextWake()).isEqualTo(now().plus(Duration.ofMinutes(1)));
  }

  @Test
  void completingWakesTheOwnerOfTheNextStep() {
    Work begun = bench().begun("1@x.example");
    silence();
    bench().complete(Plans.deferred(begun, now().plus(HOUR)));
    assertThat(nextWake()).isEqualTo(now().plus(HOUR));
  }

  @Test
  void aParkedRowWakesTheControlOwner() {
    Work begun = bench().begun("1@x.example");
    bench().steer(begun.enrollment(), Plans.change(work -> work));
    silence();
    bench().complete(Plans.sent(begun, now()));
    assertThat(visited()).contains(Lane.CONTROL_OWNER);
  }

  @Test
  void anActWakesTheOwnerOfWhatMayGoOn() {
    long enrollment = waiting("1@x.example", bench().lane(), Duration.ZERO);
    bench().steer(enrollment, Plans.pause());
    silence();
    assertThat(visited()).isEmpty();
    bench().steer(enrollment, Plans.resume());
    assertThat(visited()).containsExactly(bench().mailbox());
  }

  @Test
  void aReleaseWakesTheOwner() {
    waiting("1@x.example", bench().lane(), Duration.ofMinutes(-1));
    ClaimCall.Answer mine = bench().claim(new Claims());
    silence();
    Claims releasing = new Claims().release(mine.rows().get(0).enrollment(), mine.until());
    assertThat(bench().claim(releasing).rows()).hasSize(1);
  }

  @Test
  void somebodyMayWakeOwnersEarlierButNotLater() {
    waiting("1@x.example", bench().lane(), Duration.ZERO);
    waiting("2@x.example", otherLane(), Duration.ZERO);
    silence();
    bench().handle().wake(List.of(bench().mailbox()), now().plus(HOUR));
    assertThat(nextWake()).isEqualTo(now().plus(HOUR));
    bench().handle().wake(List.of(bench().mailbox()), now().plus(HOUR.multipliedBy(2)));
    assertThat(nextWake()).isEqualTo(now().plus(HOUR));
    bench().clock().advance(HOUR);
    assertThat(visited()).containsExactly(bench().mailbox());
  }

  @Test
  void nobodyInParticularMeansAllOwners() {
    waiting("1@x.example", bench().lane(), Duration.ZERO);
    waiting("2@x.example", otherLane(), Duration.ZERO);
    silence();
    assertThat(visited()).isEmpty();
    bench().handle().wake(List.of(), now());
    assertThat(visited()).contains(bench().mailbox(), bench().otherMailbox());
  }

  @Test
  void whoListensHearsOfWorkThatSomebodyElseLeavesDue() {
    try (WakeUps hearing = hearing()) {
      waiting("1@x.example", bench().lane(), Duration.ZERO);
      assertThat(hearing.await(PATIENCE)).isEqualTo(WakeUps.Answer.CALL);
    }
  }

  @Test
  void whoListensHearsWhenSomebodyWakesAll() {
    try (WakeUps hearing = hearing()) {
      bench().handle().wake(List.of(), now());
      assertThat(hearing.await(PATIENCE)).isEqualTo(WakeUps.Answer.CALL);
    }
  }

  @Test
  void nobodyIsCalledForWorkThatIsDueMuchLater() {
    try (WakeUps hearing = hearing()) {
      waiting("1@x.example", bench().lane(), HOUR);
      assertThat(hearing.await(Duration.ofMillis(100))).isNotEqualTo(WakeUps.Answer.CALL);
    }
  }

  @Test
  void nobodyIsCalledForWhatWasNotKept() {
    long enrollment = waiting("1@x.example", bench().lane(), HOUR);
    try (WakeUps hearing = hearing()) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  bench()
                      .steer(
                          enrollment,
                          subject -> {
                            throw new IllegalStateException("changed my mind");
                          }));
      assertThat(hearing.await(Duration.ofMillis(100))).isNotEqualTo(WakeUps.Answer.CALL);
    }
  }

  /** Lets another engine listen; one that never can is as good as none. */
  private WakeUps hearing() {
    Optional<WakeUps> offered = bench().open("listener").wakeUps();
    assumeTrue(offered.isPresent(), "this store has no wake-ups");
    WakeUps wakeUps = offered.orElseThrow();
    assertThat(wakeUps.await(Duration.ofMillis(50))).isEqualTo(WakeUps.Answer.SILENCE);
    return wakeUps;
  }

  private Instant nextWake() {
    return bench().claim(new Claims()).nextWake();
  }
}
