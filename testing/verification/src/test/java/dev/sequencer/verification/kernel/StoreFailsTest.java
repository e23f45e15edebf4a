package dev.sequencer.verification.kernel;

import static dev.sequencer.tck.faults.Times.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.SequencerEvent.MailInDoubt;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of the store that fail while an engine knows or must find out what became of a mail. */
class StoreFailsTest extends Scenario {
  private static final Duration DEADLINE = Duration.ofMinutes(13);

  @ParameterizedTest
  @EnumSource
  @DisplayName("K3 what a transport said is not lost when the ledger cannot be read")
  void anOutcomeOutlivesAFailingRead(Kept kept) {
    FaultyStore store = store(kept).failBefore("views.ledger", times(1));
    TestSequencer sequencer = start(store, ONE);
    transport.onNext(SendResult.notHandedOver("no connection"));
    enroll(sequencer, ONE, "bo@example.com");
    quietly(sequencer::runUntilIdle);
    sequencer.advance(Duration.ofHours(1));

    assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
    assertThat(transport.accepted()).hasSize(1);
    assertThat(deliveries(sequencer)).extracting(d -> d.status()).containsOnly(DeliveryStatus.SENT);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K3 outcomes are kept and written for as long as the store fails, none is in doubt")
  void outcomesAreKept(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, TWO);
    EnrollmentId enrollment = enroll(sequencer, TWO, "bo@example.com");
    store.failBefore("complete", times(5_000));
    sequencer.advance(Duration.ofMinutes(20));
    assertThat(transport.accepted()).hasSize(1);
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.SENDING);

    store.heal();
    sequencer.advance(Duration.ofDays(2));
    assertThat(leftAfter()).containsExactly(Duration.ZERO, Duration.ofDays(1));
    assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
    assertThat(deliveries(sequencer)).extracting(d -> d.status()).containsOnly(DeliveryStatus.SENT);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K3 an attempt whose decision failed is decided by the next pass")
  void aDecisionIsMadeAgain(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, ONE);
    EnrollmentId enrollment = enroll(sequencer, ONE, "bo@example.com");
    store.crashAfter("begin", times(1));
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
    sequencer.crash();
    sequencer.runUntilIdle();
    store.heal();
    clock.advance(DEADLINE);
    store.failBefore("subjects", times(1));
    assertThatThrownBy(sequencer::runDue).isInstanceOf(StoreException.class);

    sequencer.runUntilIdle();
    assertThat(view(sequencer, enrollment).status()).isEqualTo(EnrollmentStatus.HELD);
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
  }

  private static void quietly(Runnable pass) {
    try {
      pass.run();
    } catch (StoreException failed) {
      // The next pass goes on.
    }
  }
}
