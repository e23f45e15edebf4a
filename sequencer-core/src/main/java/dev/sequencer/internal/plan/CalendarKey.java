package dev.sequencer.internal.plan;

import dev.sequencer.spi.store.Lane;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The key of a lane's calendar: the digest of a window, a zone and a send time, as one short text.
 *
 * @param window the digest of the window; empty for always open
 * @param zone the zone; empty when nothing local is asked
 * @param sendTime the time at which it opens on later dates
 */
public record CalendarKey(
    Optional<String> window, Optional<ZoneId> zone, Optional<LocalTime> sendTime) {
  private static final String NONE = "-";

  /** Gives the key of what is always open. */
  public static CalendarKey always() {
    return new CalendarKey(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Gives the key of a window and send time in a zone. */
  public static CalendarKey of(Optional<String> window, ZoneId zone, Optional<LocalTime> sendTime) {
    return window.isEmpty() && sendTime.isEmpty()
        ? always()
        : new CalendarKey(window, Optional.of(zone), sendTime);
  }

  /** Reads what {@link #text()} gave. */
  public static CalendarKey parse(String text) {
    if (text.equals(Lane.ALWAYS)) {
      return always();
    }
    String[] parts = text.split("\\|", -1);
    return new CalendarKey(
        Optional.of(parts[0]).filter(part -> !part.equals(NONE)),
        Optional.of(ZoneId.of(parts[1])),
        Optional.of(parts[2]).filter(part -> !part.equals(NONE)).map(LocalTime::parse));
  }

  /** Gives the same without send time, as retries use it. */
  public CalendarKey plain() {
    return zone.map(z -> of(window, z, Optional.empty())).orElse(this);
  }

  /** Gives it as a text. */
  public String text() {
    return zone.map(
            z ->
                window.orElse(NONE)
                    + "|"
                    + z.getId()
                    + "|"
                    + sendTime.map(LocalTime::toString).orElse(NONE))
        .orElse(Lane.ALWAYS);
  }
}
