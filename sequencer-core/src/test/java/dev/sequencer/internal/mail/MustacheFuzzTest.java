package dev.sequencer.internal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sequencer.spi.MailRenderer.Format;
import dev.sequencer.spi.MailRenderer.RenderException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MustacheFuzzTest {
  private static final List<String> FRAGMENTS =
      List.of(
          "{{",
          "}}",
          "{",
          "}",
          "{{{",
          "}}}",
          "{{x}}",
          "{{#x}}",
          "{{/x}}",
          "{{^x}}",
          "{{!",
          "{{&x}}",
          "{{#l}}",
          "{{/l}}",
          "{{.}}",
          "{{=",
          "=}}",
          "<%",
          "%>",
          "{{=<% %>=}}",
          "<%={{ }}=%>",
          "{{=| |=}}",
          "|",
          "\n",
          "\r\n",
          "\r",
          " ",
          "\t",
          "x",
          ".",
          "{{m.k}}",
          "{{m.class}}",
          "{{>x}}",
          "{{<x}}",
          "{{$x}}",
          "{{?x}}",
          "{{%x}}",
          "{{#m}}",
          "{{/m}}",
          "{{k}}",
          "#",
          "/",
          "=",
          "é",
          "😀",
          "\uD800",
          "\0",
          "&",
          "*",
          "{{x",
          "x}}",
          "{{ x }}",
          "{{# x }}",
          "{{/ x }}");

  private final MustacheRenderer renderer = new MustacheRenderer();

  private static final Map<String, Object> VALUES =
      Map.of(
          "x", "<v>{{y}}", "l", List.of("a", List.of(1, 2), Map.of("k", 1)), "m", Map.of("k", "w"));

  private String outcome(String template, Format format) {
    try {
      return "filled " + renderer.render(template, format, VALUES);
    } catch (RenderException refused) {
      return "refused " + refused.getMessage();
    }
  }

  @Test
  @Timeout(60)
  void anyTextIsFilledOrRefusedAndAlwaysTheSame() {
    long seed = 20_260_601;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int filled = 0;
    for (int run = 0; run < 15_000; run++) {
      StringBuilder template = new StringBuilder();
      int pieces = random.nextInt(12);
      for (int i = 0; i < pieces; i++) {
        template.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
      }
      String first = "";
      try {
        first = outcome(template.toString(), Format.HTML);
        outcome(template.toString(), Format.TEXT);
      } catch (RuntimeException | StackOverflowError e) {
        fail("seed " + seed + ", run " + run + ", template '" + template + "'", e);
      }
      assertThat(outcome(template.toString(), Format.HTML)).isEqualTo(first);
      filled += first.startsWith("filled") ? 1 : 0;
    }
    assertThat(filled).isBetween(1_000, 14_000);
  }

  @Test
  void textWithoutTagsIsKeptButForItsEndsOfLines() {
    long seed = 7;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append("ab {}\r\n\té".charAt(random.nextInt(9)));
      }
      String plain = text.toString().replaceAll("\\{+", "{");
      assertThat(renderer.render(plain, Format.HTML, Map.of()))
          .as("seed %s, run %s", seed, run)
          .isEqualTo(plain.replace("\r\n", "\n").replace('\r', '\n'));
    }
  }

  @Test
  void whatIsFilledIsWhatTheTreeSays() {
    long seed = 42;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 3_000; run++) {
      Map<String, Object> values = new LinkedHashMap<>();
      StringBuilder template = new StringBuilder();
      StringBuilder expected = new StringBuilder();
      grow(random, 0, template, expected, values);
      assertThat(renderer.render(template.toString(), Format.TEXT, values))
          .as("seed %s, run %s, template %s", seed, run, template)
          .isEqualTo(expected.toString());
    }
  }

  /** Writes a template and, beside it, what it must be filled to. */
  private static void grow(
      Random random,
      int depth,
      StringBuilder template,
      StringBuilder expected,
      Map<String, Object> values) {
    for (int i = 0; i < 3; i++) {
      String name = "v" + values.size();
      int kind = random.nextInt(depth < 4 ? 5 : 2);
      if (kind == 0) {
        template.append("t\n");
        expected.append("t\n");
      } else if (kind == 1) {
        values.put(name, i);
        template.append("{{").append(name).append("}}");
        expected.append(i);
      } else {
        boolean shown = random.nextBoolean();
        boolean inverted = kind == 4;
        int times = inverted || random.nextBoolean() ? 1 : 2;
        values.put(name, !shown ? List.of() : times == 2 ? List.of(1, 2) : true);
        StringBuilder inner = new StringBuilder();
        template.append(inverted ? "{{^" : "{{#").append(name).append("}}");
        grow(random, depth + 1, template, inner, values);
        template.append("{{/").append(name).append("}}");
        expected.append(shown != inverted ? inner.toString().repeat(times) : "");
      }
    }
  }

  @Test
  @Timeout(60)
  void aLongTextOfTheSamePieceTakesBoundedTime() {
    for (String piece : FRAGMENTS) {
      outcome(piece.repeat(100_000 / piece.length()), Format.HTML);
    }
    outcome("{{#x}}{{/x}}".repeat(20_000), Format.HTML);
    outcome(" ".repeat(100_000) + "{{! c }}" + " ".repeat(100_000), Format.HTML);
    outcome("{{" + "a.".repeat(100_000) + "a}}", Format.HTML);
  }

  @Test
  void severalThreadsFillAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> jobs = new ArrayList<>();
      for (int job = 0; job < 4; job++) {
        int offset = job;
        jobs.add(
            () -> {
              boolean right = true;
              for (int i = 0; i < 2_000; i++) {
                int n = (i + offset) % 700;
                right &=
                    renderer
                        .render("{{x}}-" + n, Format.TEXT, Map.of("x", offset))
                        .equals(offset + "-" + n);
              }
              return right;
            });
      }
      for (Future<Boolean> answer : threads.invokeAll(jobs, 60, TimeUnit.SECONDS)) {
        assertThat(answer.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(renderer.kept()).isEqualTo(500);
  }
}
