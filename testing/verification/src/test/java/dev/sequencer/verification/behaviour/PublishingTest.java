package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.beside;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Contact;
import dev.sequencer.DefinitionException;
import dev.sequencer.Delay;
import dev.sequencer.Pace;
import dev.sequencer.PublishResult;
import dev.sequencer.Sequence;
import dev.sequencer.SequenceView;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions, states and terms of sequences. */
class PublishingTest {
  private static final Contact BO = Contact.of("bo@example.com").id("bo");

  @TempDir Path folder;

  private static SequenceView view(TestSequencer sequencer, String name) {
    return sequencer.sequences().find(name).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the same definition twice makes no new version; running enrollments keep theirs")
  void versions(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      PublishResult first = sequencer.publish(steps("tour", 2, Delay.days(1)));
      PublishResult same = sequencer.publish(steps("tour", 2, Delay.days(1)));
      assertThat(first.isNew()).isTrue();
      assertThat(same.isNew()).isFalse();
      assertThat(same.version()).isEqualTo(first.version());
      sequencer.enroll("tour", BO);
      sequencer.runUntilIdle();

      PublishResult second = sequencer.publish(steps("tour", 3, Delay.days(2)));
      assertThat(second.isNew()).isTrue();
      assertThat(second.version()).isEqualTo(first.version() + 1);
      sequencer.enroll("tour", Contact.of("al@example.com"));
      sequencer.advance(Duration.ofDays(14));
      assertThat(sequencer.mailsTo("bo@example.com"))
          .extracting(mail -> mail.local().toLocalDate().getDayOfMonth())
          .containsExactly(1, 2);
      assertThat(sequencer.mailsTo("al@example.com"))
          .extracting(mail -> mail.local().toLocalDate().getDayOfMonth())
          .containsExactly(1, 3, 5);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("description, pace and end date change at once and make no new version")
  void termsMakeNoVersion(Stores kept) {
    Sequence.Builder[] same = new Sequence.Builder[2];
    for (int i = 0; i < 2; i++) {
      same[i] = Sequence.named("tour").email("mail", mail -> mail.template("m"));
    }
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      int version = sequencer.publish(same[0].build()).version();
      PublishResult changed =
          sequencer.publish(
              same[1].description("for guests").pace(Pace.every(Duration.ofHours(1))).build());
      assertThat(changed.version()).isEqualTo(version);
      assertThat(view(sequencer, "tour").definition().terms().description())
          .isEqualTo("for guests");
      sequencer.enroll("tour", BO);
      sequencer.enroll("tour", Contact.of("al@example.com"));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(1);
      sequencer.advance(Duration.ofHours(1));
      assertThat(sequencer.mails()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a declared sequence is not editable through the API, from the first call on")
  void declaredSequences(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("tour")).build()) {
      assertThatThrownBy(() -> sequencer.publish(steps("tour", 2, Delay.days(1))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("tour");
      assertThat(view(sequencer, "tour").declared()).isTrue();
      assertThat(view(sequencer, "tour").definition().steps()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a node that restarts with an older declaration does not make it current again")
  void olderDeclaration(Stores kept) {
    Sequence old = steps("tour", 1, Delay.days(1));
    Sequence current = steps("tour", 2, Delay.days(1));
    try (TestSequencer first = kept.engine(folder).sequence(old).build()) {
      first.runUntilIdle();
      int version = view(first, "tour").version();
      try (TestSequencer second = beside(first, current)) {
        second.runUntilIdle();
        assertThat(view(second, "tour").version()).isEqualTo(version + 1);
        first.restart();
        first.runUntilIdle();
        assertThat(view(first, "tour").version()).isEqualTo(version + 1);
        first.enroll("tour", BO);
        first.advance(Duration.ofDays(2));
        assertThat(first.mails()).extracting(SentMail::step).containsExactly("mail-1", "mail-2");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an archived sequence sends what runs and can be opened again")
  void archived(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("tour", 2, Delay.days(1))).build()) {
      sequencer.enroll("tour", BO);
      sequencer.runUntilIdle();
      assertThat(sequencer.sequences().archive("tour", ACT).done()).isTrue();
      assertThat(view(sequencer, "tour").state()).isEqualTo(SequenceView.State.ARCHIVED);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).hasSize(2);
      assertThat(sequencer.sequences().activate("tour", ACT).done()).isTrue();
      sequencer.enroll("tour", Contact.of("al@example.com"));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("publish tells all faults at once, each with its place, and writes nothing")
  void allFaultsAtOnce(Stores kept) {
    Sequence wrong =
        Sequence.named("wrong")
            .pool("nobody@acme.example")
            .email("hello", mail -> mail.text("Dear {{name").subject("x"))
            .waitFor(Delay.days(1))
            .email("sale", mail -> mail.subject("Sale").text("buy").bulk())
            .build();
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      assertThatThrownBy(() -> sequencer.publish(wrong))
          .isInstanceOfSatisfying(
              DefinitionException.class,
              refused -> {
                assertThat(refused.faults()).hasSizeGreaterThanOrEqualTo(3);
                assertThat(refused.faults())
                    .allSatisfy(fault -> assertThat(fault.message()).isNotBlank());
                assertThat(refused.faults()).anyMatch(f -> f.place().contains("hello"));
                assertThat(refused.faults()).anyMatch(f -> f.place().contains("sale"));
                assertThat(refused.faults())
                    .anyMatch(f -> f.message().contains("nobody@acme.example"));
              });
      assertThat(sequencer.sequences().find("wrong")).isEmpty();
      assertThat(sequencer.sequences().check(wrong)).isNotEmpty();
      assertThat(sequencer.sequences().list()).isEmpty();
    }
  }
}
