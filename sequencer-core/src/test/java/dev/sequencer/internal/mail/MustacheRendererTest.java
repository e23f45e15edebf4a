package dev.sequencer.internal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.MailRenderer.Format;
import dev.sequencer.spi.MailRenderer.RenderException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MustacheRendererTest {
  private final MustacheRenderer renderer = new MustacheRenderer();

  private String text(String template, Map<String, Object> values) {
    return renderer.render(template, Format.TEXT, values);
  }

  private String html(String template, Map<String, Object> values) {
    return renderer.render(template, Format.HTML, values);
  }

  private void assertRefused(String template, Map<String, Object> values, String message) {
    assertThatThrownBy(() -> text(template, values))
        .isInstanceOf(RenderException.class)
        .hasMessage(message);
  }

  @Nested
  class Variables {
    @Test
    void areShown() {
      assertThat(text("Hi {{name}}!", Map.of("name", "Ann"))).isEqualTo("Hi Ann!");
      assertThat(text("Hi {{ name }}!", Map.of("name", "Ann"))).isEqualTo("Hi Ann!");
      assertThat(text("{{first name}}", Map.of("first name", "Ann"))).isEqualTo("Ann");
      assertThat(text("", Map.of())).isEmpty();
      assertThat(text("no tag { or } or {x}", Map.of())).isEqualTo("no tag { or } or {x}");
    }

    @Test
    void withoutValueFailTheTemplateAndAreNamedWithTheirLine() {
      assertRefused(
          "Hi\n\n{{! two\nlines }}\n{{ name }}!",
          Map.of("nam", "Ann"),
          "variable 'name' at line 5 has no value: give the contact, the enrollment or the mail's"
              + " defaults one, or put it into a section of its name");
    }

    @Test
    void withoutValueFailAlsoWhenTheyAreNotEscaped() {
      assertThatThrownBy(() -> text("{{{x}}}", Map.of())).hasMessageContaining("'x' at line 1");
      assertThatThrownBy(() -> text("{{&x}}", Map.of())).hasMessageContaining("'x' at line 1");
    }

    @Test
    void withAnEmptyTextHaveAValue() {
      assertThat(text("[{{x}}]", Map.of("x", ""))).isEqualTo("[]");
    }

    @Test
    void withNullHaveNone() {
      Map<String, Object> values = new HashMap<>();
      values.put("x", null);
      assertThatThrownBy(() -> text("{{x}}", values)).hasMessageContaining("has no value");
      assertThat(text("{{^x}}none{{/x}}{{#x}}some{{/x}}", values)).isEqualTo("none");
    }

    @Test
    void showNumbersWithoutLocale() {
      assertThat(text("{{x}}", Map.of("x", 1234567))).isEqualTo("1234567");
      assertThat(text("{{x}}", Map.of("x", 1234567.5))).isEqualTo("1234567.5");
      assertThat(text("{{x}}", Map.of("x", -3L))).isEqualTo("-3");
      assertThat(text("{{x}}", Map.of("x", 3.0))).isEqualTo("3");
      assertThat(text("{{x}}", Map.of("x", -0.0))).isEqualTo("0");
      assertThat(text("{{x}}", Map.of("x", 0.1f))).isEqualTo("0.1");
      assertThat(text("{{x}}", Map.of("x", 1e21))).isEqualTo("1000000000000000000000");
      assertThat(text("{{x}}", Map.of("x", 1e-7))).isEqualTo("0.00000010");
      assertThat(text("{{x}}", Map.of("x", new BigDecimal("3.50")))).isEqualTo("3.50");
      assertThat(text("{{x}}", Map.of("x", new BigDecimal("1E+3")))).isEqualTo("1000");
      assertThat(text("{{x}}", Map.of("x", new BigDecimal("1E+1000000000"))))
          .isEqualTo("1E+1000000000");
      assertThat(text("{{x}}", Map.of("x", BigInteger.TEN.pow(30)))).hasSize(31);
    }

    @Test
    void showBooleans() {
      assertThat(text("{{yes}} {{no}}", Map.of("yes", true, "no", false))).isEqualTo("true false");
    }

    @Test
    void areNotTemplatesThemselves() {
      assertThat(text("{{x}}", Map.of("x", "{{secret}}", "secret", "s"))).isEqualTo("{{secret}}");
      assertThat(text("{{x}}", Map.of("x", "${x} #{x} %s"))).isEqualTo("${x} #{x} %s");
    }

    @Test
    void thatAreListsOrMapsAreRefused() {
      assertRefused(
          "{{tags}}",
          Map.of("tags", List.of("a")),
          "variable 'tags' at line 1 is a list and cannot be shown as text: open a section for it,"
              + " {{#tags}}...{{/tags}}");
      assertThatThrownBy(() -> text("{{company}}", Map.of("company", Map.of("name", "Acme"))))
          .hasMessageContaining("is a map");
      assertThatThrownBy(() -> text("{{.}}", Map.of("x", "y"))).hasMessageContaining("is a map");
    }

    @Test
    void ofAnyOtherTypeAreRefused() {
      assertRefused(
          "{{x}}",
          Map.of("x", java.time.Duration.ZERO),
          "variable 'x' at line 1 must be a string, number, boolean, list or map, but is a"
              + " java.time.Duration");
      assertThatThrownBy(() -> text("{{#x}}yes{{/x}}", Map.of("x", new int[] {1})))
          .hasMessageContaining("must be a string");
      assertThatThrownBy(
              () -> text("{{#x}}yes{{/x}}", Map.of("x", Collections.singletonList(null))))
          .hasMessageContaining("but is null");
    }
  }

  @Nested
  class DottedNames {
    private final Map<String, Object> values =
        Map.of("company", Map.of("name", "Acme", "size", 3), "name", "Ann", "a.b", "flat");

    @Test
    void leadIntoMaps() {
      assertThat(text("{{company.name}} {{company.size}}", values)).isEqualTo("Acme 3");
      assertThat(text("{{#company}}{{name}}{{/company}}", values)).isEqualTo("Acme");
      assertThat(text("{{#company.name}}yes{{/company.name}}", values)).isEqualTo("yes");
    }

    @Test
    void withoutTheirEndAreMissing() {
      assertThatThrownBy(() -> text("{{company.town}}", values)).hasMessageContaining("no value");
      assertThatThrownBy(() -> text("{{name.town}}", values)).hasMessageContaining("no value");
      assertThat(text("{{^company.town}}nowhere{{/company.town}}", values)).isEqualTo("nowhere");
    }

    @Test
    void doNotFallBackOutsideWhatTheirFirstPartFound() {
      Map<String, Object> shadowed =
          Map.of("a", Map.of("b", "outer"), "list", List.of(Map.of("a", Map.of("c", 1))));
      assertThatThrownBy(() -> text("{{#list}}{{a.b}}{{/list}}", shadowed))
          .hasMessageContaining("'a.b'");
    }

    @Test
    void alsoNameValuesWithDotsInTheirNames() {
      assertThat(text("{{a.b}}", values)).isEqualTo("flat");
      assertThat(text("{{#company}}{{a.b}}{{/company}}", values)).isEqualTo("flat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{a.}}", "{{.a}}", "{{a..b}}", "{{#a.}}{{/a.}}", "{{..}}"})
    void withAnEmptyPartAreRefused(String template) {
      assertThatThrownBy(() -> text(template, values))
          .isInstanceOf(RenderException.class)
          .hasMessageContaining("a name needs something on both sides of a dot");
    }
  }

  @Nested
  class Reflection {
    private final Map<String, Object> values =
        Map.of(
            "name", "Ann", "list", List.of("a", "b"), "map", Map.of("k", "v"), "n", 5, "b", true);

    @ParameterizedTest
    @ValueSource(
        strings = {
          "name.class",
          "name.bytes",
          "name.length",
          "name.isEmpty",
          "name.empty",
          "name.value",
          "name.hash",
          "name.toString",
          "name.hashCode",
          "name.getBytes",
          "name.chars",
          "list.size",
          "list.class",
          "list.isEmpty",
          "list.stream",
          "list.iterator",
          "list.first",
          "list.0",
          "map.size",
          "map.keySet",
          "map.entrySet",
          "map.values",
          "map.isEmpty",
          "map.class",
          "n.class",
          "n.intValue",
          "n.value",
          "n.MAX_VALUE",
          "b.class",
          "b.booleanValue",
          "class",
          "getClass",
          "hashCode",
          "toString",
          "size",
          "keySet",
          "this",
          "class.classLoader"
        })
    void neverReachesAMethodOrField(String name) {
      assertThatThrownBy(() -> text("{{" + name + "}}", values))
          .isInstanceOf(RenderException.class)
          .hasMessageContaining("variable '" + name + "' at line 1 has no value");
      assertThat(text("{{#" + name + "}}found{{/" + name + "}}", values)).isEmpty();
      assertThat(text("{{^" + name + "}}missing{{/" + name + "}}", values)).isEqualTo("missing");
    }

    @Test
    void neverReachesAMethodOfAnItem() {
      assertThatThrownBy(() -> text("{{#list}}{{length}}{{/list}}", values))
          .hasMessageContaining("'length'");
      assertThatThrownBy(() -> text("{{#name}}{{bytes}}{{/name}}", values))
          .hasMessageContaining("'bytes'");
    }

    @Test
    void findsAValueThatIsNamedLikeAMethod() {
      assertThat(text("{{size}}", Map.of("size", "XL"))).isEqualTo("XL");
    }
  }

  @Nested
  class Sections {
    @Test
    void areNotShownWhenThereIsNothing() {
      for (Object nothing : List.of(false, "", List.of())) {
        assertThat(text("a{{#x}}b{{/x}}c", Map.of("x", nothing))).isEqualTo("ac");
        assertThat(text("a{{^x}}b{{/x}}c", Map.of("x", nothing))).isEqualTo("abc");
      }
      assertThat(text("a{{#x}}b{{/x}}c", Map.of())).isEqualTo("ac");
      assertThat(text("a{{^x}}b{{/x}}c", Map.of())).isEqualTo("abc");
    }

    @Test
    void areShownOnceForAnythingElse() {
      for (Object something : List.of(true, "x", 0, 1.5, Map.of(), Map.of("k", "v"))) {
        assertThat(text("a{{#x}}b{{/x}}c", Map.of("x", something))).isEqualTo("abc");
        assertThat(text("a{{^x}}b{{/x}}c", Map.of("x", something))).isEqualTo("ac");
      }
    }

    @Test
    void thatAreNotShownNeedNoValues() {
      assertThat(text("{{#x}}{{missing}}{{/x}}ok", Map.of())).isEqualTo("ok");
    }

    @Test
    void areShownForEachItem() {
      Map<String, Object> values =
          Map.of("items", List.of(Map.of("n", 1, "name", "a"), Map.of("n", 2)), "name", "outer");
      assertThat(text("{{#items}}{{n}}={{name}};{{/items}}", values)).isEqualTo("1=a;2=outer;");
    }

    @Test
    void showTheItemItself() {
      assertThat(text("{{#x}}<{{.}}>{{/x}}", Map.of("x", List.of("a", 1, true))))
          .isEqualTo("<a><1><true>");
      assertThat(text("{{#x}}<{{.}}>{{/x}}", Map.of("x", "a"))).isEqualTo("<a>");
      assertThat(
              text(
                  "{{#x}}{{#.}}{{.}}{{/.}};{{/x}}",
                  Map.of("x", List.of(List.of(1, 2), List.of(3)))))
          .isEqualTo("12;3;");
    }

    @Test
    void lookOutwardsFromTheInnermost() {
      Map<String, Object> values =
          Map.of("a", Map.of("v", "A"), "b", Map.of("w", "B"), "v", "root", "u", "U");
      assertThat(text("{{#a}}{{#b}}{{v}}{{w}}{{u}}{{/b}}{{/a}}{{v}}", values)).isEqualTo("ABUroot");
    }

    @Test
    void aloneOnALineLeaveNoBlankLine() {
      String template =
          "Hello\n{{#items}}\n- {{.}}\n{{/items}}\n  {{^items}}  \nnone\n{{/items}}\nBye\n";
      assertThat(text(template, Map.of("items", List.of("a", "b"))))
          .isEqualTo("Hello\n- a\n- b\nBye\n");
      assertThat(text(template, Map.of())).isEqualTo("Hello\nnone\nBye\n");
      assertThat(text(template.replace("\n", "\r\n"), Map.of())).isEqualTo("Hello\nnone\nBye\n");
    }

    @Test
    void withOneTagAloneOnItsLineKeepTheLineOfTheOther() {
      Map<String, Object> values = Map.of("x", true);
      assertThat(text("{{#x}}\na{{/x}}\nb", values)).isEqualTo("a\nb");
      assertThat(text("a {{#x}}\nb\n{{/x}}\nc", values)).isEqualTo("a \nb\nc");
      assertThat(text("{{#x}}\n\na\n{{/x}}\n\nb", values)).isEqualTo("\na\n\nb");
      assertThat(text("{{#x}}{{/x}}\nb", values)).isEqualTo("\nb");
      assertThat(text(" {{#x}} \n {{x}} \n {{/x}} ", values)).isEqualTo(" true \n");
    }

    @Test
    void amongOtherTextLeaveTheirLine() {
      assertThat(text("a {{#x}}b{{/x}} c\nd", Map.of("x", true))).isEqualTo("a b c\nd");
      assertThat(text("a {{#x}}b{{/x}}\nd", Map.of())).isEqualTo("a \nd");
    }
  }

  @Nested
  class Silence {
    @Test
    void commentsAreNotShown() {
      assertThat(text("a{{! hidden {{x }}b", Map.of())).isEqualTo("ab");
      assertThat(text("a{{! one\n two }}b", Map.of())).isEqualTo("ab");
    }

    @Test
    void commentsAloneOnALineLeaveNoBlankLine() {
      assertThat(text("a\n  {{! c }}  \nb", Map.of())).isEqualTo("a\nb");
      assertThat(text("{{! c }}\nb", Map.of())).isEqualTo("b");
      assertThat(text("a\n{{! c\n c }}\nb", Map.of())).isEqualTo("a\nb");
      assertThat(text("a\n  {{! c }}", Map.of())).isEqualTo("a\n");
      assertThat(text("a\r\n{{! c }}\r\nb", Map.of())).isEqualTo("a\nb");
      assertThat(text("{{#x}}\n{{! c }}\n{{.}}\n{{/x}}\n", Map.of("x", "v"))).isEqualTo("v\n");
    }

    @Test
    void commentsAmongOthersLeaveTheirLine() {
      assertThat(text("a {{! c }}\nb", Map.of())).isEqualTo("a \nb");
      assertThat(text(" {{! c }}x\nb", Map.of())).isEqualTo(" x\nb");
      assertThat(text(" {{! c }} {{x}}\n", Map.of("x", "v"))).isEqualTo("  v\n");
      assertThat(text("{{x}} {{! c }}\n", Map.of("x", "v"))).isEqualTo("v \n");
      assertThat(text(" {{! c }} {{! d }}\nb", Map.of())).isEqualTo("  \nb");
      assertThat(text("{{#x}} {{! c }} {{/x}}|", Map.of("x", "v"))).isEqualTo("  |");
    }

    @Test
    void delimitersCanBeChanged() {
      Map<String, Object> values = Map.of("x", "v");
      assertThat(text("{{=<% %>=}}<%x%> {{x}}<%={{ }}=%> {{x}}", values)).isEqualTo("v {{x}} v");
      assertThat(text("{{=| |=}}|x|", values)).isEqualTo("v");
      assertThat(text("{{=<% %>=}}<%&x%><%{x}%>", values)).isEqualTo("vv");
      assertThat(text("a\n{{=<% %>=}}\n<%x%>", values)).isEqualTo("a\nv");
    }

    @Test
    void delimitersOfASectionEndWithIt() {
      assertThat(text("{{#x}}{{=<% %>=}}<%.%><%/x%>{{x}}", Map.of("x", "v"))).isEqualTo("vv");
    }
  }

  @Nested
  class Html {
    @Test
    void escapesValues() {
      Map<String, Object> values = Map.of("x", "<b title=\"a\" id='c'>&`</b>");
      assertThat(html("<p>{{x}}</p>", values))
          .isEqualTo(
              "<p>&lt;b title&#61;&quot;a&quot; id&#61;&#39;c&#39;&gt;&amp;&#96;&lt;/b&gt;</p>");
      assertThat(html("{{x}}", Map.of("x", "plain é 😀"))).isEqualTo("plain é 😀");
    }

    @Test
    void cannotBeLeftFromAnAttribute() {
      Map<String, Object> values = Map.of("u", "\" onclick=\"x", "v", "' onclick='x");
      assertThat(html("<a title=\"{{u}}\" alt='{{v}}'>", values))
          .isEqualTo("<a title=\"&quot; onclick&#61;&quot;x\" alt='&#39; onclick&#61;&#39;x'>");
    }

    @Test
    void showsUnescapedWhatTheTemplateAsksFor() {
      assertThat(html("{{{x}}} {{&x}}", Map.of("x", "<b>"))).isEqualTo("<b> <b>");
    }

    @Test
    void escapesInsideSections() {
      assertThat(html("{{#x}}{{.}}{{/x}}", Map.of("x", List.of("<", ">")))).isEqualTo("&lt;&gt;");
    }

    @Test
    void leavesTextAlone() {
      assertThat(text("{{x}}", Map.of("x", "<b> & \"q\""))).isEqualTo("<b> & \"q\"");
      assertThat(text("{{{x}}}", Map.of("x", "<b>"))).isEqualTo("<b>");
    }
  }

  @Nested
  class WhatIsNoTemplate {
    @Test
    void isRefusedWithLineAndColumn() {
      assertRefused("a\n  {{#x}}\nb", Map.of(), "at line 2, column 5: section 'x' is never closed");
      assertRefused(
          "a\n{{! c\n c }} {{/x}}",
          Map.of(),
          "at line 3, column 9: the tag '{{/x}}' closes a section that was not opened");
      assertRefused(
          "{{#a}}\n{{#b}}{{/a}}{{/b}}",
          Map.of(),
          "at line 2, column 9: the tag '{{/a}}' must first close section 'b' of line 2");
      assertRefused(
          "x {{name", Map.of(), "at line 1, column 5: the tag '{{name}}' is never closed");
      assertRefused(
          "{{{x}}", Map.of("x", "v"), "at line 1, column 3: the tag '{{{x}}' is not well formed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{! c", "{{&x", "{{{x", "{{/x", "{{#x", "{{=<% %>", "{{x}", "a {{"})
    void isRefusedWhenATagIsNeverClosed(String template) {
      assertThatThrownBy(() -> text(template, Map.of("x", "v")))
          .isInstanceOf(RenderException.class)
          .hasMessageStartingWith("at line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{}}", "{{ }}", "{{#}}{{/}}", "{{^ }}{{/}}", "{{&}}", "{{{ }}}"})
    void isRefusedWhenATagHasNoName(String template) {
      assertThatThrownBy(() -> text(template, Map.of()))
          .isInstanceOf(RenderException.class)
          .hasMessageContaining("has no name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{=<<< >>>=}}", "{{=<%=}}", "{{==}}", "{{=a b c=}}", "{{= =}}"})
    void isRefusedWhenDelimitersAreNone(String template) {
      assertThatThrownBy(() -> text(template, Map.of()))
          .isInstanceOf(RenderException.class)
          .hasMessageContaining("must give two marks of one or two characters");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"{{>footer}}", "{{> footer }}", "{{>*name}}", "{{>/etc/passwd}}", "{{>a.txt}}"})
    void isRefusedWhenItIncludesAnother(String template) {
      assertThatThrownBy(() -> text("\n" + template, Map.of("name", "footer")))
          .isInstanceOf(RenderException.class)
          .hasMessage(
              "at line 2, column 3: the tag '"
                  + template
                  + "' includes another template, which is not supported: copy it in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{<a}}{{/a}}", "{{$a}}{{/a}}", "{{?a}}{{/a}}"})
    void isRefusedWhenItHasAnotherKindOfSection(String template) {
      assertThatThrownBy(() -> text(template, Map.of()))
          .isInstanceOf(RenderException.class)
          .hasMessage("at line 1, column 3: only sections that begin with # or ^ are supported");
    }

    @Test
    void isRefusedWhenItHasAPragma() {
      assertThatThrownBy(() -> text("{{%implicit-iterator a}}", Map.of()))
          .isInstanceOf(RenderException.class)
          .hasMessageContaining("is a pragma");
    }

    @Test
    void isQuotedShort() {
      assertThatThrownBy(() -> text("{{" + "x".repeat(100_000), Map.of()))
          .isInstanceOf(RenderException.class)
          .message()
          .hasSizeLessThan(150);
    }
  }

  @Nested
  class Bounds {
    @Test
    void ofDepthAreKept() {
      assertThat(text(nested(50), Map.of("a", true))).isEqualTo("x");
      assertRefused(
          nested(51),
          Map.of("a", true),
          "at line 1, column 303: sections may be nested at most 50 deep");
      assertThatThrownBy(() -> text("{{#a}}".repeat(100_000), Map.of()))
          .isInstanceOf(RenderException.class);
    }

    private String nested(int depth) {
      return "{{#a}}".repeat(depth) + "x" + "{{/a}}".repeat(depth);
    }

    @Test
    void ofATemplateAreKept() {
      assertThat(text("x".repeat(1_000_000), Map.of())).hasSize(1_000_000);
      assertRefused(
          "x".repeat(1_000_001),
          Map.of(),
          "a template has at most 1000000 characters, but this one has 1000001");
    }

    @Test
    void ofWhatIsFilledAreKept() {
      Map<String, Object> values = Map.of("x", "y".repeat(2_500_000));
      assertThat(text("{{x}}{{x}}", values)).hasSize(5_000_000);
      assertRefused(
          "{{x}}{{x}}.",
          values,
          "a filled template has at most 5000000 characters, but this one would have more");
    }

    @Test
    void ofStepsAreKept() {
      List<Integer> thousand = Collections.nCopies(1000, 1);
      assertThat(text("{{#a}}{{#a}}{{/a}}{{/a}}", Map.of("a", thousand))).isEmpty();
      assertRefused(
          "{{#a}}{{#a}}{{#a}}{{/a}}{{/a}}{{/a}}",
          Map.of("a", thousand),
          "a template is filled in at most 2000000 steps, but this one needs more: its sections"
              + " repeat too often");
    }

    @Test
    void ofALongTemplateOfManyLinesTakeNoTime() {
      String lines = "{{x}}\n{{! c }}\n".repeat(20_000);
      assertThat(text(lines, Map.of("x", 1))).isEqualTo("1\n".repeat(20_000));
    }

    @Test
    void ofWhatIsKeptAreKept() {
      for (int i = 0; i < 600; i++) {
        text("{{x}} " + i, Map.of("x", 1));
      }
      assertThat(renderer.kept()).isEqualTo(500);
      for (int i = 0; i < 5; i++) {
        text("x".repeat(900_000) + i, Map.of());
      }
      assertThat(renderer.kept()).isLessThanOrEqualTo(4);
      assertThat(text("x".repeat(900_000) + 4, Map.of())).endsWith("x4");
    }
  }

  @Test
  void variablesAreThoseThatNeedAValue() {
    assertThat(
            renderer.variables(
                "{{a}} {{#s}}{{b.c}} {{.}}{{/s}} {{^t}}{{{d}}}{{/t}} {{a}} {{! e }}"))
        .containsExactly("a", "b.c", "d");
    assertThatThrownBy(() -> renderer.variables("{{#a}}")).isInstanceOf(RenderException.class);
  }

  @Test
  void theSameTemplateServesBothFormats() {
    Map<String, Object> values = Map.of("x", "<");
    assertThat(text("{{x}}", values)).isEqualTo("<");
    assertThat(html("{{x}}", values)).isEqualTo("&lt;");
    assertThat(renderer.kept()).isEqualTo(1);
  }
}
