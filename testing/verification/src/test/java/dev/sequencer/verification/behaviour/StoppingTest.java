package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.deliveries;
import static dev.sequencer.verification.behaviour.Scenes.kinds;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Ending;
import dev.sequencer.EnrollResult;
import dev.sequencer.HostEvent;
import dev.sequencer.Mailbox;
import dev.sequencer.Resolution;
import dev.sequencer.Send;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerEvent;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.Times;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads, replies, bounces, unsubscribes and suppressions. */
class StoppingTest {
  private static final Contact BO = Contact.of("bo@example.com").id("bo");

  @TempDir Path folder;

  private TestSequencer three(Stores kept) {
    return kept.engine(folder).sequence(steps("three", 3, Delay.days(1))).build();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("G1 a follow-up in thread names the mails before it and keeps the subject")
  void threads(Stores kept) {
    Sequence sequence =
        Sequence.named("thread")
            .email("mail-1", mail -> mail.subject("Your trial").text("1"))
            .waitFor(Delay.days(1))
            .email("mail-2", mail -> mail.text("2").inThread())
            .waitFor(Delay.days(1))
            .email("mail-3", mail -> mail.text("3").inThread())
            .build();
    try (TestSequencer sequencer = kept.engine(folder).sequence(sequence).build()) {
      sequencer.enroll("thread", BO);
      sequencer.advance(Duration.ofDays(3));

      List<OutgoingMail> mails = sequencer.transport().attempted();
      String first = mails.get(0).messageId();
      String second = mails.get(1).messageId();
      assertThat(mails.get(0).thread().inReplyTo()).isEmpty();
      assertThat(mails.get(1).thread().inReplyTo()).contains(first);
      assertThat(mails.get(1).thread().references()).containsExactly(first);
      assertThat(mails.get(2).thread().inReplyTo()).contains(second);
      assertThat(mails.get(2).thread().references()).containsExactly(first, second);
      assertThat(sequencer.mails())
          .extracting(SentMail::subject)
          .containsExactly("Your trial", "Re: Your trial", "Re: Your trial");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("G1 G4 a thread goes by the Message-ID that the provider made")
  void rewrittenIds(Stores kept) {
    Sequence sequence =
        Sequence.named("thread")
            .email("mail-1", mail -> mail.subject("Re: Your trial").text("1"))
            .waitFor(Delay.days(1))
            .email("mail-2", mail -> mail.text("2").inThread())
            .build();
    try (TestSequencer sequencer = kept.engine(folder).sequence(sequence).build()) {
      sequencer.transport().rewriteMessageIds();
      sequencer.enroll("thread", BO);
      sequencer.advance(Duration.ofDays(2));
      OutgoingMail second = sequencer.transport().attempted().get(1);
      assertThat(second.thread().references()).containsExactly("<fake-1@provider.example>");
      assertThat(sequencer.mails().get(1).subject()).isEqualTo("Re: Your trial");
      assertThat(sequencer.deliveries().findByMessageId("fake-1@provider.example"))
          .map(DeliveryView::step)
          .contains("mail-1");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("G12 whoever is suppressed when the mail would leave is skipped once, for good")
  void suppressedAtSendTime(Stores kept) {
    try (TestSequencer sequencer = three(kept)) {
      sequencer.enroll("three", BO);
      sequencer.runUntilIdle();
      sequencer.suppressions().suppress("example.com", ACT);
      sequencer.advance(Duration.ofDays(30));

      assertThat(sequencer.mails()).hasSize(1);
      assertThat(deliveries(sequencer))
          .extracting(DeliveryView::status)
          .containsExactly(DeliveryStatus.SENT, DeliveryStatus.SKIPPED);
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
      assertThat(sequencer.events(SequencerEvent.MailSkipped.class)).hasSize(1);
      assertThat(sequencer.advanceToNextWakeUp()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("H1 H14 unsubscribed after mail 1, without any open: stopped, nothing more comes")
  void unsubscribed(Stores kept) {
    try (TestSequencer sequencer = three(kept)) {
      sequencer.enroll("three", BO);
      sequencer.runUntilIdle();
      assertThat(sequencer.record(HostEvent.unsubscribed().contact("bo").id("u1"))).isEqualTo(1);
      assertThat(sequencer.record(HostEvent.unsubscribed().contact("bo").id("u1"))).isZero();
      sequencer.advance(Duration.ofDays(30));

      assertThat(sequencer.mails()).hasSize(1);
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
      assertThat(only(sequencer).state().reason()).contains("unsubscribed");
      assertThat(sequencer.suppressions().matching("bo@example.com")).hasSize(1);
      assertThat(sequencer.enroll("three", Contact.of("BO@example.com").id("other")))
          .isInstanceOf(EnrollResult.Suppressed.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("H2 unsubscribed between claim and begin: refused, and no quota is used")
  void unsubscribedBetweenClaimAndBegin(Stores kept) {
    FaultyStore store = FaultyStore.around(kept.create(folder));
    try (TestSequencer sequencer =
        TestSequencer.builder()
            .store(store)
            .mailbox(Mailbox.of("a@acme.example").via(TestSequencerBuilder.FAKE).perDay(5))
            .sequence(one("one"))
            .build()) {
      sequencer.enroll("one", BO);
      store.onCall(
          "begin",
          Times.nth(1),
          () -> sequencer.record(HostEvent.unsubscribed().contact("bo").id("u1")));
      sequencer.advance(Duration.ofDays(1));
      assertThat(store.calls("begin")).isEqualTo(1);
      assertThat(sequencer.transport().attempted()).isEmpty();
      assertThat(sequencer.mailboxes().find("a@acme.example").orElseThrow().usage().today())
          .isZero();
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 a reply, hard bounce, complaint or unsubscribe ends the run; an open does not")
  void endingEvents(Stores kept) {
    Map<String, Supplier<HostEvent>> ending =
        Map.of(
            "replied", HostEvent::replied,
            "bounced", HostEvent::bounced,
            "complained", HostEvent::complained,
            "unsubscribed", HostEvent::unsubscribed);
    ending.forEach(
        (name, event) -> {
          try (TestSequencer sequencer = three(kept)) {
            sequencer.enroll("three", BO);
            sequencer.runUntilIdle();
            DeliveryView first = deliveries(sequencer).get(0);
            sequencer.record(event.get().delivery(first.id()).id("e1"));
            sequencer.advance(Duration.ofDays(30));
            assertThat(sequencer.mails()).as(name).hasSize(1);
            assertThat(only(sequencer).state().ending()).as(name).contains(Ending.STOPPED);
          }
        });
    for (HostEvent event :
        List.of(
            HostEvent.opened(),
            HostEvent.clicked(),
            HostEvent.bouncedSoftly(),
            HostEvent.named("deal.won"))) {
      try (TestSequencer sequencer = three(kept)) {
        sequencer.enroll("three", BO);
        sequencer.runUntilIdle();
        assertThat(sequencer.record(event.contact("bo").id("e1"))).isEqualTo(1);
        assertThat(sequencer.record(event.contact("bo").id("e1"))).isZero();
        sequencer.advance(Duration.ofDays(30));
        assertThat(sequencer.mails()).as(event.name()).hasSize(3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K2 a reply while the mail is being sent stops what follows, the outcome is kept")
  void replyDuringASend(Stores kept) {
    try (TestSequencer sequencer = three(kept)) {
      sequencer
          .transport()
          .onNext(
              FakeAnswer.accept()
                  .afterwards(() -> sequencer.record(HostEvent.replied().contact("bo").id("r1"))));
      sequencer.enroll("three", BO);
      sequencer.advance(Duration.ofDays(30));
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(deliveries(sequencer).get(0).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K3 an event that names a mail in doubt proves that it was sent")
  void eventResolvesDoubt(Stores kept) {
    try (TestSequencer sequencer = three(kept)) {
      sequencer.transport().onNext(FakeAnswer.inDoubtButAccepted());
      sequencer.enroll("three", BO);
      sequencer.runUntilIdle();
      DeliveryView doubt = deliveries(sequencer).get(0);
      assertThat(doubt.status()).isEqualTo(DeliveryStatus.IN_DOUBT);
      sequencer.record(HostEvent.opened().messageId(doubt.messageId()).id("o1"));
      sequencer.advance(Duration.ofDays(30));
      assertThat(sequencer.mails()).hasSize(3);
      assertThat(deliveries(sequencer))
          .extracting(DeliveryView::status)
          .containsOnly(DeliveryStatus.SENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a hard bounce of the transport ends the run and suppresses the address for all")
  void hardBounce(Stores kept) {
    try (TestSequencer sequencer = three(kept)) {
      sequencer.transport().onNext(SendResult.refusedRecipient("550 5.1.1", "no such user"));
      sequencer.enroll("three", BO);
      sequencer.advance(Duration.ofDays(30));
      assertThat(sequencer.mails()).isEmpty();
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
      assertThat(deliveries(sequencer).get(0).status()).isEqualTo(DeliveryStatus.FAILED);
      assertThatThrownBy(
              () -> sequencer.send(Send.to(BO).mail(m -> m.subject("x").text("x").transactional())))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a marketing suppression lets transactional mail pass; one of everything does not")
  void transactionalPasses(Stores kept) {
    try (TestSequencer sequencer = three(kept)) {
      sequencer.suppressions().suppress("bo@example.com", ACT);
      sequencer.send(Send.to(BO).mail(m -> m.subject("Receipt").text("x").transactional()));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).extracting(SentMail::subject).containsExactly("Receipt");
      assertThatThrownBy(() -> sequencer.send(Send.to(BO).mail(m -> m.subject("Sale").text("x"))))
          .isInstanceOf(IllegalStateException.class);
      sequencer.suppressions().suppressEverything("example.com", ACT);
      assertThatThrownBy(
              () -> sequencer.send(Send.to(BO).mail(m -> m.subject("x").text("x").transactional())))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a suppression for one sequence leaves the others alone; unsuppress opens it again")
  void suppressedForOneSequence(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(one("news")).sequence(one("tips")).build()) {
      sequencer.suppressions().suppressFor("news", "bo@example.com", ACT);
      assertThat(sequencer.enroll("news", BO)).isInstanceOf(EnrollResult.Suppressed.class);
      assertThat(sequencer.enroll("tips", BO)).isInstanceOf(EnrollResult.Enrolled.class);
      assertThat(sequencer.suppressions().unsuppress("BO@example.com", ACT).done()).isTrue();
      assertThat(sequencer.enroll("news", BO)).isInstanceOf(EnrollResult.Enrolled.class);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("somebody decides a mail in doubt: sent, skipped, failed or sent again")
  void fourResolutions(Stores kept) {
    for (Resolution resolution : Resolution.values()) {
      try (TestSequencer sequencer = three(kept)) {
        sequencer.transport().onNext(FakeAnswer.inDoubt());
        sequencer.enroll("three", BO);
        sequencer.advance(Duration.ofHours(1));
        DeliveryView doubt = deliveries(sequencer).get(0);
        assertThat(sequencer.deliveries().resolve(doubt.id(), resolution, ACT).done())
            .as("%s", resolution)
            .isTrue();
        sequencer.advance(Duration.ofDays(30));

        DeliveryView decided = deliveries(sequencer).get(0);
        DeliveryStatus status =
            switch (resolution) {
              case WAS_SENT, RESEND -> DeliveryStatus.SENT;
              case SKIP -> DeliveryStatus.SKIPPED;
              case FAIL -> DeliveryStatus.FAILED;
            };
        assertThat(decided.status()).as("%s", resolution).isEqualTo(status);
        assertThat(only(sequencer).state().ending())
            .as("%s", resolution)
            .contains(resolution == Resolution.FAIL ? Ending.FAILED : Ending.COMPLETED);
        int mails =
            switch (resolution) {
              case WAS_SENT, SKIP -> 2;
              case RESEND -> 3;
              case FAIL -> 0;
            };
        assertThat(sequencer.mails()).as("%s", resolution).hasSize(mails);
        if (resolution == Resolution.RESEND) {
          assertThat(decided.messageId()).isEqualTo(doubt.messageId());
        }
        assertThat(kinds(sequencer, doubt.id().enrollment()))
            .anyMatch(kind -> kind.startsWith("resolved-"));
        assertThat(sequencer.deliveries().resolve(doubt.id(), resolution, ACT).done()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S6 after WAS_SENT the next delay counts from the begin of the attempt")
  void delayAfterWasSent(Stores kept) {
    try (TestSequencer sequencer = three(kept)) {
      sequencer.transport().onNext(FakeAnswer.inDoubt());
      sequencer.enroll("three", BO);
      sequencer.advance(Duration.ofHours(5));
      sequencer.deliveries().resolve(deliveries(sequencer).get(0).id(), Resolution.WAS_SENT, ACT);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails().get(0).leftAt()).isEqualTo("2026-06-02T08:00:00Z");
    }
  }
}
