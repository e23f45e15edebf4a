package dev.sequencer.verification.kernel;

import static dev.sequencer.tck.faults.Times.times;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Sequence;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is paused or suppressed before begin does not leave, and its caller knows what may. */
class StopAgainstBeginTest extends Scenario {
  private static final Act ACT = Act.because("a test");
  private static final String ADDRESS = "bo@example.com";

  /** What people stop, and how they let it go on. */
  private enum Stop {
    EVERYTHING,
    SEQUENCE,
    MAILBOX,
    ENROLLMENT,
    ADDRESS_SUPPRESSED,
    DOMAIN_SUPPRESSED,
    CANCELLED;

    boolean passes() {
      return EnumSet.range(EVERYTHING, ENROLLMENT).contains(this);
    }

    ActResult stop(TestSequencer sequencer, EnrollmentId enrollment) {
      return switch (this) {
        case EVERYTHING -> sequencer.pauseEverything(ACT);
        case SEQUENCE -> sequencer.sequences().pause(TWO.name(), ACT);
        case MAILBOX -> sequencer.mailboxes().pause(Scenario.MAILBOX, ACT);
        case ENROLLMENT -> sequencer.enrollments().pause(enrollment, ACT);
        case ADDRESS_SUPPRESSED -> sequencer.suppressions().suppress(ADDRESS, ACT);
        case DOMAIN_SUPPRESSED -> sequencer.suppressions().suppress("example.com", ACT);
        case CANCELLED -> sequencer.enrollments().cancel(enrollment, ACT);
      };
    }

    void goOn(TestSequencer sequencer, EnrollmentId enrollment) {
      switch (this) {
        case EVERYTHING -> sequencer.resumeEverything(ACT);
        case SEQUENCE -> sequencer.sequences().resume(TWO.name(), ACT);
        case MAILBOX -> sequencer.mailboxes().resume(Scenario.MAILBOX, ACT);
        case ENROLLMENT -> sequencer.enrollments().resume(enrollment, ACT);
        case ADDRESS_SUPPRESSED, DOMAIN_SUPPRESSED, CANCELLED ->
            throw new IllegalStateException("it is over");
      }
    }
  }

  static Stream<Arguments> stops() {
    return Arrays.stream(Stop.values())
        .flatMap(stop -> Arrays.stream(Kept.values()).map(kept -> Arguments.of(stop, kept)));
  }

  @ParameterizedTest
  @MethodSource("stops")
  @DisplayName("K15 what stops between claim and begin stops the mail, and nothing is in flight")
  void stoppedBeforeBegin(Stop stop, Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer sequencer = start(store, TWO);
    EnrollmentId enrollment = enroll(sequencer, TWO, ADDRESS);
    List<ActResult> answers = new ArrayList<>();
    store.onCall("begin", times(1), () -> answers.add(stop.stop(sequencer, enrollment)));
    sequencer.advance(Duration.ofDays(2));

    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).done()).isTrue();
    assertThat(answers.get(0).inFlight()).isZero();
    assertThat(transport.attempted()).isEmpty();
    if (stop.passes()) {
      stop.goOn(sequencer, enrollment);
      sequencer.advance(Duration.ofDays(3));
      assertThat(leftAfter()).containsExactly(Duration.ofDays(2), Duration.ofDays(3));
    } else {
      assertThat(view(sequencer, enrollment).state().ending()).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("stops")
  @DisplayName("K15 what stops after begin is told that one is in flight, and nothing follows it")
  void stoppedWhileInFlight(Stop stop, Kept kept) {
    TestSequencer sequencer = start(store(kept), TWO);
    EnrollmentId enrollment = enroll(sequencer, TWO, ADDRESS);
    List<ActResult> answers = new ArrayList<>();
    transport.onNext(
        FakeAnswer.accept().first(() -> answers.add(stop.stop(sequencer, enrollment))));
    sequencer.advance(Duration.ofDays(2));

    assertThat(answers).hasSize(1);
    if (stop != Stop.CANCELLED) {
      assertThat(answers.get(0).done()).isTrue();
    }
    assertThat(answers.get(0).inFlight()).isEqualTo(1);
    assertThat(leftAfter()).containsExactly(Duration.ZERO);
    assertThat(deliveries(sequencer).get(0).status()).isEqualTo(DeliveryStatus.SENT);
  }

  @ParameterizedTest
  @MethodSource("stops")
  @DisplayName("K15 what stopped is told of nothing in flight once the outcome is known")
  void stoppedAfterwards(Stop stop, Kept kept) {
    TestSequencer sequencer = start(store(kept), TWO);
    EnrollmentId enrollment = enroll(sequencer, TWO, ADDRESS);
    sequencer.runUntilIdle();
    assertThat(stop.stop(sequencer, enrollment).inFlight()).isZero();
    sequencer.advance(Duration.ofDays(2));
    assertThat(leftAfter()).containsExactly(Duration.ZERO);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K15 an act counts what is in flight of what it concerns, of several")
  void countsItsOwn(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE, TWO);
    enroll(sequencer, TWO, ADDRESS);
    List<Integer> inFlight = new ArrayList<>();
    transport.onNext(
        FakeAnswer.accept()
            .first(
                () -> {
                  inFlight.add(sequencer.sequences().pause(ONE.name(), ACT).inFlight());
                  inFlight.add(sequencer.suppressions().suppress("x@example.com", ACT).inFlight());
                  inFlight.add(sequencer.suppressions().suppress("example.org", ACT).inFlight());
                  inFlight.add(sequencer.sequences().pause(TWO.name(), ACT).inFlight());
                }));
    sequencer.runUntilIdle();
    assertThat(inFlight).containsExactly(0, 0, 0, 1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S15 a pause moves no due, and what goes on sends the one step that is overdue")
  void resumeSendsOneStep(Kept kept) {
    Sequence three =
        Sequence.named("three")
            .email("first", mail -> mail.subject("1").text("1"))
            .waitFor(Delay.days(1))
            .email("second", mail -> mail.subject("2").text("2"))
            .waitFor(Delay.days(1))
            .email("third", mail -> mail.subject("3").text("3"))
            .build();
    TestSequencer sequencer = start(store(kept), three);
    EnrollmentId enrollment = enroll(sequencer, three, ADDRESS);
    sequencer.runUntilIdle();
    sequencer.enrollments().pause(enrollment, ACT);
    sequencer.sequences().pause(three.name(), ACT);
    sequencer.advance(Duration.ofDays(10));
    assertThat(view(sequencer, enrollment).state().due()).contains(START.plus(Duration.ofDays(1)));
    sequencer.enrollments().resume(enrollment, ACT);
    sequencer.advance(Duration.ofDays(1));
    assertThat(leftAfter()).hasSize(1);
    sequencer.sequences().resume(three.name(), ACT);
    sequencer.advance(Duration.ofDays(1).minus(MILLI));
    assertThat(leftAfter()).containsExactly(Duration.ZERO, Duration.ofDays(11));
    sequencer.advance(MILLI);
    assertThat(leftAfter()).hasSize(3).endsWith(Duration.ofDays(12));
  }
}
