package dev.sequencer.verification.kernel;

import static dev.sequencer.tck.faults.Times.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Act;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.HostEvent;
import dev.sequencer.SequencerEvent.MailInDoubt;
import dev.sequencer.SequencerEvent.MailSent;
import dev.sequencer.SequencerEvent.MailboxResting;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.testkit.StagedFakeTransport;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of the store that were carried out and whose answer was lost. */
class LostAnswersTest extends Scenario {
  private static final Duration CLAIM = Duration.ofMinutes(1);
  private static final Act BECAUSE = Act.because("a test");

  private EnrollmentId loseBegin(FaultyStore store, TestSequencer sequencer) {
    store.failAfter("begin", times(1));
    EnrollmentId enrollment = enroll(sequencer, TWO, "bo@example.com");
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(StoreException.class);
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.SENDING);
    return enrollment;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K17 a mail that began by a call whose answer was lost is sent by the next pass")
  void lostBeginIsNotInDoubt(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, mailbox().perDay(2), TWO);
    loseBegin(store, sequencer);

    sequencer.runUntilIdle();
    assertThat(leftAfter()).containsExactly(Duration.ZERO);
    sequencer.advance(Duration.ofDays(3));
    assertThat(leftAfter()).containsExactly(Duration.ZERO, Duration.ofDays(1));
    assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
    assertThat(sequencer.events(MailboxResting.class)).isEmpty();
    assertThat(sequencer.events(MailSent.class)).hasSize(2);
    assertThat(deliveries(sequencer))
        .extracting(d -> d.status(), d -> d.attempt())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(DeliveryStatus.SENT, 2),
            org.assertj.core.groups.Tuple.tuple(DeliveryStatus.SENT, 3));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K5 K17 what a lost begin took of the quota is given back")
  void lostBeginGivesItsQuotaBack(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, mailbox().perDay(1), ONE, TWO);
    loseBegin(store, sequencer);
    sequencer.runUntilIdle();
    assertThat(leftAfter()).containsExactly(Duration.ZERO);
    assertThat(sequencer.mailboxes().list().get(0).usage().today()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 K17 an act between a lost begin and the next pass holds")
  void pausedAfterALostBegin(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, TWO);
    EnrollmentId enrollment = loseBegin(store, sequencer);
    sequencer.enrollments().pause(enrollment, BECAUSE);

    sequencer.advance(Duration.ofHours(1));
    assertThat(transport.attempted()).isEmpty();
    assertThat(view(sequencer, enrollment).status()).isEqualTo(EnrollmentStatus.PAUSED);
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.WAITING);
    sequencer.enrollments().resume(enrollment, BECAUSE);
    sequencer.runUntilIdle();
    assertThat(leftAfter()).containsExactly(Duration.ofHours(1));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 K17 a reply between a lost begin and the next pass ends the enrollment")
  void repliedAfterALostBegin(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, TWO);
    EnrollmentId enrollment = loseBegin(store, sequencer);
    sequencer.record(HostEvent.replied().id("r1").email("bo@example.com"));

    sequencer.advance(Duration.ofDays(2));
    assertThat(transport.attempted()).isEmpty();
    assertThat(view(sequencer, enrollment).status()).isEqualTo(EnrollmentStatus.ENDED);
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.WAITING);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K1 K17 a node that died after a lost begin leaves its mail in doubt, never sent")
  void diedAfterALostBegin(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, TWO);
    EnrollmentId enrollment = loseBegin(store, sequencer);
    sequencer.crash();

    sequencer.advance(Duration.ofDays(2));
    assertThat(transport.attempted()).isEmpty();
    assertThat(view(sequencer, enrollment).status()).isEqualTo(EnrollmentStatus.HELD);
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K17 K18 a lost begin leaves no draft behind")
  void lostBeginOfAStagedMail(Kept kept) {
    StagedFakeTransport staged = StagedFakeTransport.on(clock);
    FaultyStore store = store(kept);
    TestSequencer sequencer = closing(describe(store, mailbox(), TWO).transport(staged).build());
    loseBegin(store, sequencer);
    sequencer.advance(Duration.ofDays(2));
    assertThat(staged.sends().accepted()).hasSize(2);
    assertThat(staged.drafts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K18 a begin that failed leaves no draft behind")
  void failedBeginOfAStagedMail(Kept kept) {
    StagedFakeTransport staged = StagedFakeTransport.on(clock);
    FaultyStore store = store(kept).failBefore("begin", times(1));
    TestSequencer sequencer = closing(describe(store, mailbox(), TWO).transport(staged).build());
    enroll(sequencer, TWO, "bo@example.com");
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(StoreException.class);
    sequencer.advance(Duration.ofDays(2));
    assertThat(staged.sends().accepted()).hasSize(2);
    assertThat(staged.drafts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "K9 rows whose claim was lost are taken again when it expires, which a pass foretells")
  void lostClaim(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, ONE);
    sequencer.runUntilIdle();
    enroll(sequencer, ONE, "bo@example.com");
    store.failAfter("claim", times(1));
    assertThatThrownBy(sequencer::runDue).isInstanceOf(StoreException.class);

    assertThat(sequencer.runDue().nextNeededAt()).contains(START.plus(CLAIM));
    sequencer.advance(CLAIM.minus(MILLI));
    assertThat(transport.attempted()).isEmpty();
    sequencer.advance(MILLI);
    assertThat(leftAfter()).containsExactly(CLAIM);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K9 what a dead node had claimed leaves when the claim expires")
  void claimOfADeadNode(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, ONE);
    sequencer.runUntilIdle();
    enroll(sequencer, ONE, "bo@example.com");
    store.crashAfter("claim", times(1));
    assertThatThrownBy(sequencer::runDue).isInstanceOf(SimulatedCrash.class);
    sequencer.crash();

    assertThat(sequencer.advanceToNextWakeUp()).contains(START.plus(CLAIM));
    assertThat(leftAfter()).containsExactly(CLAIM);
    assertThat(sequencer.advanceToNextWakeUp()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K9 a claim leaves no wake-up behind once its mails were sent")
  void noWakeUpForNothing(Kept kept) {
    TestSequencer sequencer = start(store(kept), TWO);
    enroll(sequencer, TWO, "bo@example.com");
    Instant second = START.plus(Duration.ofDays(1));
    assertThat(sequencer.runUntilIdle().nextNeededAt()).contains(second);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K17 a complete whose answer was lost stands in the history once")
  void lostComplete(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, ONE);
    EnrollmentId enrollment = enroll(sequencer, ONE, "bo@example.com");
    store.failAfter("complete", times(1));
    sequencer.advance(Duration.ofHours(1));

    assertThat(leftAfter()).containsExactly(Duration.ZERO);
    assertThat(kinds(sequencer, enrollment)).containsOnlyOnce("sent");
    assertThat(deliveries(sequencer)).extracting(d -> d.status()).containsOnly(DeliveryStatus.SENT);
    assertThat(sequencer.events())
        .noneMatch(event -> event.getClass().getSimpleName().equals("LateReceipt"));
  }
}
