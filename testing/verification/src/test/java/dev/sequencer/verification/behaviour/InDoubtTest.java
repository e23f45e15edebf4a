package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.deliveries;
import static dev.sequencer.verification.behaviour.Scenes.kinds;
import static dev.sequencer.verification.behaviour.Scenes.left;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryId;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.HistoryEntry;
import dev.sequencer.HostEvent;
import dev.sequencer.InDoubt;
import dev.sequencer.Mailbox;
import dev.sequencer.OnFailure;
import dev.sequencer.Resolution;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerEvent.EnrollmentEnded;
import dev.sequencer.SequencerEvent.EnrollmentHeld;
import dev.sequencer.SequencerEvent.MailInDoubt;
import dev.sequencer.spi.Found;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Receipt;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport.Lookup;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mails whose outcome nobody knows: the policies, what proves an outcome, and who decides. */
class InDoubtTest {
  private static final Contact BO = Contact.of("bo@example.com").id("bo");
  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;

  private static Sequence.Builder two() {
    return Sequence.named("two")
        .email("first", mail -> mail.template("first"))
        .waitFor(Delay.days(1))
        .email("second", mail -> mail.template("second"));
  }

  /** The first mail of the only enrollment is in doubt since 08:00; it is 10:00. */
  private TestSequencer doubtful(Stores kept, Sequence sequence, FakeAnswer answer) {
    TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(
                Mailbox.of(TestSequencerBuilder.DEFAULT_MAILBOX)
                    .via(TestSequencerBuilder.FAKE)
                    .perDay(50))
            .sequence(sequence)
            .build();
    sequencer.transport().onNext(answer);
    sequencer.enroll("two", BO);
    sequencer.runUntilIdle();
    sequencer.advance(Duration.ofHours(2));
    return sequencer;
  }

  private TestSequencer doubtful(Stores kept) {
    return doubtful(kept, two().build(), FakeAnswer.inDoubt());
  }

  private static DeliveryView first(TestSequencer sequencer) {
    return deliveries(sequencer).get(0);
  }

  private static int usedToday(TestSequencer sequencer) {
    return sequencer
        .mailboxes()
        .find(TestSequencerBuilder.DEFAULT_MAILBOX)
        .orElseThrow()
        .usage()
        .today();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("HOLD is the default: the run is held, told once, listed, and counts as sent")
  void holdIsTheDefault(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      sequencer.advance(Duration.ofDays(30));
      assertThat(sequencer.transport().attempted()).hasSize(1);
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.HELD);
      assertThat(only(sequencer).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
      assertThat(sequencer.events(MailInDoubt.class))
          .extracting(MailInDoubt::policy)
          .containsExactly(InDoubt.HOLD);
      assertThat(sequencer.events(EnrollmentHeld.class)).hasSize(1);
      assertThat(sequencer.deliveries().find(DeliveryQuery.inDoubt()).items())
          .containsExactly(first(sequencer));
      assertThat(sequencer.sequences().counts("two").enrollments()).containsEntry("in doubt", 1L);
      assertThat(sequencer.health().stuck()).containsExactly(only(sequencer).id());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("task 12: doubts are listed by their age")
  void listedByAge(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      DeliveryQuery query = DeliveryQuery.inDoubt();
      assertThat(sequencer.deliveries().find(query.olderThan(Duration.ofHours(1))).items())
          .hasSize(1);
      assertThat(sequencer.deliveries().find(query.olderThan(Duration.ofHours(3))).items())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the policy of the engine holds where a sequence has none, that of a sequence wins")
  void policyOfTheEngine(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .engine(engine -> engine.inDoubt(InDoubt.ASSUME_SENT))
            .sequence(two().build())
            .sequence(
                Sequence.named("careful")
                    .inDoubt(InDoubt.HOLD)
                    .email("mail", mail -> mail.template("m"))
                    .build())
            .build()) {
      sequencer.transport().always(FakeAnswer.inDoubt());
      sequencer.enroll("two", BO);
      sequencer.enroll("careful", BO);
      sequencer.advance(Duration.ofHours(1));
      assertThat(sequencer.sequences().counts("two").enrollments()).containsEntry("active", 1L);
      assertThat(sequencer.sequences().counts("careful").enrollments())
          .containsEntry("in doubt", 1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("with ASSUME_SENT the run goes on a day after the begin, and the doubt was told")
  void assumeSent(Stores kept) {
    Sequence sequence = two().inDoubt(InDoubt.ASSUME_SENT).build();
    try (TestSequencer sequencer = doubtful(kept, sequence, FakeAnswer.inDoubt())) {
      sequencer.advance(Duration.ofDays(2));
      assertThat(left(sequencer.transport())).containsExactly(START.plus(DAY));
      assertThat(deliveries(sequencer))
          .extracting(DeliveryView::status)
          .containsExactly(DeliveryStatus.SENT, DeliveryStatus.SENT);
      assertThat(sequencer.events(MailInDoubt.class)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("with RESEND each doubt leads to one more attempt under the same Message-ID")
  void resend(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(two().inDoubt(InDoubt.RESEND).build()).build()) {
      sequencer.transport().onNext(FakeAnswer.inDoubt(), FakeAnswer.inDoubtButAccepted());
      sequencer.enroll("two", BO);
      sequencer.advance(Duration.ofHours(12));
      assertThat(sequencer.transport().attempted()).hasSize(3);
      assertThat(sequencer.transport().attempted())
          .extracting(OutgoingMail::messageId)
          .containsOnly(first(sequencer).messageId());
      assertThat(sequencer.events(MailInDoubt.class)).hasSize(2);
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(first(sequencer).attempt()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a transport that can tell decides a doubt at once: sent with its receipt")
  void foundSent(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(two().build()).build()) {
      sequencer.transport().lookup(Lookup.TRUTH).onNext(FakeAnswer.inDoubtButAccepted());
      sequencer.enroll("two", BO);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.transport().attempted()).hasSize(2);
      assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(first(sequencer).ids().provider()).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a transport that knows that nothing was sent lets it be sent again, as no try")
  void foundNotSent(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(two().build()).build()) {
      sequencer.transport().onFind(Found.NOT_SENT).onNext(FakeAnswer.inDoubt());
      sequencer.enroll("two", BO);
      sequencer.advance(Duration.ofHours(1));
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.SENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a look-up that fails is not \"not found\": the mail stays in doubt")
  void failedLookUp(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(two().build()).build()) {
      sequencer
          .transport()
          .onFindThrow(new IllegalStateException("away"))
          .onNext(FakeAnswer.inDoubtButAccepted());
      sequencer.enroll("two", BO);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.transport().attempted()).hasSize(1);
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.IN_DOUBT);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a transport that throws after the hand-over is in doubt, before it is not")
  void throwingTransport(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(two().build()).build()) {
      sequencer
          .transport()
          .onNext(
              FakeAnswer.throwing(new IllegalStateException("early")),
              FakeAnswer.acceptThenThrow(new IllegalStateException("late")));
      sequencer.enroll("two", BO);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.transport().attempted()).hasSize(2);
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.IN_DOUBT);
      assertThat(kinds(sequencer, only(sequencer).id())).contains("not-handed-over", "in-doubt");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S6 WAS_SENT goes on, the next delay counting from the begin, and keeps its quota")
  void resolvedAsSent(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      ActResult result =
          sequencer.deliveries().resolve(first(sequencer).id(), Resolution.WAS_SENT, ACT);
      assertThat(result.outcome()).isEqualTo(Outcome.DONE);
      sequencer.runUntilIdle();
      assertThat(usedToday(sequencer)).isEqualTo(1);
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.ACTIVE);
      sequencer.advance(Duration.ofDays(2));

      assertThat(left(sequencer.transport())).containsExactly(START.plus(DAY));
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(first(sequencer).reason()).contains("by hand", "because");
      HistoryEntry entry =
          sequencer.enrollments().history(only(sequencer).id()).stream()
              .filter(line -> line.kind().equals("resolved-sent"))
              .findFirst()
              .orElseThrow();
      assertThat(entry.detail()).containsEntry("who", "ada").containsEntry("why", "because");
      assertThat(entry.step()).contains("first");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S6 SKIP goes on, the next delay counting from the decision, and credits the quota")
  void resolvedAsSkipped(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      sequencer.deliveries().resolve(first(sequencer).id(), Resolution.SKIP, ACT);
      sequencer.runUntilIdle();
      assertThat(usedToday(sequencer)).isZero();
      sequencer.advance(Duration.ofDays(2));
      assertThat(left(sequencer.transport()))
          .containsExactly(START.plus(DAY).plus(Duration.ofHours(2)));
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.SKIPPED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("RESEND sends it once more under the same Message-ID, and takes the quota again")
  void resolvedAsToBeSentAgain(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      String messageId = first(sequencer).messageId();
      sequencer.deliveries().resolve(first(sequencer).id(), Resolution.RESEND, ACT);
      sequencer.advance(Duration.ofDays(2));

      assertThat(sequencer.mails()).hasSize(2);
      assertThat(sequencer.mails().get(0).messageId()).isEqualTo(messageId);
      assertThat(left(sequencer.transport()))
          .containsExactly(
              START.plus(Duration.ofHours(2)), START.plus(DAY).plus(Duration.ofHours(2)));
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(only(sequencer).state().ending()).contains(Ending.COMPLETED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a resend that is in doubt again is held again, and can be resolved again")
  void resendInDoubtAgain(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      sequencer.transport().onNext(FakeAnswer.inDoubt());
      sequencer.deliveries().resolve(first(sequencer).id(), Resolution.RESEND, ACT);
      sequencer.advance(Duration.ofHours(1));
      assertThat(only(sequencer).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
      assertThat(first(sequencer).attempt()).isEqualTo(2);
      assertThat(
              sequencer
                  .deliveries()
                  .resolve(first(sequencer).id(), Resolution.WAS_SENT, ACT)
                  .done())
          .isTrue();
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(only(sequencer).state().ending()).contains(Ending.COMPLETED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FAIL ends the run as failed; a retry sends that step")
  void resolvedAsFailed(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      sequencer.deliveries().resolve(first(sequencer).id(), Resolution.FAIL, ACT);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).isEmpty();
      assertThat(only(sequencer).state().ending()).contains(Ending.FAILED);
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.FAILED);
      assertThat(sequencer.events(EnrollmentEnded.class))
          .extracting(EnrollmentEnded::ending)
          .containsExactly(Ending.FAILED);

      assertThat(sequencer.enrollments().retry(only(sequencer).id(), ACT).done()).isTrue();
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).extracting(m -> m.step()).containsExactly("first", "second");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S6 FAIL with CONTINUE goes on, the next delay counting from the decision")
  void resolvedAsFailedAndContinued(Stores kept) {
    Sequence sequence = two().onFailure(OnFailure.CONTINUE).build();
    try (TestSequencer sequencer = doubtful(kept, sequence, FakeAnswer.inDoubt())) {
      sequencer.deliveries().resolve(first(sequencer).id(), Resolution.FAIL, ACT);
      sequencer.advance(Duration.ofDays(2));
      assertThat(left(sequencer.transport()))
          .containsExactly(START.plus(DAY).plus(Duration.ofHours(2)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("what is not in doubt, being sent or unknown cannot be resolved; nor twice")
  void refusedResolutions(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      DeliveryId id = first(sequencer).id();
      assertThat(
              sequencer
                  .deliveries()
                  .resolve(DeliveryId.of(4711, 1), Resolution.SKIP, ACT)
                  .outcome())
          .isEqualTo(Outcome.NOT_FOUND);
      assertThat(
              sequencer
                  .deliveries()
                  .resolve(
                      DeliveryId.of(only(sequencer).id().value(), id.step() + 2),
                      Resolution.SKIP,
                      ACT)
                  .outcome())
          .isEqualTo(Outcome.REFUSED);
      assertThat(sequencer.deliveries().resolve(id, Resolution.WAS_SENT, ACT).done()).isTrue();
      assertThat(sequencer.deliveries().resolve(id, Resolution.RESEND, ACT).outcome())
          .isEqualTo(Outcome.REFUSED);

      sequencer
          .transport()
          .onNext(
              FakeAnswer.accept()
                  .first(
                      () ->
                          assertThat(
                                  sequencer
                                      .deliveries()
                                      .resolve(
                                          DeliveryId.of(only(sequencer).id().value(), 3),
                                          Resolution.SKIP,
                                          ACT)
                                      .outcome())
                              .isEqualTo(Outcome.REFUSED)));
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an open that names the mail proves that it was sent: the run goes on")
  void provedByAnOpen(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      assertThat(sequencer.record(HostEvent.opened().id("o-1").delivery(first(sequencer).id())))
          .isEqualTo(1);
      sequencer.advance(Duration.ofDays(2));
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(left(sequencer.transport())).containsExactly(START.plus(DAY));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a reply that names the mail by its Message-ID proves it and ends the run")
  void provedByAReply(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      sequencer.record(HostEvent.replied().id("r-1").messageId(first(sequencer).messageId()));
      sequencer.advance(Duration.ofDays(2));
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
      assertThat(sequencer.mails()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a hard bounce that names the mail proves it, ends the run and suppresses")
  void provedByABounce(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      sequencer.record(HostEvent.bounced().id("b-1").delivery(first(sequencer).id()));
      sequencer.advance(Duration.ofDays(2));
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
      assertThat(sequencer.suppressions().matching("bo@example.com")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a reply that names no mail ends the run and leaves the mail in doubt, to resolve")
  void replyWithoutAName(Stores kept) {
    try (TestSequencer sequencer = doubtful(kept)) {
      sequencer.record(HostEvent.replied().id("r-1").contact("bo"));
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.IN_DOUBT);

      assertThat(
              sequencer
                  .deliveries()
                  .resolve(first(sequencer).id(), Resolution.RESEND, ACT)
                  .outcome())
          .isEqualTo(Outcome.REFUSED);
      assertThat(
              sequencer
                  .deliveries()
                  .resolve(first(sequencer).id(), Resolution.WAS_SENT, ACT)
                  .done())
          .isTrue();
      sequencer.advance(Duration.ofDays(2));
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
      assertThat(sequencer.mails()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 a run that was paused while its mail became doubtful stays paused when resolved")
  void resolvedWhilePaused(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(two().build()).build()) {
      sequencer
          .transport()
          .onNext(
              FakeAnswer.inDoubt()
                  .afterwards(
                      () ->
                          assertThat(
                                  sequencer.enrollments().pause(only(sequencer).id(), ACT).done())
                              .isTrue()));
      sequencer.enroll("two", BO);
      sequencer.advance(Duration.ofHours(2));
      assertThat(first(sequencer).status()).isEqualTo(DeliveryStatus.IN_DOUBT);
      sequencer.deliveries().resolve(first(sequencer).id(), Resolution.WAS_SENT, ACT);
      sequencer.advance(Duration.ofDays(2));
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.PAUSED);
      assertThat(sequencer.mails()).isEmpty();
      sequencer.enrollments().resume(only(sequencer).id(), ACT);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 such a run that is resumed before it is resolved is held for the decision")
  void resumedWhileInDoubt(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(two().build()).build()) {
      sequencer
          .transport()
          .onNext(
              FakeAnswer.inDoubt()
                  .afterwards(() -> sequencer.enrollments().pause(only(sequencer).id(), ACT)));
      sequencer.enroll("two", BO);
      sequencer.runUntilIdle();
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.PAUSED);
      assertThat(only(sequencer).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);

      assertThat(sequencer.enrollments().resume(only(sequencer).id(), ACT).done()).isTrue();
      sequencer.advance(Duration.ofDays(2));
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.HELD);
      assertThat(sequencer.health().stuck()).containsExactly(only(sequencer).id());
      assertThat(sequencer.mails()).isEmpty();

      sequencer.deliveries().resolve(first(sequencer).id(), Resolution.SKIP, ACT);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the thread of a mail that was found is kept with what the provider made of it")
  void actualMessageId(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(two().build()).build()) {
      Receipt receipt =
          new Receipt(
              Optional.of("<rewritten@provider.example>"),
              Optional.of("p-1"),
              Optional.of("t-1"),
              "");
      sequencer.transport().onFind(Found.sent(receipt)).onNext(FakeAnswer.inDoubtButAccepted());
      sequencer.enroll("two", BO);
      sequencer.advance(Duration.ofHours(1));
      DeliveryView delivery = first(sequencer);
      assertThat(delivery.ids().actual()).contains("<rewritten@provider.example>");
      for (String id :
          List.of(
              "rewritten@provider.example", "<rewritten@PROVIDER.example>", delivery.messageId())) {
        assertThat(sequencer.deliveries().findByMessageId(id)).as(id).contains(delivery);
      }
    }
  }
}
