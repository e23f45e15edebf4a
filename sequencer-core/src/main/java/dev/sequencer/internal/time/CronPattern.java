package dev.sequencer.internal.time;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The local dates and times that a cron expression matches, on a wall clock that is never changed.
 *
 * <p>Only the grammar of R5.1 is accepted. cron-utils then walks the time line, with UTC standing in
 * for local time, over plain lists of numbers: its own reading of steps in day fields, names and odd
 * characters differs from the rules, and so does its walk around a zone's transitions. Where both
 * day fields must match (R5.2) it is given one of them and the other is checked here.
 */
final class CronPattern {

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private static final Map<String, String> NICKNAMES = nicknames();

  private static final int LONGEST = 1_000;

  private final boolean interval;
  private final Optional<BitSet> weekdays;
  private final ExecutionTime walk;

  private CronPattern(boolean interval, Optional<BitSet> weekdays, ExecutionTime walk) {
    this.interval = interval;
    this.weekdays = weekdays;
    this.walk = walk;
  }

  static CronPattern parse(String expression) {
    List<String> fields = fields(expression);
    List<BitSet> values = new ArrayList<>();
    for (CronField field : CronField.values()) {
      values.add(field.parse(fields.get(field.ordinal())));
    }
    BitSet days = values.get(CronField.DAY_OF_MONTH.ordinal());
    BitSet week = values.get(CronField.DAY_OF_WEEK.ordinal());
    boolean everyDay = CronField.DAY_OF_MONTH.isFull(days);
    boolean everyWeekday = CronField.DAY_OF_WEEK.isFull(week);
    boolean both =
        fields.get(CronField.DAY_OF_MONTH.ordinal()).startsWith("*")
            || fields.get(CronField.DAY_OF_WEEK.ordinal()).startsWith("*");
    boolean interval = fields.get(0).startsWith("*") || fields.get(1).startsWith("*");
    if (both && !happens(days, values.get(CronField.MONTH.ordinal()))) {
      throw new TimeRuleException(
          Code.NEVER_FIRES,
          "A cron expression must match some date within 100 years, but \""
              + expression
              + "\" has no month with such a day");
    }
    boolean any = !both && (everyDay || everyWeekday);
    boolean checkWeekday = both && !everyDay && !everyWeekday;
    String walked =
        list(CronField.MINUTE, values)
            + " "
            + list(CronField.HOUR, values)
            + " "
            + (any ? "*" : list(CronField.DAY_OF_MONTH, values))
            + " "
            + list(CronField.MONTH, values)
            + " "
            + (any || checkWeekday ? "*" : list(CronField.DAY_OF_WEEK, values));
    Cron cron = PARSER.parse(walked);
    return new CronPattern(
        interval, checkWeekday ? Optional.of(week) : Optional.empty(), ExecutionTime.forCron(cron));
  }

  /** Tells whether the minute or the hour field starts with a star, as written (R5.3). */
  boolean isInterval() {
    return interval;
  }

  /** Gives the first match after a local time. */
  LocalDateTime after(LocalDateTime local) {
    LocalDateTime last = local.truncatedTo(ChronoUnit.MINUTES);
    LocalDateTime limit = last.plusYears(100);
    while (last.isBefore(limit)) {
      LocalDateTime next =
          walk.nextExecution(last.atZone(ZoneOffset.UTC))
              .orElseThrow(CronPattern::neverFires)
              .toLocalDateTime();
      if (!next.isAfter(last)) {
        throw neverFires();
      }
      if (weekdays.isEmpty() || weekdays.get().get(next.getDayOfWeek().getValue() % 7)) {
        return next;
      }
      last = next.toLocalDate().atTime(LocalTime.of(23, 59));
    }
    throw neverFires();
  }

  /** Gives the first match at or after a local time. */
  LocalDateTime from(LocalDateTime local) {
    LocalDateTime minute = local.truncatedTo(ChronoUnit.MINUTES);
    return after(minute.equals(local) ? minute.minusMinutes(1) : minute);
  }

  private static List<String> fields(String expression) {
    if (expression.length() > LONGEST) {
      throw invalid("at most " + LONGEST + " characters long", expression.length() + " characters");
    }
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && "*,-/@ \t".indexOf(c) < 0) {
        throw invalid("of ASCII letters, digits, blanks and * , - / only", expression);
      }
    }
    String plain = expression.strip();
    String expanded = NICKNAMES.getOrDefault(plain, plain);
    List<String> fields = List.of(expanded.split("[ \t]+", -1));
    if (fields.size() != CronField.values().length) {
      throw invalid("five fields (minute hour day month weekday) or a nickname", expression);
    }
    return fields;
  }

  /** Tells whether one of the months has one of the days. */
  private static boolean happens(BitSet days, BitSet months) {
    int earliest = days.nextSetBit(0);
    return months.stream()
        .anyMatch(month -> earliest <= Month.of(month).length(Year.isLeap(2000)));
  }

  private static String list(CronField field, List<BitSet> values) {
    BitSet bits = values.get(field.ordinal());
    return field.isFull(bits)
        ? "*"
        : bits.stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  private static Map<String, String> nicknames() {
    Map<String, String> nicknames = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    nicknames.put("@hourly", "0 * * * *");
    nicknames.put("@daily", "0 0 * * *");
    nicknames.put("@midnight", "0 0 * * *");
    nicknames.put("@weekly", "0 0 * * 0");
    nicknames.put("@monthly", "0 0 1 * *");
    nicknames.put("@yearly", "0 0 1 1 *");
    nicknames.put("@annually", "0 0 1 1 *");
    return nicknames;
  }

  private static TimeRuleException invalid(String rule, String actual) {
    return new TimeRuleException(
        Code.INVALID_CRON, "A cron expression must be " + rule + ", but was \"" + actual + "\"");
  }

  private static TimeRuleException neverFires() {
    return new TimeRuleException(
        Code.NEVER_FIRES, "A cron expression must match some date within 100 years, but does not");
  }
}
