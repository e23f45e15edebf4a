package dev.sequencer.internal.time;

import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.util.BitSet;
import java.util.Locale;

/**
 * The five fields of a cron expression and their grammar (R5.1).
 *
 * <pre>
 * field   = element { "," element }
 * element = ( "*" | value [ "-" value ] ) [ "/" step ]
 * value   = digits | name
 * </pre>
 *
 * <p>A step on a single value runs to the end of the field's range.
 */
enum CronField {
  MINUTE("minute", 0, 59, ""),
  HOUR("hour", 0, 23, ""),
  DAY_OF_MONTH("day of month", 1, 31, ""),
  MONTH("month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"),
  DAY_OF_WEEK("day of week", 0, 7, "SUNMONTUEWEDTHUFRISAT");

  private static final int SUNDAY_AT_THE_END = 7;

  private final String words;
  private final int min;
  private final int max;

  /** Three letters for each value, the lowest first; empty where values have no names. */
  private final String names;

  CronField(String words, int min, int max, String names) {
    this.words = words;
    this.min = min;
    this.max = max;
    this.names = names;
  }

  /** Gives the values that a field matches; in a week 0 to 6 for Sunday to Saturday. */
  BitSet parse(String text) {
    BitSet values = new BitSet(max + 1);
    for (String element : text.split(",", -1)) {
      addElement(element, values);
    }
    if (this == DAY_OF_WEEK && values.get(SUNDAY_AT_THE_END)) {
      values.clear(SUNDAY_AT_THE_END);
      values.set(0);
    }
    return values;
  }

  /** Tells whether all values of the field are matched. */
  boolean isFull(BitSet values) {
    int highest = this == DAY_OF_WEEK ? SUNDAY_AT_THE_END - 1 : max;
    return values.nextClearBit(min) > highest;
  }

  private void addElement(String element, BitSet values) {
    int slash = element.indexOf('/');
    String base = slash < 0 ? element : element.substring(0, slash);
    int step = slash < 0 ? 1 : step(element.substring(slash + 1), element);
    int dash = base.indexOf('-');
    int from = min;
    int to = max;
    if (dash >= 0) {
      from = value(base.substring(0, dash), false, element);
      to = value(base.substring(dash + 1), true, element);
    } else if (!base.equals("*")) {
      from = value(base, false, element);
      to = slash < 0 ? from : max;
    }
    if (from > to) {
      throw invalid(element, "ranges do not wrap; write two, such as 22-23,0-2");
    }
    for (int value = from; value <= to; value += step) {
      values.set(value);
    }
  }

  private int step(String digits, String element) {
    int step = number(digits);
    if (step < 1 || step > max) {
      throw invalid(element, "a step is a number from 1 to " + max);
    }
    return step;
  }

  private int value(String text, boolean rightEnd, String element) {
    int name = name(text.toUpperCase(Locale.ROOT));
    if (name >= 0) {
      boolean sundayAtTheEnd = this == DAY_OF_WEEK && name == 0 && rightEnd;
      return sundayAtTheEnd ? SUNDAY_AT_THE_END : name + min;
    }
    int value = number(text);
    if (value < min || value > max) {
      throw invalid(element, "a value is a number from " + min + " to " + max + named());
    }
    return value;
  }

  private String named() {
    return names.isEmpty() ? "" : " or a name such as " + names.substring(3, 6);
  }

  /** Gives the place of a name, or -1. */
  private int name(String text) {
    int at = text.length() == 3 ? names.indexOf(text) : -1;
    return at % 3 == 0 ? at / 3 : -1;
  }

  /** Gives the number of some ASCII digits, or -1. */
  private static int number(String digits) {
    if (digits.isEmpty() || digits.length() > 9) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private TimeRuleException invalid(String element, String rule) {
    return new TimeRuleException(
        Code.INVALID_CRON,
        "In a cron expression's " + words + ", \"" + element + "\" is not valid: " + rule);
  }
}
