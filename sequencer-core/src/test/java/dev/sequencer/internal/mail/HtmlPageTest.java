package dev.sequencer.internal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlPageTest {
  private static List<String> names(String html) {
    return HtmlPage.of(html).tags().stream().map(HtmlPage.Tag::name).toList();
  }

  private static Map<String, String> attributes(String html) {
    return HtmlPage.of(html).tags().get(0).attributes();
  }

  @Test
  void startTagsAreFound() {
    assertThat(names("<html><BODY class=a><p>x</p><br/><img src='a.png'></body>"))
        .containsExactly("html", "body", "p", "br", "img");
    assertThat(names("")).isEmpty();
    assertThat(names("a < b <3 <> < p> </p>")).isEmpty();
  }

  @Test
  void attributesAreReadInEveryForm() {
    assertThat(attributes("<a HREF=\"x > y\" title='it\"s' rel=nofollow\n hidden data-x = 1>"))
        .containsExactly(
            Map.entry("href", "x > y"),
            Map.entry("title", "it\"s"),
            Map.entry("rel", "nofollow"),
            Map.entry("hidden", ""),
            Map.entry("data-x", "1"));
    assertThat(attributes("<a/href=x/y>")).containsEntry("href", "x/y");
    assertThat(attributes("<img src=a.png/>")).containsEntry("src", "a.png/");
    assertThat(attributes("<img alt>")).containsEntry("alt", "");
    assertThat(attributes("<img alt=>")).containsEntry("alt", "");
    assertThat(attributes("<a href=\"\">")).containsEntry("href", "");
  }

  @Test
  void theFirstAttributeOfANameCounts() {
    assertThat(attributes("<a href=1 HREF=2>")).containsOnly(Map.entry("href", "1"));
  }

  @Test
  void referencesInAttributesAreRead() {
    assertThat(attributes("<a href=\"https://x/?a&#61;1&amp;b=&quot;&lt;&gt;&#39;&#96;\">"))
        .containsEntry("href", "https://x/?a=1&b=\"<>'`");
  }

  @Test
  void commentsDeclarationsAndScriptsAreNotShown() {
    assertThat(names("<!-- <img> --><p><!----><!--><b><!doctype html><?xml ?><![if x]>"))
        .containsExactly("p", "b");
    assertThat(names("<script>if (a<b) '<img>'</script><p>")).containsExactly("script", "p");
    assertThat(HtmlPage.of("a<!-- b -->c<script>d</script>e<style>f</style>g").shown())
        .isEqualTo("ac  e  g");
  }

  @Test
  void whatOutlookIsToldIsAComment() {
    assertThat(names("<!--[if mso]><v:rect><![endif]--><p><!--[if !mso]><!--><a><!--<![endif]-->"))
        .containsExactly("p", "a");
  }

  @Test
  void stylesAreKept() {
    HtmlPage page =
        HtmlPage.of("<STYLE>a{b:url(x)}</STYLE><p style=\"c:d\">x</p><style>e</style >");
    assertThat(page.styles()).contains("a{b:url(x)}").contains("c:d").contains("e");
    assertThat(page.shown()).doesNotContain("url");
  }

  @Test
  void anAnchorHasALabel() {
    HtmlPage page = HtmlPage.of("<a href=1>one <b>two</b></a> three <a href=2>four");
    assertThat(page.label(page.tags().get(0), 100).strip()).isEqualTo("one  two");
    assertThat(page.label(page.tags().get(2), 100)).isEqualTo("four");
    assertThat(page.label(page.tags().get(2), 2)).isEqualTo("fo");
    assertThat(HtmlPage.of("<a>x</A>y").tags()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p><a",
        "<p><a href",
        "<p><a href=",
        "<p><a href=\"x",
        "<p><a href='x>",
        "<p><!-- x",
        "<p><!x",
        "<p></a",
        "<p><",
        "<p><a x=1 "
      })
  void whatIsNeverClosedEndsThePage(String html) {
    assertThat(names(html)).containsExactly("p");
  }

  @Test
  void aScriptThatIsNeverClosedEndsThePage() {
    assertThat(names("<p><script><img>")).containsExactly("p", "script");
  }

  @Test
  @Timeout(60)
  void anyTextIsScanned() {
    long seed = 11;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String[] pieces = {
      "<",
      ">",
      "/",
      "=",
      "\"",
      "'",
      "<!--",
      "-->",
      "<a",
      "</a>",
      "<script>",
      "</script>",
      "<style",
      "<img ",
      "src",
      "href=",
      " ",
      "\n",
      "x",
      "{{#x}}",
      "{{x}}",
      "{{/x}}",
      "&amp;",
      "&",
      "!",
      "?",
      "\0",
      "\uD83D",
      "é"
    };
    for (int run = 0; run < 30_000; run++) {
      StringBuilder html = new StringBuilder();
      for (int i = random.nextInt(25); i > 0; i--) {
        html.append(pieces[random.nextInt(pieces.length)]);
      }
      try {
        HtmlPage page = HtmlPage.of(html.toString());
        page.tags().forEach(tag -> page.label(tag, 10));
        assertThat(page.shown().length()).isLessThanOrEqualTo(2 * html.length());
      } catch (RuntimeException e) {
        fail("seed " + seed + ", run " + run + ": '" + html + "'", e);
      }
    }
  }

  @Test
  @Timeout(60)
  void aLongTextOfTheSamePieceTakesBoundedTime() {
    for (String piece :
        List.of(
            "<",
            "<a",
            "<a ",
            "<a b=\"",
            "<a b='",
            "<!--",
            "<!",
            "<?",
            "</",
            "<script>",
            "<style>",
            "<a b=c ",
            "<a>",
            "=",
            "<a =",
            "</a>",
            "&amp;")) {
      String html = piece.repeat(200_000 / piece.length());
      assertThat(HtmlPage.of(html).tags().size()).isLessThanOrEqualTo(html.length());
      MailLint.unsubscribes(java.util.Optional.of(html), java.util.Optional.of(html));
    }
  }
}
