package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sequencer.ActResult.Outcome;
import dev.sequencer.Contact;
import dev.sequencer.DefinitionException;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollResult;
import dev.sequencer.Mailbox;
import dev.sequencer.Pace;
import dev.sequencer.Problem;
import dev.sequencer.PublishResult;
import dev.sequencer.Send;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.SequenceView;
import dev.sequencer.SequenceView.State;
import dev.sequencer.SequenceView.StepCounts;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.spi.store.Store;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.ManualClock;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drafts, versions, declarations, pauses, archives and terms of sequences. */
class PublishingTest {
  private static final Contact BO = Contact.of("bo@example.com");
  private static final Contact CY = Contact.of("cy@example.com");

  @TempDir Path folder;

  private static SequenceView view(TestSequencer sequencer, String name) {
    return sequencer.sequences().find(name).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the same definition twice makes one version, another one the next")
  void versions(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      PublishResult first = sequencer.publish(one("one"));
      PublishResult again = sequencer.publish(one("one"));
      PublishResult other = sequencer.publish(steps("one", 2, Delay.days(1)));
      PublishResult back = sequencer.publish(one("one"));
      assertThat(first.isNew()).isTrue();
      assertThat(first.version()).isEqualTo(1);
      assertThat(again.isNew()).isFalse();
      assertThat(again.version()).isEqualTo(1);
      assertThat(other.isNew()).isTrue();
      assertThat(other.version()).isEqualTo(2);
      assertThat(back.version()).isEqualTo(3);
      assertThat(view(sequencer, "one").definition()).isEqualTo(one("one"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("running enrollments stay on their version, new ones take the newest")
  void runningStay(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      sequencer.publish(steps("seq", 2, Delay.days(1)));
      sequencer.enroll("seq", BO);
      sequencer.runUntilIdle();
      sequencer.publish(
          Sequence.named("seq").email("other", mail -> mail.template("other")).build());
      sequencer.enroll("seq", CY);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mailsTo("bo@example.com"))
          .extracting(SentMail::step)
          .containsExactly("mail-1", "mail-2");
      assertThat(sequencer.mailsTo("cy@example.com"))
          .extracting(SentMail::step)
          .containsExactly("other");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("counts and histories name the steps of older versions by their keys")
  void countsOfOlderVersions(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      sequencer.publish(one("seq"));
      sequencer.enroll("seq", BO);
      sequencer.runUntilIdle();
      sequencer.publish(
          Sequence.named("seq").email("other", mail -> mail.template("other")).build());
      sequencer.enroll("seq", CY);
      sequencer.runUntilIdle();
      assertThat(view(sequencer, "seq").version()).isEqualTo(2);
      assertThat(sequencer.sequences().counts("seq").deliveries())
          .containsExactlyInAnyOrder(
              new StepCounts("mail-1", Map.of(DeliveryStatus.SENT, 1L)),
              new StepCounts("other", Map.of(DeliveryStatus.SENT, 1L)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a draft is checked, can be saved again, opens by activate or publish")
  void drafts(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      sequencer.sequences().draft(one("seq"));
      assertThat(view(sequencer, "seq").state()).isEqualTo(State.DRAFT);
      sequencer.sequences().draft(steps("seq", 2, Delay.days(1)));
      assertThat(view(sequencer, "seq").state()).isEqualTo(State.DRAFT);
      assertThatThrownBy(() -> sequencer.enroll("seq", BO))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("draft");
      assertThat(sequencer.sequences().activate("seq", ACT).outcome()).isEqualTo(Outcome.DONE);
      assertThat(sequencer.sequences().activate("seq", ACT).outcome()).isEqualTo(Outcome.UNCHANGED);
      sequencer.enroll("seq", BO);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).hasSize(2);
      assertThatThrownBy(() -> sequencer.sequences().draft(one("seq")))
          .isInstanceOf(IllegalStateException.class);

      sequencer.sequences().draft(one("second"));
      sequencer.publish(one("second"));
      assertThat(view(sequencer, "second").state()).isEqualTo(State.ACTIVE);
      assertThat(view(sequencer, "second").version()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a paused sequence takes contacts and sends nothing; publishing does not resume it")
  void paused(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      sequencer.publish(one("seq"));
      sequencer.sequences().pause("seq", ACT);
      assertThat(view(sequencer, "seq").state()).isEqualTo(State.PAUSED);
      assertThat(sequencer.enroll("seq", BO)).isInstanceOf(EnrollResult.Enrolled.class);
      sequencer.publish(steps("seq", 2, Delay.days(1)));
      assertThat(view(sequencer, "seq").state()).isEqualTo(State.PAUSED);
      sequencer.advance(Duration.ofDays(7));
      assertThat(sequencer.mails()).isEmpty();
      assertThat(sequencer.health().up()).isTrue();
      sequencer.sequences().resume("seq", ACT);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an archived sequence refuses contacts and sends what runs; activate opens it again")
  void archived(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      sequencer.publish(steps("seq", 2, Delay.days(1)));
      sequencer.enroll("seq", BO);
      sequencer.runUntilIdle();
      assertThat(sequencer.sequences().archive("seq", ACT).outcome()).isEqualTo(Outcome.DONE);
      assertThatThrownBy(() -> sequencer.enroll("seq", CY))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("archived");
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).hasSize(2);
      assertThat(only(sequencer).state().ending()).contains(Ending.COMPLETED);
      sequencer.sequences().activate("seq", ACT);
      assertThat(sequencer.enroll("seq", CY)).isInstanceOf(EnrollResult.Enrolled.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an unknown sequence is told with the name that may be meant")
  void unknown(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      sequencer.publish(one("welcome"));
      assertThatThrownBy(() -> sequencer.enroll("welcom", BO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("did you mean 'welcome'");
      assertThat(sequencer.sequences().pause("welcom", ACT).outcome()).isEqualTo(Outcome.NOT_FOUND);
      assertThat(sequencer.sequences().archive("welcom", ACT).outcome())
          .isEqualTo(Outcome.NOT_FOUND);
      assertThat(sequencer.sequences().find("welcom")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a declared sequence is published at start and not editable through the API")
  void declared(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("seq")).build()) {
      assertThat(view(sequencer, "seq").declared()).isTrue();
      assertThat(view(sequencer, "seq").state()).isEqualTo(State.ACTIVE);
      assertThatThrownBy(() -> sequencer.publish(steps("seq", 2, Delay.days(1))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("seq");
      sequencer.restart();
      sequencer.restart();
      assertThat(view(sequencer, "seq").version()).isEqualTo(1);
    }
  }

  private TestSequencer node(Store store, ManualClock clock, Sequence declared) {
    return TestSequencer.builder()
        .store(store)
        .clock(clock)
        .transport(FakeTransport.on(clock))
        .sequence(declared)
        .build();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an older declaration of a node that restarts never becomes current again")
  void rollingDeploy(Stores kept) {
    Store store = kept.create(folder);
    ManualClock clock = ManualClock.at("2026-06-01T08:00:00Z");
    Sequence older = one("seq");
    Sequence newer = steps("seq", 2, Delay.days(1));
    try (TestSequencer first = node(store, clock, older);
        TestSequencer second = node(store, clock, newer);
        TestSequencer late = node(store, clock, older)) {
      assertThat(view(first, "seq").version()).isEqualTo(1);
      assertThat(view(second, "seq").version()).isEqualTo(2);
      late.runUntilIdle();
      assertThat(view(late, "seq").version()).isEqualTo(2);
      late.enroll("seq", BO);
      late.advance(Duration.ofDays(2));
      assertThat(late.mails()).hasSize(2);
      assertThat(view(second, "seq").definition()).isEqualTo(newer);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an archived sequence stays archived when a node that declares it restarts")
  void archivedStaysArchived(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("seq")).build()) {
      sequencer.sequences().archive("seq", ACT);
      sequencer.restart();
      sequencer.runUntilIdle();
      assertThat(view(sequencer, "seq").state()).isEqualTo(State.ARCHIVED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("description, pace and end date change without a new version, for running ones too")
  void terms(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      sequencer.publish(one("seq"));
      for (int i = 0; i < 3; i++) {
        sequencer.enroll("seq", Contact.of("p" + i + "@example.com"));
      }
      Sequence paced =
          Sequence.named("seq")
              .description("slowly")
              .pace(Pace.every(Duration.ofHours(1)))
              .endsAt(Instant.parse("2026-06-01T10:00:00Z"))
              .email("mail-1", mail -> mail.template("mail-1"))
              .build();
      assertThat(sequencer.publish(paced).isNew()).isFalse();
      assertThat(view(sequencer, "seq").version()).isEqualTo(1);
      assertThat(view(sequencer, "seq").definition().terms().description()).isEqualTo("slowly");
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mails())
          .extracting(SentMail::leftAt)
          .containsExactly(
              Instant.parse("2026-06-01T08:00:00Z"), Instant.parse("2026-06-01T09:00:00Z"));

      sequencer.publish(one("seq"));
      sequencer.advance(Duration.ofHours(1));
      assertThat(sequencer.mails()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("all faults come at once, each with its place, and nothing is written")
  void faultsAtOnce(Stores kept) {
    TemplateSource templates =
        TemplateSource.of(
            Map.of("welcome", Template.of("Hi", "Hi"), "broken", Template.of("Hi", "{{#open}}")));
    Sequence wrong =
        Sequence.named("seq")
            .pool("nobody@example.com")
            .email("one", mail -> mail.template("welcom"))
            .waitFor(Delay.days(1))
            .email("two", mail -> mail.template("broken"))
            .build();
    try (TestSequencer sequencer = kept.engine(folder).templates(templates).build()) {
      DefinitionException refused =
          catchThrowableOfType(DefinitionException.class, () -> sequencer.publish(wrong));
      assertThat(refused).isNotNull();
      assertThat(refused.faults()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(refused.faults())
          .extracting(Problem::severity)
          .containsOnly(Problem.Severity.FAULT);
      assertThat(refused)
          .hasMessageContaining("nobody@example.com")
          .hasMessageContaining("did you mean 'welcome'")
          .hasMessageContaining("broken");
      assertThat(sequencer.sequences().find("seq")).isEmpty();
      assertThat(sequencer.sequences().check(wrong)).hasSizeGreaterThanOrEqualTo(3);
      assertThat(sequencer.sequences().list()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("E11 a window is refused at publish when no zone is known anywhere")
  void noZoneAnywhere(Stores kept) {
    Sequence.Builder office =
        Sequence.named("office")
            .window(SendWindow.daily("09:00", "17:00"))
            .email("mail", mail -> mail.template("mail"));
    ManualClock clock = ManualClock.at("2026-06-01T08:00:00Z");
    try (Sequencer sequencer =
        Sequencer.builder()
            .store(kept.create(folder))
            .clock(clock)
            .transport("fake", FakeTransport.on(clock))
            .mailbox(Mailbox.of("ann@acme.example").via("fake"))
            .templates(TemplateSource.of(Map.of("mail", Template.of("Hi", "Hi"))))
            .build()) {
      assertThatThrownBy(() -> sequencer.publish(office.build()))
          .isInstanceOf(DefinitionException.class)
          .hasMessageContaining("zone");
      assertThat(sequencer.publish(office.defaultZone("Asia/Tokyo").build()).isNew()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("names that begin with $ are the engine's own")
  void ownNames(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      assertThatThrownBy(() -> sequencer.publish(one("$mine")))
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining("$");
      sequencer.send(Send.to(BO).mail(mail -> mail.subject("Hi").text("Hello")));
      assertThat(sequencer.sequences().list()).isEmpty();
      assertThatThrownBy(() -> sequencer.enroll("$send", BO))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
