package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.InDoubt;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerEvent.LateReceipt;
import dev.sequencer.SequencerEvent.MailInDoubt;
import dev.sequencer.spi.TransportLimits;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.tck.faults.Times;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport.Lookup;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** K1, K3: how long a mail may leave, and when its attempt is in doubt. */
class PermitTest extends Scenario {
  private static final Duration HAND_OVER = Duration.ofMinutes(2);
  private static final Duration DEADLINE =
      HAND_OVER.plus(Duration.ofMinutes(10)).plus(Duration.ofSeconds(30));
  private static final String BO = "bo@example.com";

  private FakeAnswer after(Duration pause) {
    return FakeAnswer.accept().first(() -> clock.advance(pause));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K1 a frozen node does not send once the hand-over limit has passed")
  void thePermitEndsWithTheHandOver(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    transport.onNext(after(HAND_OVER.minus(MILLI)));
    enroll(sequencer, ONE, "in-time@example.com");
    sequencer.runUntilIdle();
    assertThat(leftAfter()).containsExactly(HAND_OVER.minus(MILLI));
    assertThat(transport.refusedPermits()).isZero();

    transport.onNext(after(HAND_OVER));
    enroll(sequencer, ONE, "late@example.com");
    sequencer.runUntilIdle();
    assertThat(transport.refusedPermits()).isEqualTo(1);
    // Not a try, and again at once.
    assertThat(leftAfter())
        .containsExactly(HAND_OVER.minus(MILLI), HAND_OVER.multipliedBy(2).minus(MILLI));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K1 a mail that is frozen over the end of its window leaves when it opens again")
  void thePermitEndsWithTheWindow(Kept kept) {
    Sequence office =
        Sequence.named("office")
            .window(SendWindow.daily("08:00", "17:00"))
            .defaultZone("UTC")
            .email("first", mail -> mail.subject("1").text("first"))
            .build();
    TestSequencer sequencer = start(store(kept), office);
    sequencer.advance(Duration.ofHours(9).minusSeconds(30));
    transport.onNext(after(Duration.ofSeconds(30)));
    enroll(sequencer, office, BO);
    sequencer.advance(Duration.ofDays(1));
    assertThat(transport.refusedPermits()).isEqualTo(1);
    assertThat(leftAfter()).containsExactly(Duration.ofDays(1));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K1 a mail that is frozen over the end of its quota's day counts for the next")
  void thePermitEndsWithTheBucket(Kept kept) {
    TestSequencer sequencer = start(store(kept), mailbox().perDay(1), ONE);
    sequencer.advance(Duration.ofHours(16).minusSeconds(1));
    transport.onNext(after(Duration.ofSeconds(1)));
    enroll(sequencer, ONE, "one@example.com");
    enroll(sequencer, ONE, "two@example.com");
    sequencer.advance(Duration.ofDays(2));
    Duration midnight = Duration.ofHours(16);
    assertThat(transport.refusedPermits()).isEqualTo(1);
    assertThat(leftAfter()).containsExactly(midnight, midnight.plusDays(1));
  }

  private EnrollmentId dieInFlight(FaultyStore store, TestSequencer sequencer, Sequence sequence) {
    EnrollmentId enrollment = enroll(sequencer, sequence, BO);
    store.crashBefore("complete", Times.nth(1));
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
    store.heal();
    sequencer.crash();
    return enrollment;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K1 nobody doubts an attempt before its own deadline has passed")
  void inDoubtStrictlyAfterTheDeadline(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, TWO);
    EnrollmentId enrollment = dieInFlight(store, sequencer, TWO);
    sequencer.advance(DEADLINE);
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.SENDING);
    assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
    sequencer.advance(MILLI);
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
    assertThat(view(sequencer, enrollment).status()).isEqualTo(EnrollmentStatus.HELD);
    assertThat(sequencer.events(MailInDoubt.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K1 the deadline follows the limits that the transport declares")
  void theDeadlineIsTheTransports(Kept kept) {
    transport.limits(TransportLimits.of(Duration.ofSeconds(20), Duration.ofSeconds(90)));
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, TWO);
    EnrollmentId enrollment = dieInFlight(store, sequencer, TWO);
    sequencer.advance(Duration.ofSeconds(140));
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.SENDING);
    sequencer.advance(MILLI);
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K1 what the transport knows to be sent at the deadline is sent, and goes on")
  void foundAtTheDeadline(Kept kept) {
    transport.lookup(Lookup.TRUTH);
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, TWO);
    dieInFlight(store, sequencer, TWO);
    sequencer.advance(Duration.ofDays(2));
    assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
    // The next delay counts from the begin, since nobody knows when it left.
    assertThat(leftAfter()).containsExactly(Duration.ZERO, Duration.ofDays(1));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K1 a look-up that fails proves nothing")
  void aFailedLookUpIsNotNotFound(Kept kept) {
    transport.onFindThrow(new IllegalStateException("cut off"));
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, TWO);
    EnrollmentId enrollment = dieInFlight(store, sequencer, TWO);
    sequencer.advance(Duration.ofDays(2));
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
    assertThat(transport.accepted()).hasSize(1);
  }

  private static Sequence two(InDoubt policy) {
    return Sequence.named("two")
        .email("first", mail -> mail.subject("1").text("first"))
        .waitFor(Delay.days(1))
        .email("second", mail -> mail.subject("2").text("second"))
        .inDoubt(policy)
        .build();
  }

  /** The store is away from the acceptance until after the deadline has passed. */
  private void loseTheStoreUntilAfterTheDeadline(FaultyStore store, TestSequencer sequencer) {
    enroll(sequencer, TWO, BO);
    store.failBefore("complete", Times.always());
    sequencer.runUntilIdle();
    assertThat(transport.accepted()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K3 a truth that comes late is kept and written when the store is back")
  void theOutcomeIsKeptWhileTheStoreIsAway(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, TWO);
    loseTheStoreUntilAfterTheDeadline(store, sequencer);
    sequencer.advance(Duration.ofHours(1));
    store.heal();
    sequencer.advance(Duration.ofDays(2));
    assertThat(transport.lookups()).isEmpty();
    assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
    assertThat(sequencer.events(LateReceipt.class)).isEmpty();
    assertThat(leftAfter()).containsExactly(Duration.ZERO, Duration.ofDays(1));
    assertThat(deliveries(sequencer))
        .extracting(DeliveryView::status)
        .containsOnly(DeliveryStatus.SENT)
        .hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K3 a late 'sent' resolves what another node put in doubt")
  void aLateSentResolvesADoubt(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer slow = start(store, two(InDoubt.HOLD));
    EnrollmentId enrollment = enroll(slow, TWO, BO);
    TestSequencer other = start(store, two(InDoubt.HOLD));
    store.failBefore("complete", Times.always());
    slow.runDue();
    store.heal();
    clock.advance(DEADLINE.plus(MILLI));
    other.runUntilIdle();
    assertThat(view(other, enrollment).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);

    slow.runUntilIdle();
    assertThat(view(other, enrollment).status()).isEqualTo(EnrollmentStatus.ACTIVE);
    assertThat(deliveries(other))
        .extracting(DeliveryView::status)
        .containsExactly(DeliveryStatus.SENT);
    other.advance(Duration.ofDays(2));
    assertThat(transport.accepted()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K3 a late 'sent' for an attempt that was repeated changes nothing and is told")
  void aLateSentAfterAResendIsToldLoudly(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer slow = start(store, two(InDoubt.RESEND));
    enroll(slow, TWO, BO);
    TestSequencer other = start(store, two(InDoubt.RESEND));
    store.failBefore("complete", Times.always());
    slow.runDue();
    store.heal();
    clock.advance(DEADLINE.plus(MILLI));
    other.runUntilIdle();
    assertThat(transport.accepted()).hasSize(2);

    slow.runUntilIdle();
    assertThat(slow.events(LateReceipt.class)).hasSize(1);
    assertThat(deliveries(other)).extracting(DeliveryView::attempt).containsExactly(2);
    other.advance(Duration.ofDays(2));
    assertThat(transport.accepted()).hasSize(3);
  }
}
