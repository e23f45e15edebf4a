package dev.sequencer.internal.time;

import dev.sequencer.Holidays;
import dev.sequencer.SendWindow;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random zones, instants near their transitions, and windows, all from one seed. */
public final class Dice {

  private static final List<String> ZONES =
      List.of(
          "America/New_York",
          "Europe/Berlin",
          "Australia/Lord_Howe", // half an hour
          "America/Havana", // midnight comes twice, or not at all
          "Asia/Beirut", // midnight does not exist; 23:00 comes twice
          "America/St_Johns", // at one minute past midnight until 2011
          "America/Scoresbysund",
          "Pacific/Apia", // skipped 30 December 2011
          "Pacific/Kwajalein",
          "Africa/Casablanca",
          "Asia/Kathmandu",
          "Asia/Tehran",
          "Etc/UTC");

  private final Random random;

  /** Creates dice that always fall the same way for a seed. */
  public Dice(long seed) {
    this.random = new Random(seed);
  }

  /** Gives a number from 0 to a bound, exclusive. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Gives a zone. */
  public ZoneId zone() {
    return ZoneId.of(ZONES.get(below(ZONES.size())));
  }

  /** Gives a whole minute, most often within two days of a change of the zone's offset. */
  public Instant near(ZoneId zone) {
    Instant any =
        Instant.parse("1993-01-01T00:00:00Z").plus(Duration.ofHours(below(33 * 365 * 24)));
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    Instant instant =
        change == null || below(5) == 0
            ? any
            : change.getInstant().plus(Duration.ofMinutes(below(4 * 1440) - 2 * 1440));
    return instant.truncatedTo(ChronoUnit.MINUTES);
  }

  /** Gives a window whose ranges may touch, overlap and go over midnight, with some holidays. */
  public SendWindow window(LocalDate around) {
    Map<DayOfWeek, List<String>> ranges = new EnumMap<>(DayOfWeek.class);
    while (ranges.isEmpty()) {
      for (DayOfWeek day : DayOfWeek.values()) {
        if (below(4) > 0) {
          ranges.put(day, rangesOfDay());
        }
      }
    }
    List<LocalDate> holidays = new ArrayList<>();
    for (int i = below(4); i > 0; i--) {
      holidays.add(around.plusDays(below(7) - 3));
    }
    return SendWindow.of(ranges).without(Holidays.of(holidays));
  }

  private List<String> rangesOfDay() {
    List<String> ranges = new ArrayList<>();
    for (int i = below(3); i >= 0; i--) {
      int from = below(4) == 0 ? below(24) * 60 : below(1440);
      int to = below(6) == 0 ? 1440 : below(4) == 0 ? below(24) * 60 : below(1440);
      if (from != to) {
        ranges.add(text(from) + "-" + text(to));
      }
    }
    return ranges.isEmpty() ? List.of("00:00-24:00") : ranges;
  }

  private static String text(int minutes) {
    return "%02d:%02d".formatted(minutes / 60, minutes % 60);
  }
}
