package dev.sequencer.internal.time;

import dev.sequencer.SendWindow;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rules read literally off the wall clock, minute by minute: slow, and nothing to get wrong.
 */
public final class Wall {

  private Wall() {}

  /** R4.3 and R4.4 as they stand. */
  public static boolean open(SendWindow window, Instant instant, ZoneId zone) {
    return opensOn(window, instant, zone, local(instant, zone).toLocalDate())
        || opensOn(window, instant, zone, local(instant, zone).toLocalDate().minusDays(1));
  }

  /** Tells whether an instant lies in a range that opens on a date. */
  public static boolean opensOn(
      SendWindow window, Instant instant, ZoneId zone, LocalDate opening) {
    LocalDateTime local = local(instant, zone);
    LocalDate date = local.toLocalDate();
    if (window.holidays().contains(date) || window.holidays().contains(opening)) {
      return false;
    }
    int minute = local.getHour() * 60 + local.getMinute();
    DayOfWeek day = opening.getDayOfWeek();
    for (SendWindow.Range range : window.ranges().getOrDefault(day, List.of())) {
      boolean overnight = range.to() < range.from();
      boolean own =
          date.equals(opening) && minute >= range.from() && (overnight || minute < range.to());
      boolean tail = overnight && date.equals(opening.plusDays(1)) && minute < range.to();
      if (own || tail) {
        return true;
      }
    }
    return false;
  }

  /** Gives the first whole minute from an instant on that passes, within some minutes. */
  public static Optional<Instant> first(Instant from, int minutes, Predicate<Instant> passes) {
    Instant instant = from;
    for (int i = 0; i < minutes; i++) {
      if (passes.test(instant)) {
        return Optional.of(instant);
      }
      instant = instant.plusSeconds(60);
    }
    return Optional.empty();
  }

  /** Gives the wall clock of an instant. */
  public static LocalDateTime local(Instant instant, ZoneId zone) {
    return LocalDateTime.ofInstant(instant, zone);
  }
}
