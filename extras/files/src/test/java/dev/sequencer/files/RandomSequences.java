package dev.sequencer.files;

import dev.sequencer.Delay;
import dev.sequencer.InDoubt;
import dev.sequencer.MailKind;
import dev.sequencer.MailSpec;
import dev.sequencer.OnFailure;
import dev.sequencer.Pace;
import dev.sequencer.Retry;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.Step;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes sequences whose texts are hard to write as YAML, by a seed. */
final class RandomSequences {
  private static final String[] PARTS = {
    "Hello {{name}}",
    "yes",
    "no",
    "null",
    "~",
    "true",
    "2026-12-25",
    "09:30",
    "0x1F",
    "0o7",
    "1_000",
    "1e3",
    ".inf",
    "<<",
    "=",
    "# no comment",
    " # none",
    "- no list",
    "? no key",
    "key: value",
    "key:",
    "{flow: [1]}",
    "[",
    "%TAG",
    "@at",
    "`tick",
    "*alias &anchor !tag",
    "---",
    "...",
    "'single' \"double\" \\back",
    "${HOME}",
    "größer 你好",
    "\uD83D\uDE00",
    "\u2028",
    "\u0085",
    "\uFEFF",
    "\u00A0",
    "\u0001",
    "\u007F",
    "\uFFFE",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "<p style=\"a:b\">Hi</p>",
    "x".repeat(150)
  };

  private final Random random;

  RandomSequences(long seed) {
    random = new Random(seed);
  }

  Sequence next() {
    Sequence.Builder builder = Sequence.named(oneOf("onboarding", "true", "0123", "a b", "über"));
    maybe(() -> builder.description(text()));
    maybe(() -> builder.kind(oneOf(MailKind.values())));
    maybe(() -> builder.window(window()));
    maybe(() -> builder.defaultZone("Europe/Berlin"));
    maybe(() -> builder.pool("Ann \"A\" <ann@acme.example>", "straße@bücher.example"));
    maybe(() -> builder.retry(oneOf(Retry.patient(), Retry.never(), retry())));
    maybe(() -> builder.pace(Pace.perHour(7).minGap(Duration.ofMillis(1500))));
    maybe(() -> builder.endsAt(Instant.ofEpochMilli(random.nextInt())));
    maybe(() -> builder.onFailure(OnFailure.CONTINUE));
    maybe(() -> builder.inDoubt(oneOf(InDoubt.values())));
    String[] keys = {"welcome", "true", "0", "1.5", "null", "a.b?", "wait-2", "ja - nein"};
    int steps = 1 + random.nextInt(keys.length);
    for (int i = 0; i < steps; i++) {
      String key = keys[i];
      if (random.nextBoolean()) {
        builder.step(new Step.Email(key, Optional.empty(), MailSpec.describe(this::mail)));
      } else {
        builder.step(new Step.Wait(key, Optional.empty(), delay()));
      }
    }
    return builder.build();
  }

  private Retry retry() {
    return Retry.of(Duration.ofSeconds(90), Duration.ofNanos(1_000_000_001L));
  }

  private Delay delay() {
    Delay delay = oneOf(Delay.none(), Delay.days(2).plusHours(4), Delay.minutes(90).at("09:30"));
    return random.nextBoolean() ? delay : delay.sinceAttribute("trial \"ends\"");
  }

  private SendWindow window() {
    SendWindow window = SendWindow.weekdays("09:00", "17:00");
    if (random.nextBoolean()) {
      window = window.and(SendWindow.on(EnumSet.of(oneOf(DayOfWeek.values())), "22:00", "02:00"));
    }
    return random.nextBoolean() ? window : window.without(LocalDate.of(2026, 12, 25));
  }

  private void mail(MailSpec mail) {
    maybe(() -> mail.template(oneOf("welcome", "123", "tips@3", "a: b")));
    maybe(() -> mail.subject(text()));
    maybe(() -> mail.text(text()));
    maybe(() -> mail.html(text()));
    maybe(mail::inThread);
    maybe(mail::bulk);
    maybe(() -> mail.cc("Cy <cy@acme.example>"));
    maybe(() -> mail.header("X-" + random.nextInt(9), text()));
    maybe(() -> mail.attach("a: b.pdf").inline("logo", "#logo.png"));
    maybe(() -> mail.defaultValue("a" + text(), value(0)));
    maybe(() -> mail.defaultValue("b", value(0)));
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 2 ? 6 : 8)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean();
      case 2 -> oneOf(0.1, -0.0, 1e300, 19.5, random.nextDouble());
      case 3 -> new BigInteger("-123456789012345678901234567890");
      case 4 -> oneOf(new BigDecimal("19.90"), new BigDecimal("1E+3"));
      case 5 -> text();
      case 6 -> List.of(value(depth + 1), value(depth + 1));
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(text(), value(depth + 1));
        map.put("b", random.nextBoolean() ? List.of() : Map.of());
        yield map;
      }
    };
  }

  /** Up to four parts that nobody expects beside each other. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(oneOf(PARTS));
    }
    return text.toString();
  }

  @SafeVarargs
  private <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  private void maybe(Runnable part) {
    if (random.nextBoolean()) {
      part.run();
    }
  }
}
