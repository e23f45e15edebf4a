package dev.sequencer.internal.time;

import dev.sequencer.SendWindow;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When one e-mail to many leaves for one recipient (R9).
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class Broadcasts {

  private Broadcasts() {}

  /**
   * Gives the instant at which a recipient's mail may leave: the local time there, at once when it
   * has passed, then the window.
   *
   * @param local the local date and time, the same for all
   * @param zone the recipient's zone
   * @param now one reading of the clock
   * @param window the window, read in the recipient's zone; empty for always open
   * @return the first open instant
   * @throws dev.sequencer.TimeRuleException with {@code NO_OPEN_TIME} when the window does not open
   *     within 366 days, with {@code INVALID_TIME} when the local time is beyond all calculation
   */
  public static Instant at(
      LocalDateTime local, ZoneId zone, Instant now, Optional<SendWindow> window) {
    Instant due = LocalTimes.resolve(local, zone);
    return Calendar.of(window, Optional.empty(), zone).firstOpen(due, now);
  }
}
