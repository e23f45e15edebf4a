package dev.sequencer.internal.definition;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Elapsed time as text: {@code 4s}, {@code 1h30m}, {@code 2d}, {@code 500ms}; a day is 24 hours. A
 * time below the millisecond is written as ISO-8601 has it ({@code PT0.0000015S}), which is read
 * too.
 */
public final class DurationText {
  private static final Pattern PART =
      Pattern.compile("\\s*([0-9]{1,12})\\s*(ms|s|m|h|d)\\s*", Pattern.CASE_INSENSITIVE);
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
  private static final int LONGEST = 100;

  private DurationText() {}

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Duration parse(String text) {
    if (text.length() > LONGEST || text.isBlank()) {
      throw notUnderstood(text);
    }
    if (text.startsWith("P")) {
      try {
        return Duration.parse(text);
      } catch (DateTimeException e) {
        throw notUnderstood(text);
      }
    }
    Matcher matcher = PART.matcher(text);
    long millis = 0;
    int at = 0;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        throw notUnderstood(text);
      }
      millis += Long.parseLong(matcher.group(1)) * millisOf(matcher.group(2));
      at = matcher.end();
    }
    return Duration.ofMillis(millis);
  }

  /** Writes a time of zero or more as {@link #parse} reads it. */
  public static String write(Duration duration) {
    if (duration.isNegative() || !duration.equals(duration.truncatedTo(ChronoUnit.MILLIS))) {
      return duration.toString();
    }
    long rest = duration.toMillis();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < UNITS.length; i++) {
      if (rest >= MILLIS[i]) {
        text.append(rest / MILLIS[i]).append(UNITS[i]);
        rest %= MILLIS[i];
      }
    }
    return text.length() == 0 ? "0s" : text.toString();
  }

  private static long millisOf(String unit) {
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(unit.toLowerCase(Locale.ROOT))) {
        return MILLIS[i];
      }
    }
    throw new IllegalStateException("no unit " + unit);
  }

  private static IllegalArgumentException notUnderstood(String text) {
    return new IllegalArgumentException(
        "a time must be like 500ms, 4s, 15m, 1h30m or 2d, but is '"
            + (text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text)
            + "'");
  }
}
