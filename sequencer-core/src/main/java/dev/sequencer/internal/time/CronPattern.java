package dev.sequencer.internal.time;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The local dates and times that a cron expression matches, on a wall clock that is never changed.
 *
 * <p>Only the grammar of R5.1 is accepted. cron-utils then walks the time line, with UTC standing
 * in for local time, over plain lists of numbers: its own reading of steps in day fields, names and
 * odd characters differs from the rules, and so does its walk around a zone's transitions. Where
 * both day fields must match (R5.2) it is given one of them and the other is checked here.
 */
final class CronPattern {

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private static final BitSet ALL = all();

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
    Map<CronField, String> fields = fields(expression);
    Map<CronField, BitSet> values = new EnumMap<>(CronField.class);
    fields.forEach((field, text) -> values.put(field, field.parse(text)));
    boolean interval = starts(fields, CronField.MINUTE) || starts(fields, CronField.HOUR);
    boolean bothDays =
        starts(fields, CronField.DAY_OF_MONTH) || starts(fields, CronField.DAY_OF_WEEK);
    boolean everyDay = isFull(CronField.DAY_OF_MONTH, values);
    boolean everyWeekday = isFull(CronField.DAY_OF_WEEK, values);
    if (bothDays && !happens(values)) {
      throw new TimeRuleException(
          Code.NEVER_FIRES,
          "A cron expression must match some date within 100 years, but \""
              + expression
              + "\" names only days that its months do not have");
    }
    Map<CronField, BitSet> walked = new EnumMap<>(values);
    Optional<BitSet> weekdays = Optional.empty();
    if (bothDays && !everyDay && !everyWeekday) {
      weekdays = Optional.ofNullable(walked.remove(CronField.DAY_OF_WEEK));
    } else if (!bothDays && (everyDay || everyWeekday)) {
      walked.remove(CronField.DAY_OF_MONTH);
      walked.remove(CronField.DAY_OF_WEEK);
    }
    return new CronPattern(interval, weekdays, ExecutionTime.forCron(PARSER.parse(text(walked))));
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

  private static Map<CronField, String> fields(String expression) {
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
    Iterator<String> texts = List.of(expanded.split("[ \t]+", -1)).iterator();
    Map<CronField, String> fields = new EnumMap<>(CronField.class);
    for (CronField field : CronField.values()) {
      if (texts.hasNext()) {
        fields.put(field, texts.next());
      }
    }
    if (fields.size() < CronField.values().length || texts.hasNext()) {
      throw invalid("five fields (minute hour day month weekday) or a nickname", expression);
    }
    return fields;
  }

  private static boolean starts(Map<CronField, String> fields, CronField field) {
    return fields.getOrDefault(field, "").startsWith("*");
  }

  private static boolean isFull(CronField field, Map<CronField, BitSet> values) {
    return field.isFull(values.getOrDefault(field, ALL));
  }

  /** Tells whether one of the months has one of the days, in some year. */
  private static boolean happens(Map<CronField, BitSet> values) {
    int earliest = values.getOrDefault(CronField.DAY_OF_MONTH, ALL).nextSetBit(0);
    return values.getOrDefault(CronField.MONTH, ALL).stream()
        .anyMatch(month -> earliest <= Month.of(month).maxLength());
  }

  /** Writes fields as lists of numbers; a full or missing one is a star. */
  private static String text(Map<CronField, BitSet> values) {
    return Stream.of(CronField.values())
        .map(
            field -> {
              BitSet bits = values.getOrDefault(field, ALL);
              return field.isFull(bits)
                  ? "*"
                  : bits.stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
            })
        .collect(Collectors.joining(" "));
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

  private static BitSet all() {
    BitSet all = new BitSet();
    all.set(0, 60);
    return all;
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
