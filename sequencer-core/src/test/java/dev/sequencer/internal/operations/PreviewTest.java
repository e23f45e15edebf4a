package dev.sequencer.internal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Contact;
import dev.sequencer.DefinitionException;
import dev.sequencer.Delay;
import dev.sequencer.Problem;
import dev.sequencer.RenderedMail;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreviewTest {
  private static final Contact ANN = Contact.of("Ann <ann@acme.example>");

  private static Sequencer sequencer() {
    return Sequencer.builder()
        .clock(() -> Instant.parse("2026-06-01T08:00:00Z"))
        .defaultZone("Etc/UTC")
        .templates(TemplateSource.of(Map.of("welcome", Template.of("Hi {{name}}", "See {{url}}"))))
        .build();
  }

  private static Sequence onboarding() {
    return Sequence.named("onboarding")
        .email("welcome", mail -> mail.template("welcome").defaultValue("url", "http://x.example"))
        .waitFor(Delay.days(1))
        .email("nudge", mail -> mail.text("Still there, {{name}}?").inThread())
        .build();
  }

  @Test
  void aMailIsShownAsItWouldBeSentWithItsLints() {
    try (Sequencer sequencer = sequencer()) {
      sequencer.publish(onboarding());
      RenderedMail mail = sequencer.preview("onboarding", "welcome", ANN);
      assertThat(mail.subject()).isEqualTo("Hi Ann");
      assertThat(mail.text()).contains("See http://x.example");
      assertThat(mail.lints())
          .containsExactly(
              Problem.lint(
                  "text",
                  "the text has the link 'http://x.example', which is not safe: use https"));
    }
  }

  @Test
  void aMailInAThreadIsShownUnderTheSubjectOfTheFirst() {
    try (Sequencer sequencer = sequencer()) {
      sequencer.publish(onboarding());
      RenderedMail mail = sequencer.preview("onboarding", "nudge", ANN);
      assertThat(mail.subject()).isEqualTo("Re: Hi Ann");
      assertThat(mail.lints()).isEmpty();
    }
  }

  @Test
  void aMailWithoutAValueIsNotShownAndNamesTheVariable() {
    try (Sequencer sequencer = sequencer()) {
      sequencer.publish(onboarding());
      assertThatThrownBy(
              () -> sequencer.preview("onboarding", "welcome", Contact.of("bo@acme.example")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("variable 'name' at line 1 has no value")
          .message()
          .doesNotContain("bo@acme.example");
    }
  }

  @Test
  void aSequenceWithAFaultyMailIsNotPublished() {
    try (Sequencer sequencer = sequencer()) {
      Sequence wrong =
          Sequence.named("wrong").email("welcome", mail -> mail.template("welcom")).build();
      assertThatThrownBy(() -> sequencer.publish(wrong))
          .isInstanceOf(DefinitionException.class)
          .hasMessageContaining("steps.welcome.template: there is no template 'welcom'")
          .hasMessageContaining("did you mean 'welcome'?");
      assertThat(sequencer.sequences().list()).isEmpty();
    }
  }
}
