package dev.sequencer.internal.engine;

import dev.sequencer.MailboxLimits;
import dev.sequencer.internal.capacity.DaySlots;
import dev.sequencer.internal.capacity.Pacing;
import dev.sequencer.internal.capacity.Slots;
import dev.sequencer.internal.time.Openings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How many of a day's slots of a mailbox that spreads its mail evenly a window leaves to its
 * sequence: a mail leaves only while both are open, and slots that pass are lost (KERNEL S2).
 *
 * @param usable the slots in the window
 * @param all the slots of the day
 */
record SlotShare(int usable, int all) {
  private static final int DAYS = 7;

  /** Says whether most of the day's quota is out of reach. */
  boolean isSmall() {
    return 2 * usable < all;
  }

  /**
   * Gives the share of the best day of the next week.
   *
   * @param window the window, in the zone of contacts
   * @param hours the mailbox's hours, in its zone
   * @param limits the mailbox's limits
   * @return empty where the mailbox does not spread, or does not open within the week
   */
  static Optional<SlotShare> best(
      Openings window, Openings hours, MailboxLimits limits, Instant now) {
    if (!limits.evenly() || limits.perDay().isEmpty()) {
      return Optional.empty();
    }
    Slots slots =
        new Slots(hours, new Pacing(limits.perDay().getAsInt(), limits.minGap(), Optional.empty()));
    LocalDate today = LocalDate.ofInstant(now, hours.zone());
    Optional<SlotShare> best = Optional.empty();
    for (int day = 1; day <= DAYS && best.filter(share -> !share.isSmall()).isEmpty(); day++) {
      LocalDate date = today.plusDays(day);
      if (!hours.openedOn(date).isEmpty()) {
        SlotShare share = of(window, slots.on(date));
        best = best.filter(other -> other.isAtLeast(share)).or(() -> Optional.of(share));
      }
    }
    return best;
  }

  private static SlotShare of(Openings window, DaySlots day) {
    int usable = 0;
    for (int i = 0; i < day.count(); i++) {
      if (window.isOpen(day.at(i))) {
        usable++;
      }
    }
    return new SlotShare(usable, day.count());
  }

  private boolean isAtLeast(SlotShare other) {
    return (long) usable * other.all >= (long) other.usable * all;
  }
}
