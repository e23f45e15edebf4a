package dev.sequencer.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sequencer.DefinitionException;
import dev.sequencer.Delay;
import dev.sequencer.MailKind;
import dev.sequencer.Mailbox;
import dev.sequencer.Pace;
import dev.sequencer.Retry;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.Step;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  private static Sequence.Builder onboarding(String name) {
    return Sequence.named(name)
        .window(SendWindow.weekdays("09:00", "17:00"))
        .email("welcome", mail -> mail.template("welcome").defaultValue("plan", "free"))
        .waitFor(Delay.days(2).at("09:30"))
        .email("follow-up", mail -> mail.template("follow-up").inThread());
  }

  @Test
  void writesTheFormOfFormatOne() {
    assertThat(Definitions.toJson(onboarding("onboarding").build()))
        .isEqualTo(
            """
            {"format":1,"name":"onboarding",\
            "window":{"mon":["09:00-17:00"],"tue":["09:00-17:00"],"wed":["09:00-17:00"],\
            "thu":["09:00-17:00"],"fri":["09:00-17:00"]},"retry":["5m","15m","30m"],\
            "steps":[{"key":"welcome","type":"email","template":"welcome","defaults":{"plan":"free"}},\
            {"key":"wait-1","type":"wait","delay":"2d at 09:30"},\
            {"key":"follow-up","type":"email","template":"follow-up","inThread":true}]}""");
  }

  @Test
  void writesAMailboxWithoutItsSecret() {
    assertThat(
            Definitions.toJson(
                Mailbox.googleWorkspace("Ann <ann@acme.example>").via("smtp").credentials("ann")))
        .isEqualTo(
            """
            {"format":1,"address":"Ann <ann@acme.example>","via":"smtp","credentials":"ann",\
            "perDay":2000,"day":"rolling","minGap":"4s","concurrency":4}""");
  }

  @Test
  void hashesAndDigestsStayWhatTheyAreForEver() {
    // Stored versions are found by these: a change here makes a new version of every sequence.
    assertThat(Definitions.versionHash(onboarding("onboarding").build()))
        .isEqualTo("f3f928883ce6c51ee16e066dbf813dd757c2704a1d78321f404f762356b384fe");
    assertThat(Definitions.windowDigest(SendWindow.weekdays("09:00", "17:00")))
        .isEqualTo("8ac4b89dae6861f3");
  }

  @Test
  void nameDescriptionPaceAndEndDateMakeNoNewVersion() {
    Sequence changed =
        onboarding("other")
            .description("new words")
            .pace(Pace.perHour(10))
            .endsAt(Instant.parse("2027-01-01T00:00:00Z"))
            .build();
    assertThat(Definitions.versionHash(changed))
        .isEqualTo(Definitions.versionHash(onboarding("onboarding").build()));
  }

  @Test
  void stepsAndRulesMakeANewVersion() {
    String before = Definitions.versionHash(onboarding("x").build());
    assertThat(
            java.util.List.of(
                onboarding("x").kind(MailKind.TRANSACTIONAL).build(),
                onboarding("x").retry(Retry.patient()).build(),
                onboarding("x").defaultZone("Europe/Berlin").build(),
                onboarding("x").pool("ann@acme.example").build(),
                onboarding("x").window(SendWindow.daily("09:00", "17:00")).build(),
                onboarding("x").waitFor(Delay.days(1)).build()))
        .allSatisfy(changed -> assertThat(Definitions.versionHash(changed)).isNotEqualTo(before));
  }

  @Test
  void theOrderOfDefaultsAndHeadersMakesNoNewVersion() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("a", Map.of("x", 1));
    one.put("b", 2);
    Map<String, Object> two = new LinkedHashMap<>();
    two.put("b", 2);
    two.put("a", Map.of("x", 1));
    assertThat(Definitions.versionHash(withDefaults(one, "X-A", "X-B")))
        .isEqualTo(Definitions.versionHash(withDefaults(two, "X-B", "X-A")));
  }

  private static Sequence withDefaults(Map<String, Object> defaults, String... headers) {
    return Sequence.named("x")
        .email(
            "a",
            mail -> {
              defaults.forEach(mail::defaultValue);
              for (String header : headers) {
                mail.header(header, "1");
              }
            })
        .build();
  }

  @Test
  void aNewerFormatIsRefusedBeforeAnythingElseIsJudged() {
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> Definitions.sequence("{\"format\":2,\"steps\":\"new ways\"}"))
        .withMessage(
            "a sequence has a fault: 1:11 format: the format must be at most 1, but is 2: it was"
                + " written by a newer release, update this one");
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> Definitions.mailbox("{\"format\":2}"))
        .withMessageContaining("at most 1, but is 2");
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> Definitions.window("{\"format\":2}"))
        .withMessageContaining("at most 1, but is 2");
  }

  @Test
  void aDisplayNameWithBlanksInItsQuotesIsKept() {
    Mailbox mailbox = Mailbox.of("\"  Ann  \" <ann@acme.example>");
    assertThat(Definitions.mailbox(Definitions.toJson(mailbox))).isEqualTo(mailbox);
  }

  @Test
  void refusesToWriteWhatNoStoreTakes() {
    Sequence sequence =
        Sequence.named("x")
            .step(
                new Step.Email(
                    "a",
                    Optional.empty(),
                    dev.sequencer.MailSpec.describe(
                        mail -> mail.subject("a\0").header("X-A", "\uD800"))))
            .build();
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> Definitions.toJson(sequence))
        .satisfies(
            e ->
                assertThat(e.faults())
                    .extracting(Object::toString)
                    .containsExactly(
                        "steps[0].subject: a text must have no NUL and no lone surrogate, but has"
                            + " U+0000 as its character 2: remove it",
                        "steps[0].headers.X-A: a text must have no NUL and no lone surrogate, but"
                            + " has U+D800 as its character 1: remove it"));
  }
}
