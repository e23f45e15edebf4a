package dev.sequencer.internal.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Delay;
import dev.sequencer.MailKind;
import dev.sequencer.MailSpec;
import dev.sequencer.Problem;
import dev.sequencer.Sequence;
import dev.sequencer.Step;
import dev.sequencer.spi.MailRenderer;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishCheckTest {
  private final Map<String, Template> templates = new HashMap<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private RuntimeException failure = null;

  private final TemplateSource source =
      new TemplateSource() {
        @Override
        public Optional<Template> template(String name, Locale locale) {
          if (failure != null) {
            throw failure;
          }
          return Optional.ofNullable(templates.get(name + "." + locale.toLanguageTag()))
              .or(() -> Optional.ofNullable(templates.get(name)));
        }

        @Override
        public Optional<byte[]> file(String name) {
          if (failure != null) {
            throw failure;
          }
          return Optional.ofNullable(files.get(name));
        }

        @Override
        public List<String> names() {
          if (failure != null) {
            throw failure;
          }
          return List.copyOf(templates.keySet());
        }
      };

  private List<String> check(Sequence sequence, Locale... locales) {
    return new PublishCheck(source, new MustacheRenderer(), List.of(locales))
        .check(sequence).stream()
            .map(p -> (p.severity() == Problem.Severity.FAULT ? "! " : "- ") + p)
            .toList();
  }

  private List<String> check(Consumer<MailSpec> mail, Locale... locales) {
    return check(Sequence.named("s").email("welcome", mail).build(), locales);
  }

  private static MailSpec plain(MailSpec mail) {
    return mail.subject("s").text("t");
  }

  @Test
  void aGoodSequenceHasNothing() {
    templates.put("welcome", Template.of("Hi {{name}}", "Hi {{name}}").html("<p>Hi {{name}}</p>"));
    files.put("offer.pdf", new byte[1]);
    Sequence sequence =
        Sequence.named("s")
            .email(
                "welcome",
                m -> m.template("welcome").attach("offer.pdf").header("X-Campaign", "{{name}}"))
            .waitFor(Delay.days(1))
            .email("nudge", m -> m.text("Still there, {{name}}?").inThread())
            .build();
    assertThat(check(sequence)).isEmpty();
  }

  @Nested
  class Texts {
    @Test
    void ofAnUnknownTemplateAreAFaultWithTheNearestName() {
      templates.put("welcome", Template.of("s", "t"));
      assertThat(check(m -> m.template("welcom")))
          .containsExactly(
              "! steps.welcome.template: there is no template 'welcom': add it to the source, or"
                  + " did you mean 'welcome'?");
      assertThat(check(m -> m.template("something-else")))
          .containsExactly(
              "! steps.welcome.template: there is no template 'something-else': add it to the"
                  + " source");
    }

    @Test
    void thatExistForSomeLocalesOnlyAreAFault() {
      templates.put("welcome.de", Template.of("s", "t"));
      assertThat(check(m -> m.template("welcome"), Locale.GERMAN))
          .containsExactly(
              "! steps.welcome.template: there is no template 'welcome': add it to the source;"
                  + " there is 'welcome.de', but other locales need one without a locale");
    }

    @Test
    void ofEachLocaleAreChecked() {
      templates.put("welcome", Template.of("s", "t"));
      templates.put("welcome.de", Template.of("s", "Hallo {{name"));
      assertThat(check(m -> m.template("welcome"))).isEmpty();
      assertThat(check(m -> m.template("welcome"), Locale.GERMAN, Locale.FRENCH))
          .containsExactly(
              "! steps.welcome.template: the text of template 'welcome': at line 1, column 9: the"
                  + " tag '{{name}}' is never closed");
    }

    @Test
    void ofEachLocaleThatTheSourceHasAreChecked() {
      Template good = Template.of("s", "Hi").html("<p>Hi</p>");
      TemplateSource some =
          TemplateSource.of(
              Map.of(
                  "welcome",
                  good,
                  "welcome.fr",
                  good,
                  "welcome.de-AT",
                  Template.of("s", "Servus {{name"),
                  "welcome-back.de",
                  Template.of("s", "{{name")));
      Sequence sequence =
          Sequence.named("s").email("welcome", mail -> mail.template("welcome")).build();
      assertThat(new PublishCheck(some, new MustacheRenderer(), List.of()).check(sequence))
          .extracting(Problem::toString)
          .containsExactly(
              "steps.welcome.template: the text of template 'welcome' for locale de-AT: at line 1,"
                  + " column 10: the tag '{{name}}' is never closed");
    }

    @Test
    void ofOneLocaleWithoutAWayToUnsubscribeAreAFault() {
      TemplateSource some =
          TemplateSource.of(
              Map.of(
                  "news", Template.of("s", "Unsubscribe: {{u}}"),
                  "news.fr", Template.of("s", "Unsubscribe: {{u}}"),
                  "news.de", Template.of("s", "Hallo")));
      Sequence sequence =
          Sequence.named("s").email("news", mail -> mail.template("news").bulk()).build();
      assertThat(new PublishCheck(some, new MustacheRenderer(), List.of()).check(sequence))
          .singleElement()
          .asString()
          .startsWith(
              "steps.news: bulk mail needs a way to unsubscribe, but that for locale de has");
    }

    @Test
    void inAnotherEncodingAreAFault() {
      templates.put("welcome", Template.of("s", "Gr\uFFFD\uFFFDe"));
      assertThat(check(m -> m.template("welcome")))
          .containsExactly(
              "! steps.welcome.template: the text of template 'welcome' has the character U+FFFD,"
                  + " which stands for one that could not be read: save it as UTF-8");
    }

    @Test
    void areNotToldTwice() {
      templates.put("welcome", Template.of("s", "{{#a}}"));
      assertThat(check(m -> m.template("welcome"), Locale.GERMAN, Locale.FRENCH)).hasSize(1);
    }

    @Test
    void thatAreNoTemplatesAreAFaultWithTheirLine() {
      assertThat(check(m -> m.subject("{{").text("a\n{{/x}}").html("{{>x}}")))
          .containsExactly(
              "! steps.welcome.subject: the subject of the definition: at line 1, column 3: the tag"
                  + " '{{}}' is never closed",
              "! steps.welcome.text: the text of the definition: at line 2, column 3: the tag"
                  + " '{{/x}}' closes a section that was not opened",
              "! steps.welcome.html: the HTML of the definition: at line 1, column 3: the tag"
                  + " '{{>x}}' includes another template, which is not supported: copy it in");
    }

    @Test
    void thatAreMissingAreFaults() {
      assertThat(check(m -> {}))
          .containsExactly(
              "! steps.welcome.subject: the mail has no subject: give it or its template one",
              "! steps.welcome: the mail has neither text nor HTML: give it or its template one");
      templates.put(
          "bodies", new Template(Optional.empty(), Optional.of("t"), Optional.empty(), ""));
      assertThat(check(m -> m.template("bodies"))).hasSize(1);
      assertThat(check(m -> m.template("bodies").subject("s"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nBcc: x", "a\0b", "{{#x}}\na\n{{/x}}"})
    void ofASubjectAreOneLine(String subject) {
      assertThat(check(m -> m.subject(subject).text("t")))
          .hasSize(1)
          .first()
          .asString()
          .startsWith(
              "! steps.welcome.subject: the subject of the definition must be one line, but has the"
                  + " character U+00");
    }

    @Test
    void ofASubjectMayEndWithALine() {
      assertThat(check(m -> m.subject("Hi {{! a\n comment }}{{x}}\n").text("t"))).isEmpty();
    }

    @Test
    void thatCannotBeReadNowAreAFault() {
      failure = new IllegalStateException("secret");
      assertThat(check(m -> m.template("welcome").attach("a.pdf")))
          .containsExactly(
              "! steps.welcome.attachments[0]: the template source failed on file 'a.pdf' with"
                  + " java.lang.IllegalStateException",
              "! steps.welcome.template: the template source failed on template 'welcome' with"
                  + " java.lang.IllegalStateException");
      failure = new IllegalArgumentException("secret");
      assertThat(check(m -> m.template("../welcome").attach("../a.pdf")))
          .containsExactly(
              "! steps.welcome.attachments[0]: the template source takes no file named"
                  + " '../a.pdf': rename it",
              "! steps.welcome.template: the template source takes no template named '../welcome':"
                  + " name one that it has");
    }

    @Test
    void thatTheRendererFailsOnAreAFault() {
      MailRenderer broken =
          new MailRenderer() {
            @Override
            public String render(String template, Format format, Map<String, Object> values) {
              throw new IllegalStateException("secret");
            }

            @Override
            public Set<String> variables(String template) {
              throw new IllegalStateException("secret");
            }
          };
      assertThat(
              new PublishCheck(source, broken, List.of())
                  .check(
                      "mail", MailSpec.describe(PublishCheckTest::plain), MailKind.PERSONAL, false))
          .containsExactly(
              Problem.fault(
                  "mail.subject",
                  "the renderer failed on the subject of the definition with"
                      + " java.lang.IllegalStateException"),
              Problem.fault(
                  "mail.text",
                  "the renderer failed on the text of the definition with"
                      + " java.lang.IllegalStateException"));
    }
  }

  @Nested
  class Lints {
    @Test
    void nameTheStepOrItsTemplate() {
      templates.put("welcome", Template.of("[NAME]", "http://x.example").html("<img>"));
      assertThat(check(m -> m.template("welcome").text("lorem ipsum {{name}}")))
          .containsExactly(
              "- steps.welcome.template: the subject of template 'welcome' has '[NAME]', which"
                  + " looks like a placeholder that was left over: put a variable such as {{name}}"
                  + " or the real text there",
              "- steps.welcome.text: the text of the definition has 'lorem ipsum', which looks like"
                  + " a placeholder that was left over: put a variable such as {{name}} or the real"
                  + " text there",
              "- steps.welcome.template: the HTML of template 'welcome' has an image without"
                  + " alternative text, the first is '': add alt=\"...\", empty for mere"
                  + " decoration");
    }

    @Test
    void tellOfAnEmptySubject() {
      assertThat(check(m -> m.subject(" ").text("t")))
          .containsExactly(
              "- steps.welcome.subject: the subject of the definition is empty: write what the mail"
                  + " is about");
    }

    @Test
    void tellOfHtmlWithoutText() {
      assertThat(check(m -> m.subject("s").html("<p>x</p>"))).hasSize(1);
    }

    @Test
    void tellOfHtmlThatIsCut() {
      assertThat(check(m -> plain(m).html("x".repeat(104_448)))).isEmpty();
      assertThat(check(m -> plain(m).html("x".repeat(104_449)))).hasSize(1);
    }

    @Test
    void leaveTagsAlone() {
      assertThat(
              check(
                  m ->
                      plain(m)
                          .html(
                              "{{#a}}<a href=\"{{{url}}}\">{{! http://x }}x</a>{{/a}}{{^a}}<img"
                                  + " {{#b}}alt=\"b\"{{/b}}>{{/a}}")))
          .isEmpty();
    }

    @Test
    void knowTheInlineImagesOfTheMail() {
      files.put("l.png", new byte[1]);
      assertThat(check(m -> plain(m).html("<img src='cid:logo' alt=''>").inline("logo", "l.png")))
          .isEmpty();
      assertThat(check(m -> plain(m).html("<img src='cid:logo' alt=''>"))).hasSize(1);
    }
  }

  @Nested
  class Threads {
    @Test
    void withoutAnEarlierMailAreAFault() {
      assertThat(check(m -> m.text("t").inThread()))
          .containsExactly(
              "! steps.welcome.inThread: a mail in a thread answers an earlier e-mail, but none"
                  + " comes before it: take inThread out");
      Sequence waiting =
          Sequence.named("s")
              .waitFor(Delay.days(1))
              .email("a", m -> m.text("t").inThread())
              .build();
      assertThat(check(waiting)).hasSize(1);
    }

    @Test
    void withASubjectOfTheirOwnAreALint() {
      Sequence sequence =
          Sequence.named("s")
              .email("a", PublishCheckTest::plain)
              .email("b", m -> plain(m).inThread())
              .build();
      assertThat(check(sequence))
          .containsExactly(
              "- steps.b.subject: a mail in a thread is called 'Re: ' and the subject of the first,"
                  + " so its own is not shown: take it or inThread out");
    }

    @Test
    void followTheOrderInWhichStepsAreReached() {
      Sequence backwards =
          Sequence.named("s")
              .step(new Step.Wait("wait", Optional.of("first"), Delay.days(1)))
              .step(
                  new Step.Email(
                      "second", Optional.of("end"), MailSpec.describe(m -> m.text("t").inThread())))
              .step(
                  new Step.Email(
                      "first", Optional.of("second"), MailSpec.describe(PublishCheckTest::plain)))
              .step(new Step.Wait("end", Optional.empty(), Delay.days(1)))
              .build();
      assertThat(check(backwards)).isEmpty();
    }
  }

  @Nested
  class Bulk {
    private List<String> bulk(Consumer<MailSpec> mail) {
      return check(Sequence.named("s").kind(MailKind.BULK).email("welcome", mail).build());
    }

    @Test
    void withoutAWayToUnsubscribeIsAFault() {
      String fault =
          "! steps.welcome: bulk mail needs a way to unsubscribe, but has neither a"
              + " List-Unsubscribe header nor a link that is called so: add the header with an"
              + " https address in angle brackets, or a link";
      assertThat(bulk(PublishCheckTest::plain)).containsExactly(fault);
      assertThat(check(m -> plain(m).bulk())).containsExactly(fault);
      assertThat(bulk(m -> plain(m).header("List-Unsubscribe", " "))).containsExactly(fault);
      assertThat(bulk(m -> plain(m).header("X-Unsubscribe", "<https://x>"))).containsExactly(fault);
    }

    @Test
    void withAHeaderOrALinkIsNot() {
      assertThat(bulk(m -> plain(m).header("list-unsubscribe", "<{{u}}>"))).isEmpty();
      assertThat(bulk(m -> m.subject("s").text("Unsubscribe: {{u}}"))).isEmpty();
      assertThat(bulk(m -> plain(m).html("<a href='{{u}}'>Unsubscribe</a>"))).isEmpty();
      assertThat(bulk(m -> plain(m).personal())).isEmpty();
      assertThat(bulk(m -> plain(m).transactional())).isEmpty();
    }

    @Test
    void withAnUnknownTemplateHasOneFaultOnly() {
      assertThat(bulk(m -> m.template("nope"))).hasSize(1);
    }
  }

  @Nested
  class Headers {
    @ParameterizedTest
    @ValueSource(strings = {"Subject", "to", "BCC", "Message-Id", "X A", "X\r\nBcc", "é"})
    void thatAreReservedOrMalformedAreFaults(String name) {
      assertThat(check(m -> plain(m).header(name, "x")))
          .hasSize(1)
          .first()
          .asString()
          .startsWith("! steps.welcome.headers: ");
    }

    @Test
    void areGivenOnce() {
      assertThat(check(m -> plain(m).header("X-A", "1").header("x-a", "2")))
          .containsExactly(
              "! steps.welcome.headers.x-a: a header is given once, but this one comes again: take"
                  + " one out");
    }

    @Test
    void areTemplatesOfOneLine() {
      assertThat(check(m -> plain(m).header("X-A", "{{x").header("X-B", "a\nb")))
          .containsExactly(
              "! steps.welcome.headers.X-A: the header 'X-A': at line 1, column 3: the tag"
                  + " '{{x}}' is never closed",
              "! steps.welcome.headers.X-B: the header 'X-B' must be one line, but has the"
                  + " character U+000A at position 1: mend it or the data that fills it");
    }
  }

  @Nested
  class Files {
    @Test
    void thatAreMissingAreFaults() {
      files.put("a.pdf", new byte[1]);
      assertThat(check(m -> plain(m).attach("a.pdf").attach("b.pdf")))
          .containsExactly(
              "! steps.welcome.attachments[1]: there is no file 'b.pdf': add it to the template"
                  + " source");
    }

    @Test
    void haveContentIdsOfTheirOwn() {
      files.put("a.png", new byte[1]);
      assertThat(
              check(m -> plain(m).inline("a", "a.png").inline("a", "a.png").inline("b c", "a.png")))
          .containsExactly(
              "! steps.welcome.attachments[1]: a content id names one inline image, but 'a' names"
                  + " two: rename one",
              "! steps.welcome.attachments[2]: a content id must be 1 to 200 printable characters"
                  + " of ASCII without angle brackets, but is 'b c'");
    }
  }

  @Test
  void theNameOfTheContactIsReserved() {
    assertThat(check(m -> plain(m).defaultValue("contact", "x")))
        .containsExactly(
            "! steps.welcome.defaults: the variable 'contact' always means the contact and has no"
                + " default: name it otherwise");
  }

  @Test
  void everythingIsToldAtOnce() {
    Sequence sequence =
        Sequence.named("s")
            .email("a", m -> m.template("nope").attach("nope.pdf").header("Bcc", "x"))
            .email("b", m -> m.subject("{{#x}}"))
            .build();
    assertThat(check(sequence)).hasSize(5);
  }
}
