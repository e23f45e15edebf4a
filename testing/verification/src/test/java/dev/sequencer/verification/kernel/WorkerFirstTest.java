package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Act;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.Mailbox;
import dev.sequencer.SendWindow;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mail begins when a worker takes it, at the instant of its slot, and not before. */
class WorkerFirstTest extends Scenario {
  private static final Instant OPENING = Instant.parse("2026-06-01T09:00:00Z");
  private static final Duration INTERVAL = Duration.ofMinutes(16);

  private static Mailbox evenly() {
    return mailbox().zone("UTC").perDay(30).hours(SendWindow.weekdays("09:00", "17:00")).evenly();
  }

  private static int sending(TestSequencer sequencer) {
    return sequencer
        .enrollments()
        .find(EnrollmentQuery.all().phase(EnrollmentPhase.SENDING))
        .items()
        .size();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K4 of twenty mails that are due only the one that has the worker has begun")
  void onlyWhatHasAWorker(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    List<Integer> begun = new ArrayList<>();
    transport.always(FakeAnswer.accept().first(() -> begun.add(sending(sequencer))));
    for (int i = 0; i < 20; i++) {
      enroll(sequencer, ONE, "c" + i + "@example.com");
    }
    sequencer.runUntilIdle();
    assertThat(begun).hasSize(20).containsOnly(1);
    assertThat(sending(sequencer)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K4 a mail that waits for its slot has not begun a millisecond before it")
  void begunAtTheSlot(Kept kept) {
    TestSequencer sequencer = start(store(kept), evenly(), ONE);
    for (int i = 0; i < 4; i++) {
      enroll(sequencer, ONE, "c" + i + "@example.com");
    }
    for (int slot = 0; slot < 4; slot++) {
      Instant at = OPENING.plus(INTERVAL.multipliedBy(slot));
      sequencer.advanceTo(at.minus(MILLI));
      assertThat(sending(sequencer)).isZero();
      assertThat(transport.attempted()).hasSize(slot);
      sequencer.advance(MILLI);
      assertThat(transport.attempted()).hasSize(slot + 1);
    }
    assertThat(deliveries(sequencer))
        .extracting(DeliveryView::begunAt, DeliveryView::leftAt)
        .allSatisfy(both -> assertThat(both.toList().get(0)).isEqualTo(both.toList().get(1)));
    assertThat(deliveries(sequencer))
        .extracting(DeliveryView::begunAt)
        .contains(Optional.of(OPENING), Optional.of(OPENING.plus(INTERVAL.multipliedBy(3))));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K4 what is suppressed a millisecond before its slot gives the slot to the next")
  void heedsWhatHappensUntilTheSlot(Kept kept) {
    TestSequencer sequencer = start(store(kept), evenly(), ONE);
    enroll(sequencer, ONE, "a@example.com");
    enroll(sequencer, ONE, "b@example.com");
    sequencer.advanceTo(OPENING.minus(MILLI));
    sequencer.suppressions().suppress("a@example.com", Act.because("a test"));
    sequencer.advance(MILLI);
    assertThat(transport.accepted()).hasSize(1);
    assertThat(transport.accepted().get(0).mail().to().address()).isEqualTo("b@example.com");
  }
}
