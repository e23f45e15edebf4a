package dev.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceBuilderTest {
  private static MailSpec plain(MailSpec mail) {
    return mail.subject("s").text("t");
  }

  private static Sequence.Builder named(String name) {
    return Sequence.named(name).email("a", SequenceBuilderTest::plain);
  }

  private static Step.Wait pause(String key, String next) {
    return new Step.Wait(key, next.isEmpty() ? Optional.empty() : Optional.of(next), Delay.days(1));
  }

  private static List<String> faults(Sequence.Builder builder) {
    return catchThrowableOfType(DefinitionException.class, builder::build).faults().stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void aSequenceHasItsSteps() {
    Sequence sequence =
        Sequence.named("onboarding")
            .email("welcome", SequenceBuilderTest::plain)
            .waitFor(Delay.days(1))
            .waitFor("long", Delay.days(2))
            .waitFor(Delay.days(3))
            .email("nudge", SequenceBuilderTest::plain)
            .build();
    assertThat(sequence.steps())
        .extracting(Step::key)
        .containsExactly("welcome", "wait-1", "long", "wait-3", "nudge");
    assertThat(sequence).hasToString("Sequence[onboarding [welcome, wait-1, long, wait-3, nudge]]");
    assertThatThrownBy(() -> sequence.steps().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void whatWasNotSaidIsTheDefault() {
    Sequence sequence = named("s").build();
    assertThat(sequence.rules()).isEqualTo(Sequence.Rules.DEFAULT);
    assertThat(sequence.terms()).isEqualTo(Sequence.Terms.NONE);
    assertThat(sequence).isEqualTo(named("s").build()).hasSameHashCodeAs(named("s").build());
    assertThat(sequence).isNotEqualTo(named("t").build());
  }

  @Test
  void whatWasSaidIsKept() {
    Pace pace = Pace.perHour(10);
    Sequence sequence =
        named("s")
            .description("d")
            .kind(MailKind.BULK)
            .defaultZone("Europe/Berlin")
            .pool("ann@x.example", "Ben <ben@x.example>")
            .pool("cy@x.example")
            .onFailure(OnFailure.CONTINUE)
            .inDoubt(InDoubt.RESEND)
            .pace(pace)
            .endsAt(Instant.parse("2026-06-01T08:00:00.0009Z"))
            .build();
    assertThat(sequence.rules().kind()).isEqualTo(MailKind.BULK);
    assertThat(sequence.rules().defaultZone()).contains(ZoneId.of("Europe/Berlin"));
    assertThat(sequence.rules().pool())
        .extracting(EmailAddress::address)
        .containsExactly("ann@x.example", "ben@x.example", "cy@x.example");
    assertThat(sequence.rules().onFailure()).isEqualTo(OnFailure.CONTINUE);
    assertThat(sequence.rules().inDoubt()).contains(InDoubt.RESEND);
    assertThat(sequence.terms())
        .isEqualTo(
            new Sequence.Terms(
                "d", Optional.of(pace), Optional.of(Instant.parse("2026-06-01T08:00:00Z"))));
  }

  @Test
  void aBadValueFailsAtItsLine() {
    assertThatThrownBy(() -> named("s").pool("x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> named("s").defaultZone("Mars")).isInstanceOf(TimeRuleException.class);
    assertThatThrownBy(() -> named("s").endsAt(Instant.MAX))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> named("s").step(null)).hasMessage("step");
    assertThatThrownBy(() -> named("s").email("b", m -> m.cc("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> named("s").email("b", m -> m.template(" ")))
        .hasMessage("the name of a template must not be blank");
    assertThatThrownBy(() -> named("s").email("b", m -> m.header("", "x")))
        .hasMessage("the name of a header must not be blank");
    assertThatThrownBy(() -> named("s").email("b", m -> m.attach("")))
        .hasMessage("the name of an attachment must not be blank");
    assertThatThrownBy(() -> named("s").email("b", m -> m.inline("", "x")))
        .hasMessage("the content id of an inline image must not be blank");
  }

  @Test
  void aSequenceHasAStep() {
    assertThat(faults(Sequence.named("s")))
        .containsExactly("steps: a sequence needs at least one step, but has none");
  }

  @Test
  void aSequenceHasAtMost1000Steps() {
    Sequence.Builder builder = Sequence.named("s");
    for (int i = 0; i < 1000; i++) {
      builder.waitFor(Delay.days(1));
    }
    assertThat(builder.build().steps()).hasSize(1000);
    assertThat(faults(builder.waitFor(Delay.days(1))))
        .containsExactly("steps: a sequence has at most 1000 steps, but this has 1001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s", "Größe 2", "a.b-c_d", "7", "日本"})
  void aNameIsOfLettersDigitsAndAFewSigns(String name) {
    assertThat(named(name).build().name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-a", ".a", "a/b", "a\nb", "a?", "a\0", "a'b"})
  void aNameIsNothingElse(String name) {
    assertThat(faults(named(name)))
        .containsExactly(
            "name: the name of a sequence must begin with a letter or digit and go on with letters,"
                + " digits, blanks, '.', '_' or '-', at most 100, but is '"
                + name
                + "'");
  }

  @Test
  void namesAndKeysHaveAtMost100Characters() {
    String longest = "x".repeat(100);
    assertThat(named(longest).build().name()).isEqualTo(longest);
    assertThat(faults(named(longest + "x"))).hasSize(1);
    assertThat(Sequence.named("s").waitFor(longest, Delay.days(1)).build().steps()).hasSize(1);
    assertThat(faults(Sequence.named("s").waitFor(longest + "x", Delay.days(1)))).hasSize(1);
  }

  @Test
  void aKeyIsOfLettersDigitsAndAFewSigns() {
    for (String key : List.of("opened?", "a b", "go!", "Größe", "a.b_c-d")) {
      assertThat(Sequence.named("s").waitFor(key, Delay.days(1)).build().steps()).hasSize(1);
    }
    for (String key : List.of("", "?", " a", "a/b", "a\nb", "$a")) {
      assertThat(faults(Sequence.named("s").waitFor(key, Delay.days(1))))
          .containsExactly(
              "steps[0].key: the key of a step must begin with a letter or digit and go on with"
                  + " letters, digits, blanks or one of . _ ? ! -, at most 100, but is '"
                  + key
                  + "'");
    }
  }

  @Test
  void aKeyIsUsedOnce() {
    assertThat(faults(named("s").email("a", SequenceBuilderTest::plain)))
        .containsExactly(
            "steps[1].key: each key is used once in a sequence, but 'a' stands at steps[0] already:"
                + " rename one");
    assertThat(faults(Sequence.named("s").waitFor("wait-2", Delay.days(1)).waitFor(Delay.days(1))))
        .hasSize(1);
  }

  @Test
  void aFollowerIsAStep() {
    assertThat(faults(named("s").step(pause("b", "")).step(pause("c", "xyz"))))
        .containsExactly("steps.c.next: 'xyz' is no step of this sequence: name the key of one");
    assertThat(
            faults(
                Sequence.named("s").step(pause("welcome", "remindr")).step(pause("reminder", ""))))
        .containsExactly(
            "steps.welcome.next: 'remindr' is no step of this sequence: did you mean 'reminder'?");
  }

  @Test
  void stepsComeToAnEnd() {
    String fault = "a sequence must come to an end, but its steps lead back to this one";
    assertThat(faults(Sequence.named("s").step(pause("a", "a"))))
        .containsExactly("steps.a: " + fault);
    assertThat(faults(named("s").step(pause("b", "")).step(pause("c", "b"))))
        .containsExactly("steps.b: " + fault);
    assertThat(faults(named("s").step(pause("b", "a")))).containsExactly("steps.a: " + fault);
  }

  @Test
  void eachStepIsReached() {
    assertThat(
            faults(
                Sequence.named("s")
                    .step(pause("a", "c"))
                    .step(pause("b", ""))
                    .step(pause("c", ""))))
        .containsExactly("steps.b: no step leads to this one: remove it or lead to it with 'next'");
    assertThat(
            Sequence.named("s")
                .step(pause("a", "c"))
                .step(pause("b", "d"))
                .step(pause("c", "b"))
                .step(pause("d", ""))
                .build()
                .steps())
        .hasSize(4);
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    DefinitionException wrong =
        catchThrowableOfType(
            DefinitionException.class,
            () -> Sequence.named("?").step(pause("a", "")).step(pause("a", "")).build());
    assertThat(wrong.faults()).hasSize(2);
    assertThat(wrong)
        .hasMessageStartingWith("sequence '?' has 2 faults: name: the name of a sequence")
        .hasMessageContaining("; steps[1].key: each key is used once");
    assertThatThrownBy(() -> Sequence.named("s").build())
        .hasMessage(
            "sequence 's' has a fault: steps: a sequence needs at least one step, but has none");
  }

  @Test
  void aMailSpecKeepsWhatItWasTold() {
    MailContent mail =
        MailSpec.describe(
            m ->
                m.template("t")
                    .subject("s")
                    .text("x")
                    .html("h")
                    .inThread()
                    .bulk()
                    .cc("c@x")
                    .bcc("b@x")
                    .replyTo("r@x")
                    .header("X-A", "1")
                    .attach("a.pdf")
                    .inline("logo", "l.png")
                    .defaultValue("name", "there"));
    assertThat(mail.source())
        .isEqualTo(
            new MailContent.Source(
                Optional.of("t"), Optional.of("s"), Optional.of("x"), Optional.of("h")));
    assertThat(mail.kind()).contains(MailKind.BULK);
    assertThat(mail.inThread()).isTrue();
    assertThat(mail.addresses().cc()).containsExactly(EmailAddress.of("c@x"));
    assertThat(mail.addresses().bcc()).containsExactly(EmailAddress.of("b@x"));
    assertThat(mail.addresses().replyTo()).containsExactly(EmailAddress.of("r@x"));
    assertThat(mail.headers()).containsExactly(java.util.Map.entry("X-A", "1"));
    assertThat(mail.attachments())
        .containsExactly(
            new MailContent.AttachmentName("a.pdf", Optional.empty()),
            new MailContent.AttachmentName("l.png", Optional.of("logo")));
    assertThat(mail.defaults().get("name")).contains("there");
    assertThat(MailSpec.describe(MailSpec::transactional).kind()).contains(MailKind.TRANSACTIONAL);
    assertThat(MailSpec.describe(m -> m.bulk().personal()).kind()).contains(MailKind.PERSONAL);
    assertThat(mail).asString().doesNotContain("c@x").doesNotContain("b@x").doesNotContain("r@x");
  }
}
