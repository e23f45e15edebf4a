package dev.sequencer.internal.definition;

import dev.sequencer.Delay;
import dev.sequencer.EmailAddress;
import dev.sequencer.InDoubt;
import dev.sequencer.MailKind;
import dev.sequencer.MailSpec;
import dev.sequencer.Mailbox;
import dev.sequencer.MailboxLimits;
import dev.sequencer.OnFailure;
import dev.sequencer.Pace;
import dev.sequencer.RampUp;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Makes definitions with everything that a definition can have, by a seed. */
final class RandomDefinitions {
  private static final String[] ZONES = {
    "Europe/Berlin", "Asia/Tokyo", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5"
  };
  private static final String[] TEXTS = {
    "",
    " ",
    "welcome",
    "Hello {{name}}",
    "line one\nline two\r\n\tindented",
    "  blanks around  ",
    "\"quoted\" and 'single' \\ back",
    "yes",
    "null",
    "~",
    "2026-12-25",
    "09:30",
    "0x1F",
    "# no comment",
    "- no list",
    "key: value",
    "{flow: [1]}",
    "${NOT_A_VARIABLE}",
    "größer 你好 \uD83D\uDE00 \u2028 \u0085 \uFEFF",
    "\u0001\u001B\u007F",
    "trailing\n",
    "\n\nleading",
    "*alias &anchor !tag %directive @at `tick"
  };

  private final Random random;

  RandomDefinitions(long seed) {
    random = new Random(seed);
  }

  Sequence sequence() {
    Sequence.Builder builder = Sequence.named("sequence " + random.nextInt(1000));
    maybe(() -> builder.description(text()));
    maybe(() -> builder.kind(oneOf(MailKind.values())));
    maybe(() -> builder.window(window()));
    maybe(() -> builder.defaultZone(oneOf(ZONES)));
    repeat(3, () -> builder.pool(address()));
    maybe(() -> builder.retry(retry()));
    maybe(() -> builder.pace(pace()));
    maybe(() -> builder.endsAt(Instant.ofEpochMilli(random.nextLong() % 4_102_444_800_000L)));
    maybe(() -> builder.onFailure(oneOf(OnFailure.values())));
    maybe(() -> builder.inDoubt(oneOf(InDoubt.values())));
    int steps = 1 + random.nextInt(8);
    for (int i = 0; i < steps; i++) {
      builder.step(step(i));
    }
    return builder.build();
  }

  private Step step(int index) {
    String key = "step " + index + oneOf("", "?", ".x", "!", "_");
    Optional<String> next = Optional.empty();
    if (random.nextBoolean()) {
      return new Step.Wait(key, next, delay());
    }
    return new Step.Email(key, next, MailSpec.describe(this::mail));
  }

  /** Two steps whose order is turned by what follows what. */
  Sequence turned() {
    return Sequence.named("turned")
        .step(new Step.Email("a", Optional.of("c"), MailSpec.describe(this::mail)))
        .step(new Step.Wait("b", Optional.of("d"), delay()))
        .step(new Step.Wait("c", Optional.of("b"), delay()))
        .step(new Step.Email("d", Optional.empty(), MailSpec.describe(this::mail)))
        .build();
  }

  private void mail(MailSpec mail) {
    maybe(() -> mail.template(oneOf("welcome", "mails/tips@3", "Grüße", "0123")));
    maybe(() -> mail.subject(text()));
    maybe(() -> mail.text(text()));
    maybe(() -> mail.html(text()));
    maybe(mail::inThread);
    maybe(mail::bulk);
    maybe(mail::transactional);
    repeat(2, () -> mail.cc(address()));
    repeat(2, () -> mail.bcc(address()));
    repeat(2, () -> mail.replyTo(address()));
    repeat(3, () -> mail.header("X-" + random.nextInt(9), text()));
    repeat(2, () -> mail.attach(oneOf("terms.pdf", "a b.txt", "x: y")));
    repeat(2, () -> mail.inline("logo" + random.nextInt(3), "logo.png"));
    repeat(4, () -> mail.defaultValue("v" + random.nextInt(9) + oneOf("", " x", "."), value(0)));
  }

  Object value(int depth) {
    return switch (random.nextInt(depth > 3 ? 7 : 9)) {
      case 0 -> random.nextLong();
      case 1 -> (long) random.nextInt(100);
      case 2 -> random.nextBoolean();
      case 3 -> oneOf(0.1, -0.0, 1e300, Double.MIN_VALUE, 19.5, random.nextDouble());
      case 4 -> new BigInteger(80, random).add(BigInteger.ONE.shiftLeft(90));
      case 5 -> new BigDecimal("19.90");
      case 6 -> text();
      case 7 -> {
        List<Object> list = new ArrayList<>();
        repeat(3, () -> list.add(value(depth + 1)));
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        repeat(3, () -> map.put(text(), value(depth + 1)));
        yield map;
      }
    };
  }

  Mailbox mailbox() {
    Mailbox mailbox = Mailbox.of(address());
    mailbox = random.nextBoolean() ? mailbox.via(oneOf("smtp", "my transport")) : mailbox;
    mailbox = random.nextBoolean() ? mailbox.credentials(oneOf("ann", "vault:ann/1")) : mailbox;
    mailbox = random.nextBoolean() ? mailbox.hours(window()) : mailbox;
    mailbox = random.nextBoolean() ? mailbox.zone(oneOf(ZONES)) : mailbox;
    mailbox = random.nextBoolean() ? mailbox.concurrency(1 + random.nextInt(100)) : mailbox;
    return mailbox.limits(
        new MailboxLimits(
            quota(),
            oneOf(MailboxLimits.Counting.values()),
            quota(),
            oneOf(MailboxLimits.Counting.values()),
            random.nextBoolean() ? Duration.ZERO : gap(),
            oneOf(MailboxLimits.Spread.values()),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new RampUp(5, 1 + random.nextInt(9), 50))));
  }

  private OptionalInt quota() {
    return random.nextBoolean()
        ? OptionalInt.empty()
        : OptionalInt.of(1 + random.nextInt(Integer.MAX_VALUE));
  }

  private Duration gap() {
    return Duration.ofMillis(1 + random.nextInt(86_400_000));
  }

  private Pace pace() {
    Pace pace = random.nextBoolean() ? Pace.perHour(1 + random.nextInt(9999)) : Pace.every(gap());
    return random.nextBoolean() ? pace : pace.minGap(gap());
  }

  private Retry retry() {
    List<Duration> pauses = new ArrayList<>();
    repeat(20, () -> pauses.add(Duration.ofSeconds(1 + random.nextInt(600_000))));
    repeat(1, () -> pauses.add(Duration.ofNanos(1_000_000_000L + random.nextInt(1_000_000_000))));
    return Retry.of(pauses.subList(0, Math.min(20, pauses.size())));
  }

  SendWindow window() {
    Map<DayOfWeek, List<String>> ranges = new EnumMap<>(DayOfWeek.class);
    List<String> week = List.of("09:00-12:00", "13:00-17:00");
    for (DayOfWeek day : DayOfWeek.values()) {
      List<String> ofDay =
          switch (random.nextInt(4)) {
            case 0 -> List.of();
            case 1 -> week;
            case 2 -> List.of("22:00-02:00");
            default -> List.of("0" + random.nextInt(10) + ":00-1" + random.nextInt(10) + ":30");
          };
      ranges.put(day, ofDay);
    }
    ranges.put(oneOf(DayOfWeek.values()), List.of("00:00-24:00"));
    SendWindow window = SendWindow.of(ranges);
    for (int i = random.nextInt(4); i > 0; i--) {
      window = window.without(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(700)));
    }
    return window;
  }

  private Delay delay() {
    Delay.Unit unit = oneOf(Delay.Unit.values());
    Delay delay = Delay.of(random.nextInt(100), unit);
    boolean time = random.nextBoolean();
    if (random.nextBoolean() && !(time && unit.isCalendar())) {
      delay = delay.plusMinutes(random.nextInt(300));
    }
    delay = time ? delay.at(oneOf("00:00", "09:30", "23:59")) : delay;
    return switch (random.nextInt(3)) {
      case 0 -> delay.sinceEnrollment();
      case 1 -> delay.sinceAttribute(oneOf("renewal", "trial ends", "a\"b\\c"));
      default -> delay;
    };
  }

  private String address() {
    String local = oneOf("ann", "Ben.Lee", "straße", "o'neil+x") + random.nextInt(100);
    String address = local + "@" + oneOf("acme.example", "bücher.example", "ACME.example");
    String name = oneOf("", "Ann Lee", "Lee, \"Ann\" \\ <x>", "Ånn 你好");
    return EmailAddress.of(address).named(name).toString();
  }

  String text() {
    return oneOf(TEXTS);
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

  private void repeat(int most, Runnable part) {
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      part.run();
    }
  }
}
