package dev.sequencer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sequencer.Mailbox;
import dev.sequencer.SequencerConfig;
import dev.sequencer.SequencerEvent;
import dev.sequencer.TimeRuleException;
import dev.sequencer.spi.TemplateSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestSequencerTest {
  private static SequencerConfig config(TestSequencer sequencer) {
    return ((StubEngine.Engine) sequencer.engine()).config();
  }

  @Test
  void hasEverythingThatAnEngineNeeds() {
    try (TestSequencer sequencer = TestSequencer.create()) {
      SequencerConfig config = config(sequencer);
      assertThat(sequencer.clock().instant()).isEqualTo("2026-06-01T08:00:00Z");
      assertThat(config.time().clock()).isSameAs(sequencer.clock());
      assertThat(config.time().defaultZone()).hasToString("Optional[UTC]");
      assertThat(config.store()).containsSame(sequencer.store());
      assertThat(config.mailboxes()).containsExactly(Mailbox.of("sender@example.com").via("fake"));
      assertThat(config.mail().transports()).containsOnlyKeys("fake");
      assertThat(config.mail().transports()).containsValue(sequencer.transport());
    }
  }

  @Test
  void hasAShortTemplateAndFileUnderEveryName() {
    try (TestSequencer sequencer = TestSequencer.create()) {
      TemplateSource templates = config(sequencer).mail().templates();
      assertThat(templates.template("welcome", Locale.ROOT).flatMap(t -> t.subject()))
          .contains("Subject of welcome");
      assertThat(templates.file("terms.pdf")).isPresent();
    }
  }

  @Test
  void letsTheFakeAnswerToTheTransportsOfTheMailboxes() {
    try (TestSequencer sequencer =
        TestSequencer.builder()
            .mailbox(Mailbox.of("ann@acme.example").via("smtp"))
            .mailbox(Mailbox.of("ben@acme.example").via("gmail"))
            .transportName("later")
            .build()) {
      assertThat(config(sequencer).mail().transports()).containsOnlyKeys("later", "smtp", "gmail");
      assertThat(config(sequencer).mailboxes()).hasSize(2);
    }
  }

  @Test
  void putsAStagedFakeInItsPlace() {
    StagedFakeTransport staged = StagedFakeTransport.create();
    try (TestSequencer sequencer = TestSequencer.builder().transport(staged).build()) {
      assertThat(config(sequencer).mail().transports()).containsValue(staged);
      assertThat(sequencer.transport()).isSameAs(staged.sends());
    }
  }

  @Test
  void restartsOnTheSameStoreClockAndTransport() {
    try (TestSequencer sequencer = TestSequencer.create()) {
      StubEngine.Engine first = (StubEngine.Engine) sequencer.engine();
      sequencer.restart();
      StubEngine.Engine second = (StubEngine.Engine) sequencer.engine();

      assertThat(second).isNotSameAs(first);
      assertThat(first.stops()).isEqualTo(1);
      assertThat(second.config().store()).isEqualTo(first.config().store());
      assertThat(second.config().time()).isEqualTo(first.config().time());
      assertThat(second.config().mail().transports()).isEqualTo(first.config().mail().transports());
    }
  }

  @Test
  void dropsACrashedEngineWithoutAWordUntilTheEnd() {
    TestSequencer sequencer = TestSequencer.create();
    StubEngine.Engine first = (StubEngine.Engine) sequencer.engine();
    sequencer.crash();
    assertThat(first.stops()).isZero();
    assertThat(sequencer.engine()).isNotSameAs(first);

    StubEngine.Engine second = (StubEngine.Engine) sequencer.engine();
    sequencer.close();
    assertThat(first.stops()).isEqualTo(1);
    assertThat(second.stops()).isEqualTo(1);
  }

  @Test
  void keepsEventsOverARestart() {
    try (TestSequencer sequencer = TestSequencer.create()) {
      Instant now = sequencer.clock().instant();
      SequencerEvent rest =
          new SequencerEvent.MailboxResting(now, "", "a@b.example", "login", Optional.empty());
      SequencerEvent back = new SequencerEvent.StoreWentBack(now, Optional.empty(), now);
      config(sequencer).listeners().forEach(listener -> listener.on(rest));
      sequencer.restart();
      config(sequencer).listeners().forEach(listener -> listener.on(back));

      assertThat(sequencer.events()).containsExactly(rest, back);
      assertThat(sequencer.events(SequencerEvent.StoreWentBack.class)).hasSize(1);
    }
  }

  @Test
  void movesTimeOnAndNeverBack() {
    try (TestSequencer sequencer = TestSequencer.create()) {
      sequencer.advance(Duration.ofDays(1));
      sequencer.advanceTo("2026-06-03T08:00:00Z");
      assertThat(sequencer.clock().instant()).isEqualTo("2026-06-03T08:00:00Z");
      sequencer.advance(Duration.ZERO);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> sequencer.advanceTo("2026-06-03T07:59:59.999Z"))
          .withMessageContaining("is not set back");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> sequencer.advance(Duration.ofMillis(-1)));
    }
  }

  @Test
  void refusesWhatCannotBeAtTheLineThatSaysIt() {
    TestSequencerBuilder builder = TestSequencer.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.startingAt("monday"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.mostPasses(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.zone("Mars/Base"))
        .isInstanceOf(TimeRuleException.class);
  }
}
