package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Ending;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.ClaimCall.LedgerReader;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.EnrollCall.Start;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which rows a claim takes, in which order, and what it asks its policy. */
abstract class ClaimingRules extends StoreRules {
  private long waiting(String address, Lane lane, long dueInMillis) {
    Instant due = StoreBench.START.plusMillis(dueInMillis);
    return bench().enroll(bench().row(address).sequence(lane.sequence()).waitingIn(lane, due));
  }

  @Test
  void aRowIsClaimedFromItsDueOn() {
    waiting("early@x.example", bench().lane(), 1);
    long due = waiting("due@x.example", bench().lane(), 0);
    assertThat(bench().claim()).extracting(Work::enrollment).containsExactly(due);
    bench().clock().advance(Duration.ofMillis(1));
    assertThat(bench().claim()).hasSize(1);
  }

  @Test
  void rowsComeByPriorityBoundBeforeNewDueAndEnrollment() {
    Lane lane = bench().lane();
    Lane bulk = Lanes.priority(lane, 3);
    Lane byHand = Lanes.priority(lane, 0);
    Lane tokyo = Lanes.calendar(lane, "w/Asia/Tokyo");
    List<Long> expected = new ArrayList<>();
    long bulkRow = waiting("1@x.example", Lanes.bound(bulk), -90);
    long late = waiting("2@x.example", lane, -1);
    long early = waiting("3@x.example", tokyo, -5);
    long sameDue = waiting("4@x.example", lane, -1);
    long bound = waiting("5@x.example", Lanes.bound(lane), 0);
    long first = waiting("6@x.example", byHand, 0);
    expected.addAll(List.of(first, bound, early, late, sameDue, bulkRow));
    assertThat(bench().claim()).extracting(Work::enrollment).containsExactlyElementsOf(expected);
  }

  @Test
  void rowsOfOneDueComeByEnrollmentOverAllLanes() {
    Lane lane = bench().lane();
    List<Long> enrolled = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      enrolled.add(waiting(i + "@x.example", Lanes.calendar(lane, "c" + i % 3), 0));
    }
    assertThat(bench().claim()).extracting(Work::enrollment).containsExactlyElementsOf(enrolled);
  }

  @Test
  void anOwnerGetsNoMoreThanItsSlotsAndTheBestOfItsLanes() {
    Lane lane = bench().lane();
    waiting("1@x.example", Lanes.priority(lane, 3), -9);
    long second = waiting("2@x.example", lane, -1);
    long first = waiting("3@x.example", lane, -2);
    Claims two = new Claims().slots(bench().mailbox(), 2);
    assertThat(bench().claim(two).rows())
        .extracting(Work::enrollment)
        .containsExactly(first, second);
    assertThat(two.taken(bench().mailbox())).isEqualTo(2);
  }

  @Test
  void anOwnerThatIsLeftOutGetsNothingAndIsAskedForItsWakeUp() {
    waiting("1@x.example", bench().lane(), 0);
    long other = waiting("2@x.example", Lanes.of(bench().otherMailbox(), bench().sequence()), 0);
    Claims claims = new Claims().slots(bench().otherMailbox(), 5);
    assertThat(bench().claim(claims).rows()).extracting(Work::enrollment).containsExactly(other);
    assertThat(claims.taken(bench().mailbox())).isZero();
    assertThat(claims.heads(bench().mailbox()))
        .containsExactly(new LaneHead(bench().lane(), StoreBench.START));
  }

  @Test
  void oneLaneGivesAtMost64RowsToAClaim() {
    bench().enroll(65);
    assertThat(bench().claim()).hasSize(64);
    assertThat(bench().claim()).hasSize(1);
  }

  @Test
  void aLaneGivesNoMoreThanItMayAndTheOthersTheRest() {
    Lane tokyo = Lanes.calendar(bench().lane(), "w/Asia/Tokyo");
    Lane oslo = Lanes.calendar(bench().lane(), "w/Europe/Oslo");
    long first = waiting("1@x.example", tokyo, -9);
    waiting("2@x.example", tokyo, -8);
    long second = waiting("3@x.example", bench().lane(), -7);
    long third = waiting("4@x.example", bench().lane(), -6);
    waiting("5@x.example", oslo, -5);
    Claims claims = new Claims().most(tokyo, 1).most(oslo, 0);
    assertThat(bench().claim(claims).rows())
        .extracting(Work::enrollment)
        .containsExactly(first, second, third);
    assertThat(claims.heads(bench().mailbox()))
        .containsExactlyInAnyOrder(
            new LaneHead(tokyo, StoreBench.START.minusMillis(8)),
            new LaneHead(oslo, StoreBench.START.minusMillis(5)));
  }

  @Test
  void aClosedLaneIsLeftAlone() {
    Lane tokyo = Lanes.calendar(bench().lane(), "w/Asia/Tokyo");
    waiting("1@x.example", tokyo, -9);
    long open = waiting("2@x.example", bench().lane(), 0);
    Claims claims = new Claims().close(tokyo);
    assertThat(bench().claim(claims).rows()).extracting(Work::enrollment).containsExactly(open);
    assertThat(claims.heads(bench().mailbox()))
        .containsExactly(new LaneHead(tokyo, StoreBench.START.minusMillis(9)));
  }

  @Test
  void thePolicyIsAskedOnceForEachLaneThatHoldsRows() {
    Lane tokyo = Lanes.calendar(bench().lane(), "w/Asia/Tokyo");
    for (int i = 0; i < 3; i++) {
      waiting(i + "a@x.example", bench().lane(), 0);
      waiting(i + "b@x.example", tokyo, 0);
    }
    Claims claims = new Claims();
    bench().claim(claims);
    assertThat(claims.asked()).containsExactlyInAnyOrder(bench().lane(), tokyo);
    Claims again = new Claims().all();
    bench().claim(again);
    assertThat(again.asked()).doesNotHaveDuplicates();
    assertThat(again.heads(bench().mailbox())).isEmpty();
  }

  @Test
  void onlyRowsThatAreActiveAndWaitingAreClaimed() {
    long paused = waiting("1@x.example", bench().lane(), 0);
    long ended = waiting("2@x.example", bench().lane(), 0);
    long held = waiting("3@x.example", bench().lane(), 0);
    bench().steer(paused, Plans.pause());
    bench().steer(ended, Plans.end(Ending.COMPLETED));
    bench()
        .steer(
            held,
            Plans.change(work -> work.state(work.state().status(EnrollmentStatus.HELD, "?"))));
    bench().begun("4@x.example");
    bench().complete(Plans.doubted(bench().begun("5@x.example"), StoreBench.START));
    Claims claims = new Claims().all();
    assertThat(bench().claim(claims).rows()).isEmpty();
    assertThat(claims.heads(bench().mailbox())).isEmpty();

    bench().steer(paused, Plans.resume());
    assertThat(bench().claim()).extracting(Work::enrollment).containsExactly(paused);
  }

  @Test
  void aClaimChangesNothingOfTheRow() {
    long enrollment = waiting("1@x.example", bench().lane(), -5);
    Work before = bench().work(enrollment);
    assertThat(bench().claim()).containsExactly(before);
    assertThat(bench().work(enrollment)).isEqualTo(before);
  }

  @Test
  void rowsOfOneOwnerStandTogether() {
    Lane other = Lanes.of(bench().otherMailbox(), bench().sequence());
    for (int i = 0; i < 4; i++) {
      waiting(i + "a@x.example", bench().lane(), i - 9);
      waiting(i + "b@x.example", other, i - 9);
    }
    List<Integer> owners = bench().claim().stream().map(work -> work.lane().owner()).toList();
    assertThat(owners).hasSize(8);
    assertThat(owners.subList(0, 4)).containsOnly(owners.get(0));
    assertThat(owners.subList(4, 8)).containsOnly(owners.get(4));
  }

  @Test
  void theControlOwnerIsClaimedLikeAnyOther() {
    long enrollment = waiting("1@x.example", Lane.control(bench().sequence()), 0);
    assertThat(bench().claim()).extracting(Work::enrollment).containsExactly(enrollment);
  }

  @Test
  void theAnswerSaysWhenItWasAndWhenItsClaimsExpire() {
    waiting("1@x.example", bench().lane(), 0);
    ClaimCall.Answer answer = bench().claim(new Claims().expiry(Duration.ofSeconds(7)));
    assertThat(answer.now()).isEqualTo(StoreBench.START);
    assertThat(answer.until()).isEqualTo(StoreBench.START.plusSeconds(7));
    assertThat(answer.definitions()).isEqualTo(bench().handle().definitions());
    assertThat(answer.position()).isEqualTo(bench().handle().position());
  }

  @Test
  void thePolicyReadsLedgersAsTheyAre() {
    Work work = bench().work(waiting("1@x.example", bench().lane(), 0));
    bench().begin(Begins.perDay(9), Begins.of(work));
    waiting("2@x.example", bench().lane(), 0);
    Ledger stored = bench().handle().views().ledger(Begins.ledger(bench().mailbox()));
    List<Ledger> seen = new ArrayList<>();
    ClaimCall.Policy reading = new Reading(seen, bench().mailbox(), bench().otherMailbox());
    bench().handle().claim(new ClaimCall(Claims.EXPIRY, 10, true, List.of(), reading));
    Ledger fresh = Ledger.fresh(Begins.ledger(bench().otherMailbox()));
    assertThat(stored.day().used()).isEqualTo(1);
    assertThat(seen).startsWith(stored, fresh).containsOnly(stored, fresh);
    assertThat(seen).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void aPolicyThatThrowsLeavesNothingClaimed() {
    waiting("1@x.example", bench().lane(), 0);
    assertThatThrownBy(() -> bench().handle().claim(broken()))
        .hasStackTraceContaining("no wake-up");
    assertThat(bench().claim()).hasSize(1);
  }

  @Test
  void anEnrollmentThatWaitsForItsEndIsClaimedToo() {
    long enrollment =
        bench()
            .enroll(
                bench()
                    .row("1@x.example")
                    .start(
                        contact ->
                            new Start(
                                bench().lane(),
                                StoreBench.START,
                                new Cursor(0, 3, StoreBench.START),
                                State.WAITING)));
    assertThat(bench().claim()).extracting(Work::enrollment).containsExactly(enrollment);
  }

  private static ClaimCall broken() {
    return new ClaimCall(Claims.EXPIRY, 10, false, List.of(), new Broken(new Claims()));
  }

  /** Cannot say when to visit an owner again. */
  private record Broken(Claims claims) implements ClaimCall.Policy {
    @Override
    public Map<Integer, Integer> slots(List<Integer> owners, LedgerReader ledgers, Instant now) {
      return claims.slots(owners, ledgers, now);
    }

    @Override
    public boolean open(Lane lane, Instant now) {
      return claims.open(lane, now);
    }

    @Override
    public Instant wakeAt(
        int owner, int taken, List<LaneHead> heads, LedgerReader ledgers, Instant now) {
      throw new IllegalStateException("no wake-up");
    }
  }

  /** Reads two ledgers whenever it is asked something that lets it. */
  private record Reading(List<Ledger> seen, int one, int other) implements ClaimCall.Policy {
    @Override
    public Map<Integer, Integer> slots(List<Integer> owners, LedgerReader ledgers, Instant now) {
      read(ledgers);
      return Map.of();
    }

    @Override
    public boolean open(Lane lane, Instant now) {
      return true;
    }

    @Override
    public Instant wakeAt(
        int owner, int taken, List<LaneHead> heads, LedgerReader ledgers, Instant now) {
      read(ledgers);
      return Claims.NEVER;
    }

    private void read(LedgerReader ledgers) {
      seen.add(ledgers.read(Begins.ledger(one)));
      seen.add(ledgers.read(Begins.ledger(other)));
    }
  }
}
