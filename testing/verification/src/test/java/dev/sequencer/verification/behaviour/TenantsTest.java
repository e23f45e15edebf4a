package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.deliveries;
import static dev.sequencer.verification.behaviour.Scenes.enrollments;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.ActResult.Outcome;
import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryId;
import dev.sequencer.EnrollResult;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.HostEvent;
import dev.sequencer.Mailbox;
import dev.sequencer.Resolution;
import dev.sequencer.Send;
import dev.sequencer.SequencerOperations;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tenants: the same names, addresses, ids and keys in each, and none sees another's. */
class TenantsTest {
  private static final Contact BO = Contact.of("bo@example.com").id("bo");

  @TempDir Path folder;

  private static SequencerOperations ready(TestSequencer sequencer, String name) {
    SequencerOperations tenant = sequencer.tenant(name);
    tenant.mailboxes().save(Mailbox.of("news@example.com").via(TestSequencerBuilder.FAKE));
    tenant.publish(steps("two", 2, Delay.days(1)));
    return tenant;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an act, look-up or decision with an id of another tenant finds nothing")
  void foreignIds(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      SequencerOperations acme = ready(sequencer, "acme");
      SequencerOperations globex = ready(sequencer, "globex");
      sequencer.transport().onNext(FakeAnswer.inDoubt());
      acme.enroll("two", BO);
      sequencer.runUntilIdle();
      EnrollmentId id = only(acme).id();
      DeliveryId doubt = deliveries(acme).get(0).id();
      String messageId = deliveries(acme).get(0).messageId();

      assertThat(globex.enrollments().find(id)).isEmpty();
      assertThat(globex.enrollments().history(id)).isEmpty();
      assertThat(globex.deliveries().find(doubt)).isEmpty();
      assertThat(globex.deliveries().findByMessageId(messageId)).isEmpty();
      assertThat(enrollments(globex)).isEmpty();
      assertThat(deliveries(globex)).isEmpty();
      assertThat(globex.enrollments().cancel(id, ACT).outcome()).isEqualTo(Outcome.NOT_FOUND);
      assertThat(globex.enrollments().move(id, "mail-2", ACT).outcome())
          .isEqualTo(Outcome.NOT_FOUND);
      assertThat(globex.deliveries().resolve(doubt, Resolution.SKIP, ACT).outcome())
          .isEqualTo(Outcome.NOT_FOUND);
      assertThat(globex.deliveries().cancel(doubt, ACT).outcome()).isEqualTo(Outcome.NOT_FOUND);
      assertThat(globex.record(HostEvent.replied().id("r").messageId(messageId))).isZero();
      assertThat(globex.record(HostEvent.replied().id("s").delivery(doubt))).isZero();
      assertThat(only(acme).status()).isEqualTo(EnrollmentStatus.HELD);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a provider's Message-ID of another tenant finds nothing either")
  void foreignActualIds(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      SequencerOperations acme = ready(sequencer, "acme");
      SequencerOperations globex = ready(sequencer, "globex");
      sequencer.transport().rewriteMessageIds();
      acme.enroll("two", BO);
      sequencer.runUntilIdle();
      String actual = deliveries(acme).get(0).ids().actual().orElseThrow();
      assertThat(acme.deliveries().findByMessageId(actual)).isPresent();
      assertThat(globex.deliveries().findByMessageId(actual)).isEmpty();
      assertThat(globex.record(HostEvent.unsubscribed().id("u").messageId(actual))).isZero();
      assertThat(globex.suppressions().matching("bo@example.com")).isEmpty();
      assertThat(only(acme).status()).isEqualTo(EnrollmentStatus.ACTIVE);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("suppressions, events, keys and contacts of one tenant do not touch another's")
  void sameNames(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      SequencerOperations acme = ready(sequencer, "acme");
      SequencerOperations globex = ready(sequencer, "globex");
      acme.enroll("two", BO);
      globex.enroll("two", BO);
      Send send = Send.to(BO).mail(mail -> mail.subject("Hi").text("Hi")).key("k");
      assertThat(acme.send(send)).isNotEqualTo(globex.send(send));
      sequencer.runUntilIdle();
      assertThat(acme.record(HostEvent.unsubscribed().id("e").contact("bo"))).isEqualTo(1);
      assertThat(globex.record(HostEvent.opened().id("e").contact("bo"))).isEqualTo(1);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails())
          .filteredOn(mail -> mail.step().equals("mail-2"))
          .extracting(SentMail::tenant)
          .containsExactly("globex");
      assertThat(acme.enroll("two", BO)).isInstanceOf(EnrollResult.Suppressed.class);
      assertThat(globex.enroll("two", BO)).isInstanceOf(EnrollResult.AlreadyEnrolled.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a pause, a removed mailbox and an archive stay in their tenant")
  void pausesStay(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      SequencerOperations acme = ready(sequencer, "acme");
      SequencerOperations globex = ready(sequencer, "globex");
      acme.enroll("two", BO);
      globex.enroll("two", BO);
      acme.pause(ACT);
      acme.sequences().pause("two", ACT);
      acme.mailboxes().pause("news@example.com", ACT);
      acme.sequences().archive("two", ACT);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails())
          .extracting(SentMail::tenant)
          .containsExactly("globex", "globex");
      assertThatThrownBy(() -> sequencer.tenant("nobody").enroll("two", BO))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one tenant's backlog delays nobody else")
  void backlog(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      SequencerOperations acme = sequencer.tenant("acme");
      acme.mailboxes()
          .save(
              Mailbox.of("slow@example.com")
                  .via(TestSequencerBuilder.FAKE)
                  .minGap(Duration.ofMinutes(1)));
      acme.publish(one("one"));
      acme.enrollAll(
          "one",
          IntStream.range(0, 600).mapToObj(i -> ContactInput.of("p" + i + "@example.com")),
          each -> {});
      SequencerOperations globex = ready(sequencer, "globex");
      globex.enroll("two", BO);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails())
          .extracting(SentMail::tenant)
          .containsExactlyInAnyOrder("acme", "globex");
    }
  }
}
