package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Act;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.Resolution;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerEvent;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.testkit.TestSequencer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that has forgotten what it knew (KERNEL K8). */
class StoreWentBackTest extends Scenario {
  private static final Act ACT = Act.because("of the mishap").by("ops");

  /** Opens at 10:00, two hours after the scenario begins. */
  private static final Sequence LATER =
      Sequence.named("later")
          .window(SendWindow.daily("10:00", "17:00"))
          .email("first", mail -> mail.subject("1").text("first"))
          .build();

  @Test
  @DisplayName("K8 a backup that is restored under an engine stops it until history is accepted")
  void restoredUnderARunningEngine() throws SQLException {
    FaultyStore store = store(Kept.SQLITE);
    TestSequencer sequencer = start(store, TWO);
    TestSequencer other =
        closing(describe(store, mailbox(), TWO).engine(engine -> engine.node("other")).build());
    EnrollmentId before = enroll(sequencer, TWO, "before@example.com");
    sequencer.advance(Duration.ofMinutes(1));
    EnrollmentId waiting = enroll(sequencer, TWO, "waiting@example.com");
    run("backup to '" + folder.resolve("copy.db") + "'");
    Instant copied = clock.instant();
    sequencer.advance(Duration.ofHours(1));
    other.runDue();
    assertThat(transport.accepted()).hasSize(2);

    run("restore from '" + folder.resolve("copy.db") + "'");
    other.runDue();
    sequencer.advance(Duration.ofDays(2));
    assertThat(transport.accepted()).hasSize(2);
    assertThat(sequencer.health().up()).isFalse();
    assertThat(sequencer.events(SequencerEvent.StoreWentBack.class)).hasSize(1);

    // Whichever node is told, all go on.
    assertThat(other.acceptHistory(copied)).isEqualTo(2);
    sequencer.advance(Duration.ofDays(2));
    assertThat(transport.accepted()).hasSize(2);
    assertThat(sequencer.health().up()).isTrue();

    // What was sent is told as such, what became due while nothing was sent is sent now.
    resolve(sequencer, waiting, Resolution.WAS_SENT);
    resolve(sequencer, before, Resolution.RESEND);
    sequencer.advance(Duration.ofDays(2));
    assertThat(transport.accepted()).hasSize(4);
  }

  private static void resolve(TestSequencer sequencer, EnrollmentId of, Resolution how) {
    deliveries(sequencer).stream()
        .filter(it -> it.id().enrollment().equals(of))
        .filter(it -> it.status() == DeliveryStatus.IN_DOUBT)
        .forEach(doubt -> sequencer.deliveries().resolve(doubt.id(), how, ACT));
  }

  private void run(String statement) throws SQLException {
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
        Statement sql = file.createStatement()) {
      sql.executeUpdate(statement);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K8 what may have left in the span is in doubt, and only that")
  void whatMayHaveLeft(Kept kept) {
    TestSequencer sequencer = start(store(kept), TWO, LATER);
    EnrollmentId sent = enroll(sequencer, TWO, "sent@example.com");
    sequencer.runUntilIdle();
    EnrollmentId due = enroll(sequencer, TWO, "due@example.com");
    EnrollmentId paused = enroll(sequencer, TWO, "paused@example.com");
    EnrollmentId held = enroll(sequencer, TWO, "held@example.com");
    EnrollmentId ended = enroll(sequencer, TWO, "ended@example.com");
    EnrollmentId closed = enroll(sequencer, LATER, "closed@example.com");
    sequencer.enrollments().pause(paused, ACT);
    sequencer.enrollments().hold(held, ACT);
    sequencer.enrollments().cancel(ended, ACT);

    assertThat(sequencer.acceptHistory(START.minus(Duration.ofHours(1)))).isEqualTo(3);
    assertDoubtful(sequencer, due, EnrollmentStatus.HELD);
    assertDoubtful(sequencer, paused, EnrollmentStatus.PAUSED);
    assertDoubtful(sequencer, held, EnrollmentStatus.HELD);
    assertThat(view(sequencer, ended).status()).isEqualTo(EnrollmentStatus.ENDED);
    sequencer.advance(Duration.ofDays(3));
    assertThat(transport.accepted())
        .as("the second of the one that was sent, and the one whose window was closed")
        .hasSize(3);
    assertThat(view(sequencer, sent).status()).isEqualTo(EnrollmentStatus.ENDED);
    assertThat(view(sequencer, closed).status()).isEqualTo(EnrollmentStatus.ENDED);

    // Nobody lets it go on past the doubt by mistake.
    sequencer.enrollments().resume(paused, ACT);
    sequencer.advance(Duration.ofDays(3));
    assertThat(view(sequencer, paused).status()).isEqualTo(EnrollmentStatus.HELD);
    resolve(sequencer, paused, Resolution.SKIP);
    sequencer.advance(Duration.ofDays(3));
    assertThat(transport.accepted()).hasSize(4);
  }

  private static void assertDoubtful(
      TestSequencer sequencer, EnrollmentId id, EnrollmentStatus status) {
    assertThat(view(sequencer, id).status()).isEqualTo(status);
    assertThat(view(sequencer, id).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
  }
}
