package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.enrollments;
import static dev.sequencer.verification.behaviour.Scenes.left;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.Ending;
import dev.sequencer.EnrollRequest;
import dev.sequencer.EnrollResult;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.HostEvent;
import dev.sequencer.Mailbox;
import dev.sequencer.Page;
import dev.sequencer.Send;
import dev.sequencer.Sequence;
import dev.sequencer.spi.SendResult;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contacts that share an address, that change while mail waits, and how they are found. */
class ContactsTest {
  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
  private static final Contact ONE = Contact.of("family@example.com").id("one");
  private static final Contact TWO = Contact.of("Family@example.com").id("two");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = HostEvent.Kind.class,
      names = {"UNSUBSCRIBED", "COMPLAINED", "BOUNCED_HARD"})
  @DisplayName(
      "H1 whoever shares an address is stopped with it, also when the event names a contact")
  void sharedAddress(HostEvent.Kind kind) {
    for (Stores kept : Stores.values()) {
      try (TestSequencer sequencer =
          kept.engine(folder).sequence(steps("two", 2, Delay.days(1))).build()) {
        sequencer.enroll("two", ONE);
        sequencer.enroll("two", TWO);
        sequencer.runUntilIdle();
        HostEvent event =
            switch (kind) {
              case UNSUBSCRIBED -> HostEvent.unsubscribed();
              case COMPLAINED -> HostEvent.complained();
              default -> HostEvent.bounced();
            };
        assertThat(sequencer.record(event.id("e-1").contact("one"))).as(kept.name()).isEqualTo(2);
        assertThat(enrollments(sequencer))
            .as(kept.name())
            .extracting(view -> view.state().ending())
            .containsExactly(Optional.of(Ending.STOPPED), Optional.of(Ending.STOPPED));
        sequencer.advance(Duration.ofDays(2));
        assertThat(sequencer.mails()).hasSize(2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a reply of one contact leaves another with the same address alone")
  void replyOfOne(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.days(1))).build()) {
      sequencer.enroll("two", ONE);
      sequencer.enroll("two", TWO);
      sequencer.runUntilIdle();
      assertThat(sequencer.record(HostEvent.replied().id("e-1").contact("one"))).isEqualTo(1);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a query for an address and an id lists what fits both")
  void queryForBoth(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      sequencer.enroll("one", ONE);
      sequencer.enroll("one", TWO);
      EnrollmentQuery both = EnrollmentQuery.all().email("family@example.com").contactId("two");
      assertThat(sequencer.enrollments().find(both).items())
          .extracting(view -> view.contact().id())
          .containsExactly(Optional.of("two"));
      assertThat(sequencer.enrollments().find(both.email("else@example.com")).items()).isEmpty();
      assertThat(
              sequencer
                  .enrollments()
                  .find(EnrollmentQuery.all().email("family@example.com"))
                  .items())
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("pages of two hold every enrollment of an address once, by id")
  void pages(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      for (int i = 0; i < 3; i++) {
        sequencer.enroll(EnrollRequest.of("one", ONE).runKey("run-" + i));
        sequencer.enroll(EnrollRequest.of("one", TWO).runKey("run-" + i));
      }
      List<Long> seen = new ArrayList<>();
      EnrollmentQuery query = EnrollmentQuery.all().email("family@example.com").limit(2);
      Page<EnrollmentView> page = sequencer.enrollments().find(query);
      page.items().forEach(view -> seen.add(view.id().value()));
      while (page.next().isPresent()) {
        page = sequencer.enrollments().find(query.after(page.next().get()));
        page.items().forEach(view -> seen.add(view.id().value()));
      }
      assertThat(seen).hasSize(6).doesNotHaveDuplicates().isSorted();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S16 a contact that is saved again and again does not put off a retry")
  void savedWhileDeferred(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      sequencer
          .transport()
          .onNext(SendResult.deferred("451", "later"), SendResult.deferred("451", "later"));
      sequencer.enroll("one", ONE);
      sequencer.runUntilIdle();
      for (int minute = 1; minute <= 40; minute++) {
        sequencer.advance(Duration.ofMinutes(1));
        sequencer.contacts().save(ONE.attribute("minute", minute));
      }
      sequencer.runUntilIdle();
      assertThat(left(sequencer.transport())).containsExactly(START.plus(Duration.ofMinutes(20)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a contact that is saved does not bring a retry forward either")
  void savedOnceWhileDeferred(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      sequencer.transport().onNext(SendResult.deferred("451", "later"));
      sequencer.enroll("one", ONE);
      sequencer.runUntilIdle();
      sequencer.advance(Duration.ofMinutes(2));
      sequencer.contacts().save(ONE.attribute("a", 1));
      sequencer.advance(Duration.ofHours(1));
      assertThat(left(sequencer.transport())).containsExactly(START.plus(Duration.ofMinutes(5)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a contact that is saved keeps a mail that was put due by hand due")
  void savedAfterRunNow(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.days(30))).build()) {
      sequencer.enroll("two", ONE);
      sequencer.runUntilIdle();
      sequencer.enrollments().runNow(only(sequencer).id(), ACT);
      sequencer.contacts().save(ONE.zone("Asia/Tokyo"));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S20 a contact that is saved while its mail is in flight or in doubt loses nothing")
  void savedWhileInFlight(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.days(1))).build()) {
      sequencer
          .transport()
          .onNext(
              FakeAnswer.accept().first(() -> sequencer.contacts().save(ONE.attribute("a", 1))),
              FakeAnswer.inDoubt().first(() -> sequencer.contacts().save(ONE.attribute("a", 2))));
      sequencer.enroll("two", ONE);
      sequencer.advance(Duration.ofDays(1));
      assertThat(only(sequencer).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.HELD);
      sequencer.contacts().save(ONE.attribute("a", 3));
      sequencer.advance(Duration.ofDays(1));
      assertThat(only(sequencer).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a new address is mailed from the next step on, a suppressed one is not")
  void newAddress(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("three", 3, Delay.days(1))).build()) {
      sequencer.enroll("three", ONE);
      sequencer.runUntilIdle();
      sequencer.suppressions().suppress("gone@example.com", ACT);
      sequencer.contacts().save(Contact.of("new@example.com").id("one"));
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mailsTo("new@example.com")).hasSize(1);
      sequencer.contacts().save(Contact.of("gone@example.com").id("one"));
      sequencer.advance(Duration.ofDays(3));
      assertThat(sequencer.mails()).hasSize(2);
      assertThat(only(sequencer).state().ending()).contains(Ending.STOPPED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a mailbox that another node saved can be named at once")
  void mailboxOfAnotherNode(Stores kept) {
    Sequence any = one("one");
    try (TestSequencer first = kept.engine(folder).sequence(any).build();
        TestSequencer second = Scenes.beside(first, any)) {
      first.runUntilIdle();
      second.runUntilIdle();
      second.mailboxes().save(Mailbox.of("late@example.com").via(TestSequencerBuilder.FAKE));
      first.send(
          Send.to(ONE).mail(mail -> mail.subject("Hi").text("Hi")).mailbox("late@example.com"));
      assertThat(first.enroll(EnrollRequest.of("one", ONE).mailbox("late@example.com")))
          .isInstanceOf(EnrollResult.Enrolled.class);
      first.runUntilIdle();
      assertThat(first.mails())
          .extracting(SentMail::mailbox)
          .containsExactly("late@example.com", "late@example.com");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("task 4: the second call with a key gives the first, also when suppressed since")
  void sameKeyAfterSuppression(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      Send send = Send.to(ONE).mail(mail -> mail.subject("Hi").text("Hi")).key("k-1");
      var first = sequencer.send(send);
      sequencer.runUntilIdle();
      sequencer.suppressions().suppress("family@example.com", ACT);
      assertThat(sequencer.send(send)).isEqualTo(first);
      assertThatThrownBy(() -> sequencer.send(send.key("k-2")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("suppressed")
          .hasMessageNotContaining("family@");
    }
  }
}
