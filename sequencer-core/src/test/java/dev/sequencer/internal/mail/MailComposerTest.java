package dev.sequencer.internal.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.EmailAddress;
import dev.sequencer.MailKind;
import dev.sequencer.MailSpec;
import dev.sequencer.Problem;
import dev.sequencer.RenderedMail;
import dev.sequencer.spi.Attachment;
import dev.sequencer.spi.MailRenderer;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailComposerTest {
  private static final Contact ANN =
      Contact.of("Ann Lee <ann@acme.example>").id("u-1").zone("Europe/Berlin").locale("de-AT");

  private static final TemplateSource SOURCE =
      new TemplateSource() {
        @Override
        public Optional<Template> template(String name, Locale locale) {
          return switch (name) {
            case "welcome" ->
                Optional.of(
                    new Template(
                        Optional.of("Welcome {{name}}"),
                        Optional.of("Hi {{name}}"),
                        Optional.of("<p>Hi {{name}}</p>"),
                        locale.getLanguage().equals("de") ? "de" : ""));
            case "no-subject" ->
                Optional.of(
                    new Template(Optional.empty(), Optional.of("text"), Optional.empty(), ""));
            case "no-body" ->
                Optional.of(new Template(Optional.of("s"), Optional.empty(), Optional.empty(), ""));
            case "broken" -> throw new UncheckedIOException(new java.io.IOException("secret"));
            case "../x" -> throw new IllegalArgumentException("outside");
            default -> Optional.empty();
          };
        }

        @Override
        public Optional<byte[]> file(String name) {
          return switch (name) {
            case "docs/offer.pdf" -> Optional.of(new byte[] {1, 2, 3});
            case "logo.PNG" -> Optional.of(new byte[5]);
            case "broken" -> throw new IllegalStateException("secret");
            case "../x" -> throw new IllegalArgumentException("outside");
            default -> Optional.empty();
          };
        }
      };

  private final MailComposer composer = new MailComposer(SOURCE, new MustacheRenderer());

  private static MailRequest request(Consumer<MailSpec> mail) {
    return MailRequest.of(MailSpec.describe(mail), MailKind.PERSONAL, ANN);
  }

  private ComposedMail composed(MailRequest request) {
    Composition answer = composer.compose(request);
    assertThat(answer).isInstanceOf(Composition.Composed.class);
    return ((Composition.Composed) answer).mail();
  }

  private ComposedMail composed(Consumer<MailSpec> mail) {
    return composed(request(mail));
  }

  private String refused(MailRequest request) {
    Composition answer = composer.compose(request);
    assertThat(answer).isInstanceOf(Composition.Refused.class);
    return ((Composition.Refused) answer).reason();
  }

  private String refused(Consumer<MailSpec> mail) {
    return refused(request(mail));
  }

  private static MailSpec plain(MailSpec mail) {
    return mail.subject("s").text("t");
  }

  @Nested
  class Texts {
    @Test
    void comeFromTheTemplate() {
      ComposedMail mail = composed(m -> m.template("welcome"));
      assertThat(mail.subject()).isEqualTo("Welcome Ann Lee");
      assertThat(mail.content().text()).contains("Hi Ann Lee");
      assertThat(mail.content().html()).contains("<p>Hi Ann Lee</p>");
    }

    @Test
    void ofTheDefinitionWinOverTheTemplates() {
      ComposedMail mail = composed(m -> m.template("welcome").subject("Mine").text("my text"));
      assertThat(mail.subject()).isEqualTo("Mine");
      assertThat(mail.content().text()).contains("my text");
      assertThat(mail.content().html()).contains("<p>Hi Ann Lee</p>");
      assertThat(composed(m -> m.template("welcome").html("<b>")).content().html()).contains("<b>");
    }

    @Test
    void needNoTemplate() {
      ComposedMail mail = composed(m -> m.subject("s").html("<p>h</p>"));
      assertThat(mail.content().text()).isEmpty();
      assertThat(mail.template().name()).isEmpty();
    }

    @Test
    void areEscapedInHtmlOnly() {
      Contact contact = ANN.name("A & <B>");
      ComposedMail mail =
          composed(
              MailRequest.of(
                  MailSpec.describe(m -> m.template("welcome")), MailKind.PERSONAL, contact));
      assertThat(mail.subject()).isEqualTo("Welcome A & <B>");
      assertThat(mail.content().text()).contains("Hi A & <B>");
      assertThat(mail.content().html()).contains("<p>Hi A &amp; &lt;B&gt;</p>");
    }

    @Test
    void areMarkedByNameLocaleAndHash() {
      MailRequest request = request(m -> m.template("welcome"));
      ComposedMail.TemplateMark mark = composed(request).template();
      assertThat(mark.name()).contains("welcome");
      assertThat(mark.locale()).isEqualTo("de");
      assertThat(mark.hash()).matches("[0-9a-f]{16}");
      assertThat(composed(request.data(Attributes.of(Map.of("name", "Bo")))).template())
          .isEqualTo(mark);
      assertThat(composed(request.locale(Locale.ROOT)).template().locale()).isEmpty();
      assertThat(composed(m -> m.template("welcome").subject("other")).template().hash())
          .isNotEqualTo(mark.hash());
    }

    @Test
    void thatAreSplitOtherwiseHaveAnotherHash() {
      assertThat(composed(m -> m.subject("s").text("ab").html("c")).template().hash())
          .isNotEqualTo(composed(m -> m.subject("s").text("a").html("bc")).template().hash());
      assertThat(composed(m -> m.subject("s").text("a")).template().hash())
          .isNotEqualTo(composed(m -> m.subject("s").html("a")).template().hash());
    }

    @Test
    void areCountedInBytesWithTheFiles() {
      ComposedMail mail =
          composed(m -> m.subject("é").text("ab").html("€").attach("docs/offer.pdf"));
      assertThat(mail.size()).isEqualTo(2 + 2 + 3 + 3);
    }

    @Test
    void thatAreMissingHereMayComeLater() {
      assertUnavailable(
          composer.compose(request(m -> m.template("nope"))),
          "there is no template 'nope' for locale de-AT or a more general one: add it to the"
              + " source");
      assertUnavailable(
          composer.compose(request(m -> m.template("nope")).locale(Locale.ROOT)),
          "there is no template 'nope': add it to the source");
      assertUnavailable(
          composer.compose(request(m -> plain(m).attach("nope.pdf"))),
          "there is no file 'nope.pdf': add it to the template source");
    }

    @Test
    void thatCannotBeUsedFailTheMail() {
      assertThat(refused(m -> m.template("../x")))
          .isEqualTo("the template source takes no template named '../x': name one that it has");
      assertThat(refused(m -> m.template("no-body")))
          .isEqualTo("the mail has neither text nor HTML: give it or its template one");
      assertThat(refused(m -> m.template("no-subject")))
          .isEqualTo("the mail has no subject: give it or its template one");
    }

    @Test
    void withAVariableThatHasNoValueFailTheMail() {
      assertThat(refused(m -> m.subject("Hi {{town}}").text("t")))
          .startsWith("the subject of the definition: variable 'town' at line 1 has no value");
      assertThat(refused(m -> m.subject("s").text("\n{{town}}")))
          .startsWith("the text of the definition: variable 'town' at line 2 has no value");
      assertThat(refused(m -> m.template("welcome").html("{{#x}}")))
          .startsWith("the HTML of the definition: at line 1, column 3:");
      MailRequest nobody =
          MailRequest.of(
              MailSpec.describe(m -> m.template("welcome")),
              MailKind.PERSONAL,
              Contact.of("bo@acme.example"));
      assertThat(refused(nobody))
          .startsWith("the subject of template 'welcome': variable 'name' at line 1 has no value");
    }

    @Test
    void thatAreFilledWithNothingFailTheMailUnlessAFileGoesWithIt() {
      assertThat(refused(m -> m.subject("s").text(" {{#x}}y{{/x}}\n").html("{{#x}}y{{/x}}")))
          .isEqualTo(
              "the mail must say something, but its text and HTML are blank when they are filled");
      assertThat(composed(m -> m.subject("s").text("").attach("docs/offer.pdf")).content().text())
          .contains("");
    }
  }

  @Nested
  class Values {
    @Test
    void areLaidOverEachOther() {
      Contact contact = ANN.attribute("b", "contact").attribute("c", "contact");
      MailRequest request =
          new MailRequest(
              MailSpec.describe(
                  m ->
                      m.subject("s")
                          .text("{{a}} {{b}} {{c}} {{d}}")
                          .defaultValue("a", "default")
                          .defaultValue("b", "default")
                          .defaultValue("c", "default")
                          .defaultValue("d", "default")),
              MailKind.PERSONAL,
              contact,
              Attributes.of(Map.of("c", "data", "d", "data")),
              Attributes.of(Map.of("d", "fresh")),
              Locale.ROOT,
              Optional.empty());
      assertThat(composed(request).content().text()).contains("default contact data fresh");
    }

    @Test
    void showTheContact() {
      assertThat(
              composed(
                      m ->
                          plain(m)
                              .text(
                                  "{{name}} {{email}} {{contact.email}} {{contact.id}}"
                                      + " {{contact.name}} {{contact.zone}} {{contact.locale}}"))
                  .content()
                  .text())
          .contains("Ann Lee ann@acme.example ann@acme.example u-1 Ann Lee Europe/Berlin de-AT");
    }

    @Test
    void ofAContactThatAreUnknownAreMissing() {
      MailRequest request =
          MailRequest.of(
              MailSpec.describe(m -> plain(m).text("{{^contact.zone}}none{{/contact.zone}}")),
              MailKind.PERSONAL,
              Contact.of("bo@acme.example"));
      assertThat(composed(request).content().text()).contains("none");
    }

    @Test
    void ofTheContactCannotBeReplaced() {
      MailRequest request =
          request(m -> plain(m).text("{{contact.email}} {{name}} {{email}}"))
              .data(
                  Attributes.of(
                      Map.of("contact", "x", "name", "Given", "email", "shown@acme.example")));
      assertThat(composed(request).content().text())
          .contains("ann@acme.example Given shown@acme.example");
    }

    @Test
    void ofTheContactWinOverDefaults() {
      Consumer<MailSpec> greeting = m -> plain(m).text("{{name}}").defaultValue("name", "there");
      assertThat(composed(greeting).content().text()).contains("Ann Lee");
      assertThat(
              composed(
                      MailRequest.of(
                          MailSpec.describe(greeting),
                          MailKind.PERSONAL,
                          Contact.of("bo@acme.example")))
                  .content()
                  .text())
          .contains("there");
    }

    @Test
    void withDotsInTheirNamesCanHaveDefaults() {
      assertThat(
              composed(m -> plain(m).text("{{company.name}}").defaultValue("company.name", "you"))
                  .content()
                  .text())
          .contains("you");
    }
  }

  @Nested
  class Subjects {
    @Test
    void areStripped() {
      assertThat(composed(m -> m.subject("  Hi {{name}} \n").text("t")).subject())
          .isEqualTo("Hi Ann Lee");
    }

    @Test
    void thatAreEmptyFailTheMail() {
      assertThat(refused(m -> m.subject("{{#x}}y{{/x}} ").text("t")))
          .isEqualTo("the subject of the definition must not be empty, but is when it is filled");
      assertThat(refused(m -> m.subject("").text("t"))).contains("must not be empty");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"Q\r\nBcc: evil@x.example", "Q\nQ", "Q\rQ", "Q\u0085Q", "Q\u001bQ", "Q\n"})
    void withAControlCharacterFailTheMailWithoutBeingShown(String name) {
      MailRequest request =
          request(m -> m.subject("Hi {{n}}").text("t")).data(Attributes.of(Map.of("n", name)));
      assertThat(refused(request))
          .startsWith("the subject of the definition must be one line, but has the character U+00")
          .endsWith("at position 4: mend it or the data that fills it")
          .doesNotContain("evil")
          .doesNotContain("Q");
    }

    @Test
    void ofTwoLinesFailTheMail() {
      assertThat(refused(m -> m.subject("one\ntwo").text("t")))
          .isEqualTo(
              "the subject of the definition must be one line, but has the character U+000A at"
                  + " position 3: mend it or the data that fills it");
    }

    @Test
    void ofMoreThan998CharactersFailTheMail() {
      assertThat(composed(m -> m.subject("x".repeat(998)).text("t")).subject()).hasSize(998);
      assertThat(refused(m -> m.subject("x".repeat(999)).text("t")))
          .isEqualTo(
              "the subject of the definition must have at most 998 characters, but has 999:"
                  + " shorten it or the data that fills it");
    }

    @Test
    void mayHaveEmojisAndTabs() {
      assertThat(composed(m -> m.subject("a\tb 😀").text("t")).subject()).isEqualTo("a\tb 😀");
      assertThat(refused(m -> m.subject("a\uD83D").text("t"))).contains("U+D83D");
    }
  }

  @Nested
  class Threads {
    @ParameterizedTest
    @CsvSource({
      "'Offer', 'Re: Offer'",
      "'Re: Offer', 'Re: Offer'",
      "'RE: Offer', 'Re: Offer'",
      "'re:Offer', 'Re: Offer'",
      "'Re: re: RE: Offer', 'Re: Offer'",
      "'Re[2]: Offer', 'Re: Offer'",
      "' Re : Offer', 'Re: Offer'",
      "'Reminder: Offer', 'Re: Reminder: Offer'",
      "'Fwd: Re: Offer', 'Re: Fwd: Re: Offer'",
      "'Re: ', 'Re:'",
      "'Regarding {{x}}', 'Re: Regarding {{x}}'"
    })
    void areCalledReAndTheFirstSubjectOnce(String first, String expected) {
      MailRequest request = request(m -> m.template("welcome").inThread()).inThreadOf(first);
      assertThat(composed(request).subject()).isEqualTo(expected);
    }

    @Test
    void winOverASubjectOfTheMailsOwn() {
      MailRequest request =
          request(m -> m.subject("{{missing}}").text("t").inThread()).inThreadOf("First");
      assertThat(composed(request).subject()).isEqualTo("Re: First");
    }

    @Test
    void thatDoNotExistLeaveTheMailItsOwnSubject() {
      assertThat(composed(m -> m.template("welcome").inThread()).subject())
          .isEqualTo("Welcome Ann Lee");
      assertThat(refused(m -> m.template("no-subject").inThread()))
          .isEqualTo(
              "the mail has no subject: give it or its template one; no earlier mail was sent"
                  + " whose thread it could answer");
    }

    @Test
    void areNotTrustedEither() {
      assertThat(refused(request(m -> plain(m).inThread()).inThreadOf("a\r\nBcc: evil@x.example")))
          .startsWith("the subject of the thread must be one line")
          .doesNotContain("evil");
    }
  }

  @Nested
  class Headers {
    @Test
    void areFilledAndKeepTheirOrder() {
      ComposedMail mail =
          composed(
              m -> plain(m).header("X-B", " {{name}}\n").header("X-A", "1").header("x-c", "é"));
      assertThat(mail.content().headers())
          .containsExactly(
              Map.entry("X-B", "Ann Lee"), Map.entry("X-A", "1"), Map.entry("x-c", "é"));
    }

    @Test
    void thatAreFilledWithNothingAreLeftOut() {
      assertThat(
              composed(m -> plain(m).header("X-A", "{{#x}}y{{/x}}").header("X-B", " "))
                  .content()
                  .headers())
          .isEmpty();
    }

    @Test
    void withALineBreakFailTheMailWithoutBeingShown() {
      MailRequest request =
          request(m -> plain(m).header("X-Name", "{{n}}"))
              .data(Attributes.of(Map.of("n", "secret\r\nBcc: evil@x.example")));
      assertThat(refused(request))
          .isEqualTo(
              "the header 'X-Name' must be one line, but has the character U+000D at position 6:"
                  + " mend it or the data that fills it");
    }

    @Test
    void withoutValueFailTheMail() {
      assertThat(refused(m -> plain(m).header("X-Name", "{{n}}")))
          .startsWith("the header 'X-Name': variable 'n' at line 1 has no value");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "From",
          "SENDER",
          "to",
          "Cc",
          "bcc",
          "Reply-To",
          "Date",
          "Subject",
          "Message-ID",
          "In-Reply-To",
          "References",
          "MIME-Version",
          "Content-Type",
          "content-x",
          "Received",
          "Return-Path",
          "DKIM-Signature",
          "Resent-To",
          "ARC-Seal",
          "X-Sequencer-Send-Key",
          "Authentication-Results"
        })
    void thatAreReservedFailTheMail(String name) {
      assertThat(refused(m -> plain(m).header(name, "x")))
          .startsWith("header '" + name + "' is written by Sequencer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X A", "X:A", "X\r\nBcc", "é", "X\0", "(x)"})
    void withAMalformedNameFailTheMail(String name) {
      assertThat(refused(m -> plain(m).header(name, "x")))
          .startsWith("the name of a header must be 1 to 76 letters");
    }

    @Test
    void mayHaveNamesOf76Characters() {
      assertThat(composed(m -> plain(m).header("x".repeat(76), "x")).content().headers())
          .hasSize(1);
      assertThat(refused(m -> plain(m).header("x".repeat(77), "x"))).contains("1 to 76");
    }
  }

  @Nested
  class OneClick {
    private Map<String, String> headers(MailKind kind, Consumer<MailSpec> mail) {
      return composed(MailRequest.of(MailSpec.describe(mail), kind, ANN)).content().headers();
    }

    @Test
    void isOfferedForBulkMailWithAnHttpsAddress() {
      assertThat(
              headers(
                  MailKind.BULK,
                  m ->
                      plain(m)
                          .header("List-Unsubscribe", "<mailto:u@x>, <https://x/{{contact.id}}>")))
          .containsExactly(
              Map.entry("List-Unsubscribe", "<mailto:u@x>, <https://x/u-1>"),
              Map.entry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
      assertThat(headers(MailKind.BULK, m -> plain(m).header("list-unsubscribe", "<HTTPS://x/1>")))
          .containsEntry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    @Test
    void isNotOfferedTwice() {
      assertThat(
              headers(
                  MailKind.BULK,
                  m ->
                      plain(m)
                          .header("list-unsubscribe-post", "List-Unsubscribe=One-Click")
                          .header("List-Unsubscribe", "<https://x/1>")))
          .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"<mailto:u@x>", "<http://x/1>", "https://x/1", "{{#x}}<https://x>{{/x}}"})
    void isNotOfferedWithoutAnHttpsAddress(String value) {
      assertThat(headers(MailKind.BULK, m -> plain(m).header("List-Unsubscribe", value)))
          .doesNotContainKey("List-Unsubscribe-Post");
    }

    @Test
    void isNotOfferedForOtherMail() {
      for (MailKind kind : List.of(MailKind.PERSONAL, MailKind.TRANSACTIONAL)) {
        assertThat(headers(kind, m -> plain(m).header("List-Unsubscribe", "<https://x/1>")))
            .hasSize(1);
      }
    }
  }

  @Nested
  class Files {
    @Test
    void areReadAndTyped() {
      List<Attachment> files =
          composed(m -> plain(m).attach("docs/offer.pdf").inline("logo", "logo.PNG"))
              .content()
              .attachments();
      assertThat(files).extracting(Attachment::name).containsExactly("offer.pdf", "logo.PNG");
      assertThat(files)
          .extracting(Attachment::contentType)
          .containsExactly("application/pdf", "image/png");
      assertThat(files.get(0).content()).containsExactly(1, 2, 3);
      assertThat(files.get(0).contentId()).isEmpty();
      assertThat(files.get(1).contentId()).contains("logo");
    }

    @ParameterizedTest
    @CsvSource({
      "a.pdf, application/pdf",
      "a.tar.GZ, application/gzip",
      "a.ics, text/calendar",
      "a.csv, text/csv",
      "a, application/octet-stream",
      "pdf, application/octet-stream",
      "a., application/octet-stream",
      "a.exe, application/octet-stream",
      "a.eml, application/octet-stream"
    })
    void areTypedByTheirEnding(String name, String type) {
      assertThat(ContentTypes.of(name)).isEqualTo(type);
    }

    @Test
    void thatAreMissingFailTheMail() {
      assertThat(refused(m -> plain(m).attach("../x")))
          .isEqualTo("the template source takes no file named '../x': name one that it has");
    }

    @Test
    void withAMalformedContentIdFailTheMail() {
      assertThat(refused(m -> plain(m).inline("a b", "logo.PNG")))
          .startsWith("a content id must be 1 to 200 printable characters");
    }
  }

  @Nested
  class CodeOfTheHost {
    @Test
    void thatFailsIsTriedAgain() {
      assertUnavailable(
          composer.compose(request(m -> m.template("broken"))),
          "the template source failed on template 'broken' with java.io.UncheckedIOException");
      assertUnavailable(
          composer.compose(request(m -> plain(m).attach("broken"))),
          "the template source failed on file 'broken' with java.lang.IllegalStateException");
    }

    @Test
    void thatGivesNullIsTriedAgain() {
      TemplateSource nothing =
          new TemplateSource() {
            @Override
            public Optional<Template> template(String name, Locale locale) {
              return null;
            }

            @Override
            public Optional<byte[]> file(String name) {
              return null;
            }
          };
      MailComposer over = new MailComposer(nothing, new MustacheRenderer());
      assertUnavailable(
          over.compose(request(m -> m.template("x"))),
          "the template source failed on template 'x' with java.lang.NullPointerException");
      assertUnavailable(
          over.compose(request(m -> plain(m).attach("x"))),
          "the template source failed on file 'x' with java.lang.NullPointerException");
    }

    @Test
    void thatRendersMayFailForGoodOrForNow() {
      assertUnavailable(
          new MailComposer(SOURCE, rendering(t -> t + "!", new IllegalStateException("secret")))
              .compose(request(m -> m.subject("fail").text("t"))),
          "the renderer failed on the subject of the definition with"
              + " java.lang.IllegalStateException");
      assertThat(
              new MailComposer(
                      SOURCE, rendering(t -> t + "!", new MailRenderer.RenderException("line 3")))
                  .compose(request(m -> m.subject("fail").text("t"))))
          .isEqualTo(new Composition.Refused("the subject of the definition: line 3"));
      assertThat(
              new MailComposer(SOURCE, rendering(t -> t + "!", new IllegalStateException()))
                  .compose(request(m -> plain(m))))
          .isInstanceOf(Composition.Composed.class);
    }

    private MailRenderer rendering(
        java.util.function.UnaryOperator<String> fill, RuntimeException failure) {
      return new MailRenderer() {
        @Override
        public String render(String template, Format format, Map<String, Object> values) {
          if (template.equals("fail")) {
            throw failure;
          }
          return fill.apply(template);
        }

        @Override
        public Set<String> variables(String template) {
          return Set.of();
        }
      };
    }
  }

  private static void assertUnavailable(Composition answer, String reason) {
    assertThat(answer).isInstanceOf(Composition.Unavailable.class);
    assertThat(((Composition.Unavailable) answer).reason()).isEqualTo(reason);
  }

  @Test
  void theOtherAddressesGoAlong() {
    ComposedMail mail =
        composed(m -> plain(m).cc("c@x.example").bcc("b@x.example").replyTo("r@x.example"));
    assertThat(mail.addresses().cc()).containsExactly(EmailAddress.of("c@x.example"));
    assertThat(mail.addresses().bcc()).containsExactly(EmailAddress.of("b@x.example"));
    assertThat(mail.addresses().replyTo()).containsExactly(EmailAddress.of("r@x.example"));
  }

  @Test
  void aMailCanBePreviewed() {
    Problem lint = Problem.lint("html", "x");
    RenderedMail preview =
        composed(m -> plain(m).attach("docs/offer.pdf").header("X-A", "1"))
            .preview(Optional.empty(), ANN.email(), List.of(lint));
    assertThat(preview.subject()).isEqualTo("s");
    assertThat(preview.to()).isEqualTo(ANN.email());
    assertThat(preview.attachments()).containsExactly("offer.pdf");
    assertThat(preview.headers()).containsEntry("X-A", "1");
    assertThat(preview.lints()).containsExactly(lint);
  }

  @Test
  void bytesOfAFileAreNotShared() {
    byte[] bytes = "x".getBytes(StandardCharsets.US_ASCII);
    TemplateSource one =
        new TemplateSource() {
          @Override
          public Optional<Template> template(String name, Locale locale) {
            return Optional.empty();
          }

          @Override
          public Optional<byte[]> file(String name) {
            return Optional.of(bytes);
          }
        };
    Composition answer =
        new MailComposer(one, new MustacheRenderer())
            .compose(request(m -> plain(m).attach("a.txt")));
    bytes[0] = 'y';
    assertThat(((Composition.Composed) answer).mail().content().attachments().get(0).content())
        .containsExactly('x');
  }
}
