package dev.sequencer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sequencer.DefinitionException;
import dev.sequencer.Delay;
import dev.sequencer.MailKind;
import dev.sequencer.Problem;
import dev.sequencer.Retry;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.internal.definition.Definitions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.scanner.StreamReader;

class SequenceFileTest {
  private static final long SEED = 20_261_125L;

  @Test
  void whateverIsWrittenIsReadAgainAsAnEqualSequence() {
    for (long seed = SEED; seed < SEED + 400; seed++) {
      Sequence sequence = new RandomSequences(seed).next();
      String yaml = SequenceFile.write(sequence);
      assertThat(SequenceFile.parse(yaml)).as("seed %d:%n%s", seed, yaml).isEqualTo(sequence);
    }
  }

  @Test
  void namesAndTextsOfSeveralLinesComeBackEqual() {
    Sequence sequence =
        Sequence.named("x")
            .email(
                "a",
                mail ->
                    mail.text("key:\n\n=")
                        .html("\n<p>\n")
                        .subject("a\n b ")
                        .defaultValue("09:30key:\n\n=", Map.of("", "b\nc")))
            .build();
    assertThat(SequenceFile.parse(SequenceFile.write(sequence))).isEqualTo(sequence);
  }

  @Test
  void theStoredJsonIsYamlTooUnlessItHasCharactersThatYamlForbids() {
    int compared = 0;
    for (long seed = SEED; seed < SEED + 200; seed++) {
      Sequence sequence = new RandomSequences(seed).next();
      String json = Definitions.toJson(sequence);
      if (StreamReader.isPrintable(json)) {
        assertThat(SequenceFile.parse(json)).as("seed %d", seed).isEqualTo(sequence);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  @Test
  void aSequenceIsWrittenForPeople() {
    Sequence sequence =
        Sequence.named("onboarding")
            .description("For new users.\nTwo mails.")
            .kind(MailKind.BULK)
            .window(
                SendWindow.weekdays("09:00", "17:00")
                    .and(SendWindow.daily("20:00", "21:00"))
                    .without(LocalDate.of(2026, 12, 25)))
            .pool("Ann Lee <ann@acme.example>", "ben@acme.example")
            .retry(Retry.patient())
            .email("welcome", mail -> mail.template("welcome").header("X-Priority", "1"))
            .waitFor(Delay.days(2).at("09:30"))
            .waitFor("pause", Delay.none())
            .email(
                "follow-up",
                mail ->
                    mail.subject("Hi {{name}}")
                        .text("Hello {{name}},\n\n  how are you?\n")
                        .inThread()
                        .inline("logo", "logo.png"))
            .build();
    assertThat(SequenceFile.write(sequence))
        .isEqualTo(
            """
            name: onboarding
            description: |-
              For new users.
              Two mails.
            kind: bulk
            window:
              mon-fri: ['09:00-17:00', '20:00-21:00']
              sat-sun: 20:00-21:00
              holidays: [2026-12-25]
            pool: [Ann Lee <ann@acme.example>, ben@acme.example]
            retry: patient
            steps:
              - email: welcome
                template: welcome
                headers:
                  X-Priority: '1'
              - wait: 2d at 09:30
              - wait: 0d
                key: pause
              - email: follow-up
                subject: Hi {{name}}
                text: |
                  Hello {{name}},

                    how are you?
                inThread: true
                attachments:
                  - file: logo.png
                    contentId: logo
            """);
    assertThat(SequenceFile.parse(SequenceFile.write(sequence))).isEqualTo(sequence);
  }

  @Test
  void waitsWithoutKeyAreNamedAsTheBuilderNamesThem() {
    Sequence built =
        Sequence.named("x")
            .waitFor(Delay.days(1))
            .waitFor("own", Delay.days(1))
            .waitFor(Delay.days(1))
            .build();
    assertThat(
            SequenceFile.parse(
                """
                name: x
                steps:
                  - wait: 1d
                  - {wait: 1d, key: own}
                  - wait: 1d
                """))
        .isEqualTo(built);
  }

  @Test
  void problemsOfTheEngineAreToldWithFileLineAndColumn() {
    LocatedSequence located =
        SequenceFile.readLocated(Path.of("src/test/resources/examples/sequences/onboarding.yaml"));
    assertThat(located.locate(Problem.lint("steps.follow-up.template", "is missing")))
        .hasToString(
            "src/test/resources/examples/sequences/onboarding.yaml:10:15 steps[2].template:"
                + " is missing");
    assertThat(located.locate(Problem.lint("steps.wait-1.delay", "is long")).place())
        .endsWith("onboarding.yaml:8:11 steps[1].wait");
  }

  @Test
  void aTextWithoutFileIsToldWithLineAndColumn() {
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> SequenceFile.parse("name: x\nsteps:\n  - wait: soon\n"))
        .withMessageStartingWith(
            "the YAML of a sequence has a fault: 3:11 steps[0].wait: A delay must be like");
  }
}
