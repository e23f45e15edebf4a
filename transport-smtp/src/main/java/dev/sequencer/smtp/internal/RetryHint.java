package dev.sequencer.smtp.internal;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds "try again in 5 minutes" in a reply. */
final class RetryHint {
  private static final Pattern IN =
      Pattern.compile(
          "\\b(?:in|after|for|wait|within)\\s+(?:at least\\s+)?(\\d{1,5})\\s*"
              + "(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)\\b");

  private RetryHint() {}

  static Optional<Duration> of(String text) {
    Matcher matcher = IN.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.find()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2).charAt(0)) {
          case 's' -> Duration.ofSeconds(count);
          case 'm' -> Duration.ofMinutes(count);
          default -> Duration.ofHours(count);
        });
  }
}
