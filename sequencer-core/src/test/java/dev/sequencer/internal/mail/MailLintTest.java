package dev.sequencer.internal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sequencer.Problem;
import dev.sequencer.spi.Attachment;
import dev.sequencer.spi.OutgoingMail;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailLintTest {
  private static final ComposedMail.TemplateMark MARK =
      new ComposedMail.TemplateMark(Optional.empty(), "", "");

  private static List<Problem> lints(
      String subject, Optional<String> text, Optional<String> html, Attachment... files) {
    return MailLint.of(
        new ComposedMail(
            new OutgoingMail.Content(subject, text, html, List.of(files), Map.of()),
            OutgoingMail.Addresses.NONE,
            MARK,
            0));
  }

  private static List<String> inText(String text) {
    return lints("s", Optional.of(text), Optional.empty()).stream().map(Problem::toString).toList();
  }

  private static List<String> inHtml(String html, Attachment... files) {
    return lints("s", Optional.of("t"), Optional.of(html), files).stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void aGoodMailHasNone() {
    assertThat(
            lints(
                "Your order 42",
                Optional.of("Hi Ann,\nsee https://acme.example/o?id=42 [1] 100% {ok}"),
                Optional.of(
                    "<!doctype html><html xmlns=\"http://www.w3.org/1999/xhtml\"><style>@media"
                        + " x{a{b:c}}</style><!--[if MSO]><p><![endif]--><a"
                        + " href=\"https://acme.example/%E2%80%94\">go</a><img"
                        + " src='https://acme.example/a.png' alt=''><a href='mailto:a@b'>m</a>")))
        .isEmpty();
  }

  @Test
  void allAreLints() {
    assertThat(lints(" ", Optional.empty(), Optional.of("<img>")))
        .extracting(Problem::severity)
        .containsOnly(Problem.Severity.LINT)
        .hasSize(3);
  }

  @Test
  void anEmptySubjectIsFound() {
    assertThat(lints(" ", Optional.of("t"), Optional.empty()))
        .containsExactly(
            Problem.lint("subject", "the subject is empty: write what the mail is about"));
  }

  @Test
  void htmlWithoutTextIsFound() {
    assertThat(lints("s", Optional.empty(), Optional.of("<p>x</p>")))
        .containsExactly(
            Problem.lint(
                "html",
                "the HTML has no text beside it: add one for readers and filters that show no"
                    + " HTML"));
    assertThat(lints("s", Optional.of("x"), Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[NAME]", "[FIRST NAME]", "[Your name]", "[company]", "[insert link here]", "%FIRSTNAME%",
        "%LAST_NAME%", "%%first_name%%", "*|FNAME|*", "<<Name>>", "${name}", "lorem ipsum",
        "Lorem  Ipsum", "{{", "}}"
      })
  void aPlaceholderThatWasLeftOverIsFound(String placeholder) {
    String message =
        "the text has '"
            + placeholder
            + "', which looks like a placeholder that was left over: put a variable such as"
            + " {{name}} or the real text there";
    assertThat(inText("Hi " + placeholder + ", welcome")).containsExactly("text: " + message);
    assertThat(lints("Hi " + placeholder, Optional.of("t"), Optional.empty()))
        .containsExactly(Problem.lint("subject", message.replace("the text", "the subject")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "[x]",
        "[A]",
        "100%",
        "50% OFF AND 20%",
        "%20%E2",
        "a < b > c",
        "$5",
        "{a}",
        "lorem",
        "(NAME)",
        "[see below]"
      })
  void otherBracketsAreNot(String text) {
    assertThat(inText(text)).isEmpty();
  }

  @Test
  void aPlaceholderIsFoundInWhatHtmlShows() {
    assertThat(inHtml("<p>Hi [NAME]</p>")).hasSize(1).first().asString().contains("[NAME]");
    assertThat(inHtml("<a href='https://x/%FIRSTNAME%' title='y'>z</a>")).hasSize(1);
    assertThat(inHtml("<img src=x alt='[COMPANY]'>")).hasSize(1);
    assertThat(inHtml("<p>{{name}}</p>")).hasSize(1).first().asString().contains("has '{{name}}'");
    assertThat(inHtml("<p>Hi {{name</p>")).hasSize(1);
  }

  @Test
  void aLinkThatIsNotHttpsIsFoundOnceWithoutWhatFollowsThePath() {
    assertThat(inText("see http://acme.example/a?user=ann and http://acme.example/a?user=bo"))
        .containsExactly(
            "text: the text has the link 'http://acme.example/a', which is not safe: use https");
    assertThat(
            inHtml(
                "<a href=' HTTP://a.example '>x</a><img src=http://b.example/ alt=x><td"
                    + " background='http://c.example'>"))
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost", "https://localhost:8080/x", "http://app.localhost/",
            "http://127.0.0.1/x",
        "https://127.1.2.3", "http://0.0.0.0:80", "http://[::1]/", "//localhost/x",
        "http://user@localhost/"
      })
  void aLinkToTheReadersOwnMachineIsFound(String link) {
    assertThat(inHtml("<a href=\"" + link + "\">x</a>"))
        .containsExactly(
            "html: the HTML has the link '"
                + link
                + "', which leads to the reader's own machine: use a public address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost.example/",
        "https://acme.example/localhost",
        "https://notlocalhost/",
        "mailto:a@localhost",
        "#localhost",
        "tel:127001",
        "https://1127.0.0.1.example"
      })
  void otherLinksAreNot(String link) {
    assertThat(inHtml("<a href=\"" + link + "\">x</a>")).isEmpty();
  }

  @Test
  void noMoreThan20LinksAreNamed() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      text.append("http://a").append(i).append(".example ");
    }
    assertThat(inText(text.toString())).hasSize(20);
  }

  @Test
  void anInlineImageThatIsMissingIsFound() {
    Attachment logo = Attachment.inline("logo", "l.png", "image/png", new byte[0]);
    assertThat(inHtml("<img src='cid:logo' alt=''>", logo)).isEmpty();
    assertThat(inHtml("<img src='CID:logo2' alt=''>", logo))
        .containsExactly(
            "html: the HTML shows 'cid:logo2', but no inline image has that content id: add it, or"
                + " did you mean 'cid:logo'?");
    assertThat(inHtml("<img src='cid:zzzzzzzz' alt=''>", logo))
        .containsExactly(
            "html: the HTML shows 'cid:zzzzzzzz', but no inline image has that content id: add it");
    assertThat(inHtml("<p style=\"background:url('cid:bg')\">")).hasSize(1);
    assertThat(inHtml("<style>p{background:url( cid:bg )}</style>")).hasSize(1);
    assertThat(inHtml("<img src='cid:{{id}}' alt=''>")).isEmpty();
    Attachment file = Attachment.of("logo", "image/png", new byte[0]);
    assertThat(inHtml("<img src='cid:logo' alt=''>", file)).hasSize(1);
  }

  @Test
  void imagesWithoutAlternativeTextAreFound() {
    assertThat(inHtml("<img src='https://x/a.png?u=1'>"))
        .containsExactly(
            "html: the HTML has an image without alternative text, the first is 'https://x/a.png':"
                + " add alt=\"...\", empty for mere decoration");
    assertThat(inHtml("<img><IMG SRC=b><img alt>"))
        .containsExactly(
            "html: the HTML has 2 images without alternative text, the first is '': add"
                + " alt=\"...\", empty for mere decoration");
  }

  @Test
  void htmlThatGmailCutsIsFound() {
    assertThat(inHtml("x".repeat(102 * 1024))).isEmpty();
    assertThat(inHtml("x".repeat(102 * 1024 + 1)))
        .containsExactly(
            "html: the HTML should have at most 104448 bytes (102 kB), behind which Gmail cuts it,"
                + " but has 104449");
    assertThat(inHtml("é".repeat(51 * 1024))).isEmpty();
    assertThat(inHtml("é".repeat(51 * 1024) + "x")).hasSize(1);
  }

  @Test
  void aWayToUnsubscribeIsFound() {
    for (String html :
        List.of(
            "<a href='https://x/unsubscribe/1'>here</a>",
            "<a href='https://x/1'>Unsubscribe</a>",
            "<a href='https://x/1'>Click to <b>UNSUBSCRIBE</b></a>",
            "<a href='{{unsubscribe_url}}'>x</a>",
            "<a href='mailto:u@x?subject=unsubscribe'>x</a>",
            "<a href='https://x/1'>Vom Newsletter abmelden</a>",
            "{{#u}}<a href='{{.}}'>Se désabonner</a>{{/u}}")) {
      assertThat(MailLint.unsubscribes(Optional.empty(), Optional.of(html))).as(html).isTrue();
    }
    for (String text :
        List.of(
            "Unsubscribe: https://x/1",
            "No more mail?\nhttps://x/unsub/1",
            "{{unsubscribe_url}}",
            "Abmelden: {{url}}")) {
      assertThat(MailLint.unsubscribes(Optional.of(text), Optional.empty())).as(text).isTrue();
    }
  }

  @Test
  void noWayToUnsubscribeIsFoundWhereThereIsNone() {
    for (String html :
        List.of(
            "",
            "<p>Unsubscribe</p>",
            "<a href='https://x/1'>Shop</a> To unsubscribe, answer this mail",
            "<a href='#'>Unsubscribe</a>",
            "<a>Unsubscribe</a>",
            "<!-- <a href='https://x/unsubscribe'>x</a> -->",
            "<img src='https://x/unsubscribe' alt=''>")) {
      assertThat(MailLint.unsubscribes(Optional.empty(), Optional.of(html))).as(html).isFalse();
    }
    for (String text :
        List.of("", "Unsubscribe by answering", "Unsubscribe\n\nhttps://x/1", "https://x/1")) {
      assertThat(MailLint.unsubscribes(Optional.of(text), Optional.empty())).as(text).isFalse();
    }
    assertThat(MailLint.unsubscribes(Optional.empty(), Optional.empty())).isFalse();
  }

  @Test
  @Timeout(60)
  void anyMailIsLookedAt() {
    long seed = 5;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String[] pieces = {
      "[",
      "]",
      "{{",
      "}}",
      "%",
      "NAME",
      "<a href=",
      "http://",
      "localhost",
      "'",
      "\"",
      ">",
      "cid:",
      "<img ",
      "url(",
      "*|",
      "|*",
      "my ",
      "[my",
      "\n",
      "\n\n",
      "unsub",
      "?",
      "#",
      "::1",
      "127.0.0.1",
      "<style>",
      "é",
      "\uD83D"
    };
    for (int run = 0; run < 4_000; run++) {
      StringBuilder mail = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        mail.append(pieces[random.nextInt(pieces.length)]);
      }
      String text = mail.toString();
      try {
        assertThat(lints(text, Optional.of(text), Optional.of(text)))
            .isEqualTo(lints(text, Optional.of(text), Optional.of(text)));
      } catch (RuntimeException | StackOverflowError e) {
        fail("seed " + seed + ", run " + run + ": '" + text + "'", e);
      }
    }
    for (String piece : pieces) {
      String text = piece.repeat(50_000 / piece.length());
      lints("s", Optional.of(text), Optional.of(text));
    }
  }
}
