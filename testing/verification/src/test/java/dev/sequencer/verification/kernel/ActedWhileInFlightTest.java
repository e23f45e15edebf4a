package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Act;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.HostEvent;
import dev.sequencer.InDoubt;
import dev.sequencer.Sequence;
import dev.sequencer.spi.SendResult;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.tck.faults.Times;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport.Lookup;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** K2: what people and events decide while a mail is on its way holds whatever becomes of it. */
class ActedWhileInFlightTest extends Scenario {
  private static final Act BECAUSE = Act.because("a test");
  private static final String BO = "bo@example.com";

  private static Sequence two(InDoubt policy) {
    return Sequence.named("two")
        .email("first", mail -> mail.subject("1").text("first"))
        .waitFor(Delay.days(1))
        .email("second", mail -> mail.subject("2").text("second"))
        .inDoubt(policy)
        .build();
  }

  /** What is done to the enrollment in the middle of its first send. */
  enum Deed {
    PAUSE(EnrollmentStatus.PAUSED) {
      @Override
      void on(TestSequencer sequencer, EnrollmentId enrollment) {
        sequencer.enrollments().pause(enrollment, BECAUSE);
      }
    },
    HOLD(EnrollmentStatus.HELD) {
      @Override
      void on(TestSequencer sequencer, EnrollmentId enrollment) {
        sequencer.enrollments().hold(enrollment, BECAUSE);
      }
    },
    CANCEL(EnrollmentStatus.ENDED) {
      @Override
      void on(TestSequencer sequencer, EnrollmentId enrollment) {
        sequencer.enrollments().cancel(enrollment, BECAUSE);
      }
    },
    REPLY(EnrollmentStatus.ENDED) {
      @Override
      void on(TestSequencer sequencer, EnrollmentId enrollment) {
        sequencer.record(HostEvent.replied().id("r1").email(BO));
      }
    },
    UNSUBSCRIBE(EnrollmentStatus.ENDED) {
      @Override
      void on(TestSequencer sequencer, EnrollmentId enrollment) {
        sequencer.record(HostEvent.unsubscribed().id("u1").email(BO));
      }
    },
    SUPPRESS(EnrollmentStatus.ENDED) {
      @Override
      void on(TestSequencer sequencer, EnrollmentId enrollment) {
        sequencer.suppressions().suppress(BO, BECAUSE);
      }
    };

    final EnrollmentStatus after;

    Deed(EnrollmentStatus after) {
      this.after = after;
    }

    abstract void on(TestSequencer sequencer, EnrollmentId enrollment);
  }

  private void assertStands(TestSequencer sequencer, EnrollmentId enrollment, Deed deed) {
    assertThat(view(sequencer, enrollment).status()).isEqualTo(deed.after);
    assertThat(view(sequencer, enrollment).state().phase()).isEqualTo(EnrollmentPhase.WAITING);
  }

  private EnrollmentId during(TestSequencer sequencer, FakeAnswer answer, Deed deed) {
    EnrollmentId enrollment = enroll(sequencer, TWO, BO);
    transport.onNext(answer.first(() -> deed.on(sequencer, enrollment)));
    return enrollment;
  }

  private void forAll(Consumer<Deed> scenario) {
    for (Deed deed : Deed.values()) {
      transport.reset();
      scenario.accept(deed);
    }
  }

  private TestSequencer fresh(Kept kept, Deed deed, InDoubt policy) {
    clock.set(clock.instant().plus(Duration.ofDays(100)));
    return start(FaultyStore.around(kept.in(folder, deed.name())), two(policy));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 a mail that was sent is recorded as sent, and nothing follows the act")
  void sentAndStopped(Kept kept) {
    forAll(
        deed -> {
          TestSequencer sequencer = fresh(kept, deed, InDoubt.HOLD);
          EnrollmentId enrollment = during(sequencer, FakeAnswer.accept(), deed);
          sequencer.advance(Duration.ofDays(9));
          assertThat(transport.accepted()).as(deed.name()).hasSize(1);
          assertThat(deliveries(sequencer))
              .extracting(DeliveryView::status)
              .as(deed.name())
              .containsExactly(DeliveryStatus.SENT);
          assertStands(sequencer, enrollment, deed);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 a mail that was deferred is not tried again after the act")
  void deferredAndStopped(Kept kept) {
    forAll(
        deed -> {
          TestSequencer sequencer = fresh(kept, deed, InDoubt.HOLD);
          FakeAnswer deferred = FakeAnswer.of(SendResult.deferred("451", "later"));
          EnrollmentId enrollment = during(sequencer, deferred, deed);
          sequencer.advance(Duration.ofDays(9));
          assertThat(transport.attempted()).as(deed.name()).hasSize(1);
          assertStands(sequencer, enrollment, deed);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 a mail that failed leaves what the act decided")
  void refusedAndStopped(Kept kept) {
    forAll(
        deed -> {
          TestSequencer sequencer = fresh(kept, deed, InDoubt.HOLD);
          FakeAnswer refused = FakeAnswer.of(SendResult.refusedMessage("554", "no"));
          EnrollmentId enrollment = during(sequencer, refused, deed);
          sequencer.advance(Duration.ofDays(9));
          assertThat(transport.attempted()).as(deed.name()).hasSize(1);
          assertThat(deliveries(sequencer))
              .extracting(DeliveryView::status)
              .as(deed.name())
              .containsExactly(DeliveryStatus.FAILED);
          assertThat(view(sequencer, enrollment).status()).as(deed.name()).isEqualTo(deed.after);
        });
  }

  /** The node dies with the mail on its way; another one decides at the deadline. */
  private EnrollmentId diedInFlight(FaultyStore store, TestSequencer sequencer, Deed deed) {
    EnrollmentId enrollment = enroll(sequencer, TWO, BO);
    store.crashBefore("complete", Times.nth(1));
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
    store.heal();
    sequencer.crash();
    deed.on(sequencer, enrollment);
    return enrollment;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 K3 an attempt of a dead node that was not sent is not sent after the act")
  void decidedAsNotSentAndStopped(Kept kept) {
    forAll(
        deed -> {
          clock.set(clock.instant().plus(Duration.ofDays(100)));
          FaultyStore store = FaultyStore.around(kept.in(folder, deed.name()));
          TestSequencer sequencer = start(store, two(InDoubt.HOLD));
          transport.onNext(FakeAnswer.of(SendResult.notHandedOver("died")));
          transport.lookup(Lookup.TRUTH);
          EnrollmentId enrollment = diedInFlight(store, sequencer, deed);
          sequencer.advance(Duration.ofDays(9));
          assertThat(transport.accepted()).as(deed.name()).isEmpty();
          assertThat(transport.lookups()).as(deed.name()).hasSize(1);
          assertStands(sequencer, enrollment, deed);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 K3 an attempt of a dead node that was sent is recorded, nothing follows the act")
  void decidedAsSentAndStopped(Kept kept) {
    forAll(
        deed -> {
          clock.set(clock.instant().plus(Duration.ofDays(100)));
          FaultyStore store = FaultyStore.around(kept.in(folder, deed.name()));
          TestSequencer sequencer = start(store, two(InDoubt.HOLD));
          transport.lookup(Lookup.TRUTH);
          EnrollmentId enrollment = diedInFlight(store, sequencer, deed);
          sequencer.advance(Duration.ofDays(9));
          assertThat(transport.accepted()).as(deed.name()).hasSize(1);
          assertThat(deliveries(sequencer))
              .extracting(DeliveryView::status)
              .as(deed.name())
              .containsExactly(DeliveryStatus.SENT);
          assertStands(sequencer, enrollment, deed);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 an attempt in doubt is not sent again after the act, whatever the policy")
  void doubtfulAndStopped(Kept kept) {
    forAll(
        deed -> {
          clock.set(clock.instant().plus(Duration.ofDays(100)));
          FaultyStore store = FaultyStore.around(kept.in(folder, deed.name()));
          TestSequencer sequencer = start(store, two(InDoubt.RESEND));
          transport.lookup(Lookup.NOTHING);
          EnrollmentId enrollment = diedInFlight(store, sequencer, deed);
          sequencer.advance(Duration.ofDays(9));
          assertThat(transport.attempted()).as(deed.name()).hasSize(1);
          assertThat(view(sequencer, enrollment).status()).as(deed.name()).isEqualTo(deed.after);
        });
  }
}
