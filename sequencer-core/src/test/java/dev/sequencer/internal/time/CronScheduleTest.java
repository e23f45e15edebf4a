package dev.sequencer.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

  private static final ZoneId UTC = ZoneId.of("Etc/UTC");
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z"); // a Thursday

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 0 *",
        "* * * 13 *",
        "* * * * 8",
        "-1 * * * *",
        "+1 * * * *",
        "1- * * * *",
        "-5 * * * *",
        "5-1 * * * *",
        "22-2 * * * *",
        "* * * * FRI-MON",
        "1,,2 * * * *",
        ",1 * * * *",
        "1, * * * *",
        "*/0 * * * *",
        "*/ * * * *",
        "*/60 * * * *",
        "1/2/3 * * * *",
        "1.5 * * * *",
        "? * * * *",
        "* * L * *",
        "* * 1W * *",
        "* * * * 1#2",
        "1|2 * * * *",
        "* * * JANUARY *",
        "* * * MON *",
        "MON * * * *",
        "* * * * FUN",
        "@reboot",
        "@every 5m",
        "@daily @daily",
        "@",
        "\u0661 * * * *",
        "0\u00a09 * * *",
        "0 9 * * *\n",
        "99999999999 * * * *",
        "* * * * M\u0130N",
        "@da\u0130ly",
        "1--2 * * * *",
        "*-5 * * * *",
        "** * * * *",
        "*5 * * * *"
      })
  void refusesWhatIsNotInTheGrammar(String expression) {
    assertThatThrownBy(() -> CronSchedule.parse(expression))
        .isInstanceOfSatisfying(
            TimeRuleException.class,
            fault -> assertThat(fault.code()).isEqualTo(Code.INVALID_CRON));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "* * 31 FEB */2", "0 0 30-31 2 *"})
  void refusesDaysThatNoMonthHas(String expression) {
    assertThatThrownBy(() -> CronSchedule.parse(expression))
        .isInstanceOfSatisfying(
            TimeRuleException.class, fault -> assertThat(fault.code()).isEqualTo(Code.NEVER_FIRES));
  }

  @Test
  void namesTheFieldTheValueAndTheRule() {
    assertThatThrownBy(() -> CronSchedule.parse("0 25 * * *"))
        .hasMessage(
            "In a cron expression's hour, \"25\" is not valid: a value is a number from 0 to 23");
    assertThatThrownBy(() -> CronSchedule.parse("0 9 * * FUN"))
        .hasMessage(
            "In a cron expression's day of week, \"FUN\" is not valid: a value is a number from 0"
                + " to 7 or a name such as MON");
    assertThatThrownBy(() -> CronSchedule.parse("0 22-2 * * *"))
        .hasMessageContaining("ranges do not wrap; write two, such as 22-23,0-2");
    assertThatThrownBy(() -> CronSchedule.parse("0 9 * *"))
        .hasMessage(
            "A cron expression must be five fields (minute hour day month weekday) or a nickname,"
                + " but was \"0 9 * *\"");
  }

  @Test
  void takesEveryNameInAnyCase() {
    String[] months = "JAN feb Mar apr MAY jun JUL aug SEP oct NOV dec".split(" ", -1);
    for (int month = 1; month <= 12; month++) {
      LocalDateTime fire = first("0 0 1 " + months[month - 1] + " *");
      assertThat(fire.getMonthValue()).isEqualTo(month);
    }
    String[] days = "mon TUE Wed thu FRI sat SUN".split(" ", -1);
    for (int day = 1; day <= 7; day++) {
      assertThat(first("0 0 * * " + days[day - 1]).getDayOfWeek().getValue()).isEqualTo(day);
    }
  }

  @Test
  void sundayIsZeroAndSevenAndClosesARange() {
    assertThat(fires("0 0 * * 0", 2)).isEqualTo(fires("0 0 * * 7", 2));
    assertThat(fires("0 0 * * FRI-SUN", 6)).isEqualTo(fires("0 0 * * 5-7", 6));
    assertThat(fires("0 0 * * SUN-TUE", 6)).isEqualTo(fires("0 0 * * 0-2", 6));
  }

  @Test
  void bothDayFieldsMustMatchWhenOneStartsWithAStar() {
    // The 13th, on a Friday, against every 13th and every Friday.
    assertThat(first("0 0 */12 2 FRI")).isEqualTo(LocalDateTime.parse("2026-02-13T00:00"));
    assertThat(first("0 0 13 2 FRI")).isEqualTo(LocalDateTime.parse("2026-02-06T00:00"));
    // 29 February on a Sunday is years away, and found.
    assertThat(first("0 0 29 2 */7")).isEqualTo(LocalDateTime.parse("2032-02-29T00:00"));
  }

  @Test
  void aWeeklyJobKeepsItsWeekWhenItsTimeFallsIntoAGap() {
    CronSchedule schedule = CronSchedule.parse("30 2 * * SUN");
    ZoneId zurich = ZoneId.of("Europe/Zurich");
    Instant gap = schedule.next(Instant.parse("2026-03-22T12:00:00Z"), zurich);
    assertThat(gap).isEqualTo("2026-03-29T01:00:00Z");
    assertThat(schedule.next(gap, zurich)).isEqualTo("2026-04-05T00:30:00Z");
  }

  @Test
  void firesLikeTheWallClockAroundTransitions() {
    int compared = 0;
    for (long seed = 0; seed < 600; seed++) {
      Dice dice = new Dice(seed);
      ZoneId zone = dice.zone();
      Instant start = dice.near(zone).plusSeconds(dice.below(60));
      Expression expression = new Expression(dice);
      List<Instant> expected = expression.fires(start, zone, 3 * 1440);
      if (!expression.happens()) {
        assertThatThrownBy(() -> CronSchedule.parse(expression.text()))
            .as("seed %d, %s", seed, expression.text())
            .hasMessageContaining("names only days that its months do not have");
        continue;
      }
      CronSchedule schedule = CronSchedule.parse(expression.text());
      Instant from = start;
      for (Instant fire : expected.subList(0, Math.min(12, expected.size()))) {
        from = schedule.next(from, zone);
        assertThat(from)
            .as("seed %d, %s, %s from %s", seed, expression.text(), zone, start)
            .isEqualTo(fire);
        compared++;
      }
      assertThat(schedule.next(start, zone))
          .as("seed %d, %s, %s from %s", seed, expression.text(), zone, start)
          .isAfter(start);
    }
    assertThat(compared).isGreaterThan(1_500);
  }

  private static LocalDateTime first(String expression) {
    return Wall.local(CronSchedule.parse(expression).next(NEW_YEAR, UTC), UTC);
  }

  private static List<Instant> fires(String expression, int count) {
    List<Instant> fires = new ArrayList<>();
    Instant from = NEW_YEAR;
    for (int i = 0; i < count; i++) {
      from = CronSchedule.parse(expression).next(from, UTC);
      fires.add(from);
    }
    return fires;
  }

  /** A random expression together with what it means, worked out apart from the parser. */
  private static final class Expression {

    private final List<String> texts = new ArrayList<>();
    private final List<BitSet> values = new ArrayList<>();

    Expression(Dice dice) {
      field(dice, 0, 59, 3);
      field(dice, 0, 23, 3);
      field(dice, 1, 31, 5);
      field(dice, 1, 12, 12);
      field(dice, 0, 7, 3);
    }

    String text() {
      return String.join(" ", texts);
    }

    /** Tells whether some date of a leap year matches, in any year's weekdays. */
    boolean happens() {
      boolean both = texts.get(2).startsWith("*") || texts.get(4).startsWith("*");
      return !both
          || LocalDate.parse("2000-01-01")
              .datesUntil(LocalDate.parse("2001-01-01"))
              .anyMatch(
                  date ->
                      values.get(2).get(date.getDayOfMonth())
                          && values.get(3).get(date.getMonthValue()));
    }

    private void field(Dice dice, int min, int max, int stars) {
      BitSet bits = new BitSet();
      String text;
      if (dice.below(stars) > 0) {
        text = "*";
        bits.set(min, max + 1);
      } else {
        int from = min + dice.below(max - min + 1);
        int to = from + dice.below(max - from + 1);
        int step = 1 + dice.below(max);
        switch (dice.below(5)) {
          case 0 -> {
            text = "*/" + step;
            set(bits, min, max, step);
          }
          case 1 -> {
            text = from + "/" + step;
            set(bits, from, max, step);
          }
          case 2 -> {
            text = from + "-" + to;
            set(bits, from, to, 1);
          }
          case 3 -> {
            text = from + "-" + to + "/" + step + "," + from;
            set(bits, from, to, step);
          }
          default -> {
            text = from + "," + to;
            bits.set(from);
            bits.set(to);
          }
        }
      }
      if (max == 7 && bits.get(7)) {
        bits.set(0);
      }
      texts.add(text);
      values.add(bits);
    }

    private static void set(BitSet bits, int from, int to, int step) {
      for (int value = from; value <= to; value += step) {
        bits.set(value);
      }
    }

    private boolean matches(LocalDateTime local) {
      boolean day = values.get(2).get(local.getDayOfMonth());
      boolean weekday = values.get(4).get(local.getDayOfWeek().getValue() % 7);
      boolean both = texts.get(2).startsWith("*") || texts.get(4).startsWith("*");
      return values.get(0).get(local.getMinute())
          && values.get(1).get(local.getHour())
          && values.get(3).get(local.getMonthValue())
          && (both ? day && weekday : day || weekday);
    }

    List<Instant> fires(Instant start, ZoneId zone, int minutes) {
      Instant first = start.truncatedTo(ChronoUnit.MINUTES);
      TreeSet<Instant> fires = new TreeSet<>();
      if (texts.get(0).startsWith("*") || texts.get(1).startsWith("*")) {
        for (int i = 1; i <= minutes; i++) {
          Instant instant = first.plusSeconds(60L * i);
          if (matches(Wall.local(instant, zone))) {
            fires.add(instant);
          }
        }
      } else {
        // From a day before, for what an overlap or a gap maps to later instants.
        for (int i = -1440; i <= minutes; i++) {
          LocalDateTime local = Wall.local(first, zone).plusMinutes(i);
          ZoneOffsetTransition change = zone.getRules().getTransition(local);
          boolean gap = change != null && change.isGap();
          if (matches(local) && (!gap || change.getDuration().toHours() <= 3)) {
            fires.add(gap ? change.getInstant() : local.atZone(zone).toInstant());
          }
        }
      }
      // Local time may run ahead by a day; what lies near the end of the scan may be incomplete.
      return new ArrayList<>(
          fires.subSet(start, false, first.plusSeconds(60L * (minutes - 1500)), false));
    }
  }
}
