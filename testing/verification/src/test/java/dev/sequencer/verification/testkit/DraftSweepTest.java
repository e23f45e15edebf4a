package dev.sequencer.verification.testkit;

import static dev.sequencer.tck.faults.Times.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Act;
import dev.sequencer.Contact;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Resolution;
import dev.sequencer.Sequence;
import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.spi.Found;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.StagedFakeTransport;
import dev.sequencer.testkit.StagedFakeTransport.StagedMail;
import dev.sequencer.testkit.TestSequencer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** K18: drafts that a crash left behind go, and no others. */
class DraftSweepTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Sequence ONE =
      Sequence.named("one").email("first", mail -> mail.template("first")).build();

  private final StagedFakeTransport transport = StagedFakeTransport.create();
  private final FaultyStore store = FaultyStore.around(InMemoryStore.create());
  private final TestSequencer sequencer =
      TestSequencer.builder().transport(transport).store(store).sequence(ONE).build();

  @AfterEach
  void close() {
    sequencer.close();
  }

  private EnrollmentId enroll(String address) {
    return sequencer.enroll("one", Contact.of(address)).enrollment().orElseThrow();
  }

  /** Leaves a draft behind that nobody knows. */
  private void crashBetweenStageAndBegin(String address) {
    store.crashBefore("begin", times(1));
    enroll(address);
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
    sequencer.crash();
  }

  /** Moves the time and lets a new process look at every mailbox at once. */
  private void lookAfter(Duration time) {
    sequencer.clock().advance(time);
    sequencer.restart();
    sequencer.runUntilIdle();
  }

  private List<String> drafts() {
    return transport.drafts().stream().map(StagedMail::reference).toList();
  }

  @Test
  @DisplayName("K18 a draft that nobody knows is discarded when it is older than an hour")
  void anOldDraftGoes() {
    crashBetweenStageAndBegin("bo@example.com");
    lookAfter(HOUR);
    assertThat(drafts()).containsExactly("draft-1");
    lookAfter(MILLI);
    assertThat(drafts()).isEmpty();
    assertThat(sequencer.mails()).hasSize(1);
  }

  @Test
  @DisplayName("K18 the drafts of a mailbox are looked at once an hour")
  void aMailboxIsLookedAtOnceAnHour() {
    sequencer.runUntilIdle();
    assertThat(transport.listed()).isEqualTo(1);
    sequencer.advance(HOUR.minus(MILLI));
    assertThat(transport.listed()).isEqualTo(1);
    sequencer.advance(MILLI);
    assertThat(transport.listed()).isEqualTo(2);
  }

  @Test
  @DisplayName("K18 the draft of a mail that is put off stays, however old it is")
  void aDraftThatIsNeededStays() {
    transport.sends().onNext(SendResult.deferred("429", "later"));
    EnrollmentId enrollment = enroll("bo@example.com");
    sequencer.runUntilIdle();
    sequencer.enrollments().pause(enrollment, Act.because("the contact called"));
    sequencer.advance(Duration.ofDays(1));
    assertThat(drafts()).containsExactly("draft-1");

    sequencer.enrollments().resume(enrollment, Act.because("the contact agreed"));
    sequencer.advance(Duration.ofDays(1));
    assertThat(sequencer.mails()).hasSize(1);
    assertThat(transport.staged()).hasSize(1);
    assertThat(drafts()).isEmpty();
  }

  @Test
  @DisplayName("K18 the draft of a mail that was put off goes when its enrollment was ended")
  void aDraftOfWhatWasEndedGoes() {
    transport.sends().onNext(SendResult.deferred("429", "later"));
    EnrollmentId enrollment = enroll("bo@example.com");
    sequencer.runUntilIdle();
    sequencer.enrollments().cancel(enrollment, Act.because("the contact called"));
    assertThat(drafts()).containsExactly("draft-1");

    sequencer.advance(Duration.ofHours(3));
    assertThat(drafts()).isEmpty();
    assertThat(sequencer.mails()).isEmpty();
  }

  @Test
  @DisplayName("K18 the draft of a mail in doubt stays and is sent when it is sent again")
  void aDraftInDoubtStays() {
    transport.sends().onNext(FakeAnswer.inDoubt()).onFind(Found.CANNOT_TELL, Found.CANNOT_TELL);
    enroll("bo@example.com");
    sequencer.advance(Duration.ofDays(1));
    assertThat(drafts()).containsExactly("draft-1");

    sequencer
        .deliveries()
        .find(DeliveryQuery.inDoubt())
        .items()
        .forEach(
            doubt ->
                sequencer
                    .deliveries()
                    .resolve(doubt.id(), Resolution.RESEND, Act.because("looked")));
    sequencer.advance(Duration.ofDays(1));
    assertThat(sequencer.mails()).hasSize(1);
    assertThat(transport.staged()).hasSize(1);
  }

  @Test
  @DisplayName("K18 a draft with a key of somebody else stays")
  void aDraftOfSomebodyElseStays() throws InterruptedException {
    enroll("bo@example.com");
    sequencer.runUntilIdle();
    transport.stage(withKey(transport.staged().get(0), "somebody-else"));
    lookAfter(Duration.ofDays(1));
    assertThat(drafts()).containsExactly("draft-2");
  }

  private static OutgoingMail withKey(OutgoingMail mail, String key) {
    return new OutgoingMail(
        new SendKey(key, mail.messageId(), mail.key().begunAt()),
        mail.sender(),
        mail.date(),
        mail.to(),
        mail.addresses(),
        mail.content(),
        mail.thread(),
        Optional.empty());
  }

  @Test
  @DisplayName("K18 a draft that cannot be discarded hides no other, and is told once")
  void aFailureHidesNothing() {
    crashBetweenStageAndBegin("bo@example.com");
    crashBetweenStageAndBegin("al@example.com");
    assertThat(transport.drafts()).hasSizeGreaterThanOrEqualTo(2);
    String log =
        logOf(
            () -> {
              transport.onDiscardThrow(new IllegalStateException("cut off"));
              lookAfter(HOUR.plus(MILLI));
              assertThat(drafts()).hasSize(1);
              for (int i = 0; i < 3; i++) {
                transport.onDiscardThrow(new IllegalStateException("cut off"));
                sequencer.advance(HOUR);
              }
              assertThat(drafts()).hasSize(1);
              sequencer.advance(HOUR);
            });
    assertThat(drafts()).isEmpty();
    assertThat(log)
        .containsOnlyOnce("could not be discarded")
        .containsOnlyOnce("can be discarded again");
  }

  @Test
  @DisplayName("K18 a listing that fails is tried again at the next turn")
  void aListingThatFailsIsTriedAgain() {
    crashBetweenStageAndBegin("bo@example.com");
    transport.beforeListing(
        () -> {
          throw new IllegalStateException("cut off");
        });
    lookAfter(HOUR.plus(MILLI));
    assertThat(drafts()).hasSize(1);
    sequencer.advance(HOUR);
    assertThat(drafts()).isEmpty();
  }

  private static String logOf(Runnable code) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      code.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
