package dev.sequencer.cli;

import dev.sequencer.StartTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what people say for a time. */
final class When {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,6})([smhdw])");
  private static final Duration LONGEST = Duration.ofDays(3650);

  private When() {}

  /**
   * Reads {@code now}, {@code +2m}, {@code +1d12h}, an instant or a local time.
   *
   * @throws IllegalArgumentException when it is none of them or an instant that is over
   */
  static StartTime parse(String text, Instant now) {
    String trimmed = text.strip();
    if (trimmed.equals("now")) {
      return StartTime.NOW;
    }
    if (trimmed.startsWith("+")) {
      return new StartTime.At(now.plus(amount(trimmed.substring(1), text)));
    }
    String iso = trimmed.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) (\\d)", "$1T$2");
    try {
      return new StartTime.Local(LocalDateTime.parse(iso));
    } catch (DateTimeException noLocalTime) {
      return instant(iso, text, now);
    }
  }

  private static StartTime instant(String iso, String text, Instant now) {
    Instant instant;
    try {
      instant = OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException e) {
      throw notUnderstood(text);
    }
    if (instant.isBefore(now)) {
      throw new IllegalArgumentException(
          "WHEN must not be over, but '" + text + "' is before now, " + now + ": say a later time");
    }
    return new StartTime.At(instant);
  }

  private static Duration amount(String amounts, String text) {
    Duration sum = Duration.ZERO;
    Matcher next = AMOUNT.matcher(amounts);
    int end = 0;
    while (next.find() && next.start() == end) {
      sum = sum.plus(one(Long.parseLong(next.group(1)), next.group(2)));
      end = next.end();
    }
    if (end == 0 || end != amounts.length()) {
      throw notUnderstood(text);
    }
    if (sum.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "WHEN must be within " + LONGEST.toDays() + " days, but is '" + text + "'");
    }
    return sum;
  }

  private static Duration one(long number, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }

  private static IllegalArgumentException notUnderstood(String text) {
    return new IllegalArgumentException(
        "WHEN must be 'now', from now on as in +2m, +36h or +1d12h, an instant as in"
            + " 2026-12-01T09:00:00Z or 2026-12-01T10:00+01:00, or a local time of the recipient as"
            + " in 2026-12-01T10:00, but is '"
            + text
            + "'");
  }
}
