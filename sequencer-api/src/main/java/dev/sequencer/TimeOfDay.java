package dev.sequencer;

import java.time.LocalTime;

/** Reads and writes times of day as {@code HH:mm}. */
final class TimeOfDay {

  static final int MINUTES_A_DAY = 24 * 60;

  /** What {@link #minutes} answers for text that is no time of day. */
  static final int NONE = -1;

  private TimeOfDay() {}

  /** Gives the minutes since midnight of exactly {@code HH:mm}, 24:00 included, else NONE. */
  static int minutes(String text) {
    if (text.length() != 5 || text.charAt(2) != ':') {
      return NONE;
    }
    int hour = twoDigits(text, 0);
    int minute = twoDigits(text, 3);
    if (hour < 0 || minute < 0 || minute > 59) {
      return NONE;
    }
    int minutes = hour * 60 + minute;
    return minutes <= MINUTES_A_DAY ? minutes : NONE;
  }

  /** Gives a time of day from 00:00 to 23:59, or fails with INVALID_TIME. */
  static LocalTime parse(String text) {
    int minutes = minutes(text);
    if (minutes == NONE || minutes == MINUTES_A_DAY) {
      throw invalid(text);
    }
    return LocalTime.of(minutes / 60, minutes % 60);
  }

  static TimeRuleException invalid(String shown) {
    return new TimeRuleException(
        TimeRuleException.Code.INVALID_TIME,
        "A send time must be HH:mm from 00:00 to 23:59, but was \""
            + shown
            + "\"; write two digits each, for example 09:30");
  }

  static String text(int minutes) {
    return ""
        + (char) ('0' + minutes / 600)
        + (char) ('0' + minutes / 60 % 10)
        + ':'
        + (char) ('0' + minutes % 60 / 10)
        + (char) ('0' + minutes % 10);
  }

  private static int twoDigits(String text, int at) {
    int tens = text.charAt(at) - '0';
    int ones = text.charAt(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? NONE : tens * 10 + ones;
  }
}
