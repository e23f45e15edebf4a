package dev.sequencer;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of a delay.
 *
 * <pre>
 * delay  = ( "none" | part { "+" part } ) { "at" HH:mm | "since" base }
 * part   = amount unit             the first may be calendar time, the others hours or minutes
 * base   = "previous send" | "enrollment" | "attribute" ( name | '"' quoted name '"' )
 * </pre>
 */
final class DelayText {

  private static final Pattern PART =
      Pattern.compile("\\s*(-?[0-9]+)\\s*(business\\s+days?|[a-z]+)\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern NONE = Pattern.compile("\\s*none\\b\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern AT =
      Pattern.compile("\\s*at\\s+(\\S+)\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern SINCE =
      Pattern.compile(
          "\\s*since\\s+(?:(previous\\s+send)|(enrollment)"
              + "|attribute\\s+(?:\"((?:[^\"\\\\]|\\\\.)+)\"|([^\\s\"]+)))(?=\\s|$)\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final int LONGEST = 1_000;

  private DelayText() {}

  static String write(Delay delay, long extraMinutes) {
    StringBuilder text = new StringBuilder();
    text.append(delay.amount()).append(unit(delay.unit(), delay.amount()));
    if (extraMinutes > 0) {
      boolean hours = extraMinutes % 60 == 0;
      text.append('+').append(hours ? extraMinutes / 60 : extraMinutes).append(hours ? 'h' : 'm');
    }
    delay.sendTime().ifPresent(time -> text.append(" at ").append(time));
    if (delay.base() == Delay.Base.ENROLLMENT) {
      text.append(" since enrollment");
    }
    delay.attribute().ifPresent(name -> text.append(" since attribute ").append(quoted(name)));
    return text.toString();
  }

  static Delay parse(String text) {
    if (text.length() > LONGEST) {
      throw invalid("A delay must be of at most " + LONGEST + " characters; shorten it");
    }
    Matcher matcher = NONE.matcher(text);
    boolean none = matcher.lookingAt();
    int at = none ? matcher.end() : 0;
    Delay delay = Delay.none();
    if (!none) {
      matcher.usePattern(PART);
      delay = firstPart(matcher, text);
      at = matcher.end();
      while (at < text.length() && text.charAt(at) == '+') {
        matcher.region(at + 1, text.length());
        delay = plus(delay, matcher, text);
        at = matcher.end();
      }
    }
    return tail(delay, matcher, at, text);
  }

  private static Delay firstPart(Matcher matcher, String text) {
    if (!matcher.lookingAt()) {
      throw notUnderstood(text);
    }
    return Delay.of(amount(matcher, text), unit(matcher, text));
  }

  private static Delay plus(Delay delay, Matcher matcher, String text) {
    if (!matcher.lookingAt()) {
      throw notUnderstood(text);
    }
    Delay.Unit unit = unit(matcher, text);
    if (unit.isCalendar()) {
      throw invalid(
          "A delay has at most one calendar part, and it comes first, but was \""
              + text
              + "\"; write for example 2d+4h, or two waits");
    }
    long amount = amount(matcher, text);
    return unit == Delay.Unit.HOURS ? delay.plusHours(amount) : delay.plusMinutes(amount);
  }

  private static Delay tail(Delay start, Matcher matcher, int from, String text) {
    Delay delay = start;
    boolean based = false;
    int at = from;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (delay.sendTime().isEmpty() && matcher.usePattern(AT).lookingAt()) {
        delay = delay.at(matcher.group(1));
      } else if (!based && matcher.usePattern(SINCE).lookingAt()) {
        based = true;
        delay = since(delay, matcher);
      } else {
        throw notUnderstood(text);
      }
      at = matcher.end();
    }
    return delay;
  }

  private static Delay since(Delay delay, Matcher matcher) {
    if (matcher.group(1) != null) {
      return delay;
    }
    if (matcher.group(2) != null) {
      return delay.sinceEnrollment();
    }
    String quoted = Optional.ofNullable(matcher.group(3)).orElse("");
    return quoted.isEmpty()
        ? delay.sinceAttribute(Optional.ofNullable(matcher.group(4)).orElse(""))
        : delay.sinceAttribute(quoted.replaceAll("\\\\(.)", "$1"));
  }

  private static long amount(Matcher matcher, String text) {
    try {
      return Long.parseLong(matcher.group(1));
    } catch (NumberFormatException e) {
      throw invalid(
          "A delay's amount must be a number of minutes to months, but was \"" + text + "\"");
    }
  }

  private static Delay.Unit unit(Matcher matcher, String text) {
    String word = matcher.group(2).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    return switch (word) {
      case "m", "min", "mins", "minute", "minutes" -> Delay.Unit.MINUTES;
      case "h", "hr", "hrs", "hour", "hours" -> Delay.Unit.HOURS;
      case "d", "day", "days" -> Delay.Unit.DAYS;
      case "w", "week", "weeks" -> Delay.Unit.WEEKS;
      case "mo", "month", "months" -> Delay.Unit.MONTHS;
      case "bd", "business day", "business days" -> Delay.Unit.BUSINESS_DAYS;
      default -> throw notUnderstood(text);
    };
  }

  private static String unit(Delay.Unit unit, long amount) {
    String s = amount == 1 ? "" : "s";
    return switch (unit) {
      case MINUTES -> "m";
      case HOURS -> "h";
      case DAYS -> "d";
      case WEEKS -> "w";
      case MONTHS -> " month" + s;
      case BUSINESS_DAYS -> " business day" + s;
    };
  }

  private static String quoted(String name) {
    if (name.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\\')) {
      return name;
    }
    return '"' + name.replaceAll("([\"\\\\])", "\\\\$1") + '"';
  }

  static TimeRuleException outOfRange(Delay.Unit unit, long amount) {
    return invalid(
        String.format(
            Locale.ROOT,
            "A delay in %s must be 0 to %,d, but was %,d; correct it or split the wait",
            unit.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            unit.most(),
            amount));
  }

  static TimeRuleException invalid(String message) {
    return new TimeRuleException(TimeRuleException.Code.INVALID_DELAY, message);
  }

  private static TimeRuleException notUnderstood(String text) {
    return invalid(
        "A delay must be like \"3d at 09:30\", \"2d+4h\", \"5 business days\" or \"90m since"
            + " enrollment\", but was \""
            + text
            + "\"");
  }
}
