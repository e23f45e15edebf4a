package dev.sequencer.internal.capacity;

import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import dev.sequencer.internal.time.LocalTimes;
import dev.sequencer.internal.time.Openings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The slots of a mailbox that spreads its mail evenly over its hours (R8, KERNEL K6).
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class Slots {

  /** How late a slot may be used at most; it is also never used later than half an interval. */
  public static final Duration GRACE = Duration.ofSeconds(60);

  private final Openings hours;
  private final Pacing pacing;

  /**
   * A slot that may be used.
   *
   * @param slot its instant
   * @param at when a mail may leave in it: the slot itself, or somewhat later
   */
  public record Usable(Instant slot, Instant at) {}

  /**
   * Creates the slots of a mailbox.
   *
   * @param hours its hours, in its zone
   * @param pacing its quota, spacing and jitter
   */
  public Slots(Openings hours, Pacing pacing) {
    this.hours = hours;
    this.pacing = pacing;
  }

  /**
   * Gives the slots of the ranges that open on a date.
   *
   * @param date a local date of the mailbox's zone
   * @return its slots, at least one
   * @throws TimeRuleException with {@code NO_OPEN_TIME} when nothing opens on it
   */
  public DaySlots on(LocalDate date) {
    DaySlots slots = DaySlots.of(date, hours.openedOn(date), pacing);
    if (slots.count() == 0) {
      throw new TimeRuleException(
          Code.NO_OPEN_TIME,
          "Slots need open time, but nothing opens on " + date + " in " + hours.zone());
    }
    return slots;
  }

  /**
   * Gives the next slot (R8.2): the earliest at or after now, after the last send, and not closer
   * to it than the minimum spacing. Slots that have passed are lost, not bunched.
   *
   * @param now one reading of the clock
   * @param lastSend when the newest mail left; empty for none
   * @return the slot
   * @throws TimeRuleException with {@code NO_OPEN_TIME} when there is none through the local date
   *     366 days later
   */
  public Instant next(Instant now, Optional<Instant> lastSend) {
    return nextUsable(now, lastSend, Duration.ZERO).slot();
  }

  /**
   * Gives the next slot as the engine uses it (KERNEL K6). A slot stays usable for a grace, so that
   * a wake-up some milliseconds or seconds late still uses it; in that time a mail may leave as
   * long as the opening lasts and the minimum spacing is kept.
   *
   * @param now one reading of the clock
   * @param lastLeft when the newest mail left, or its slot where that is later; empty for none
   * @param grace how late a slot may be used, {@link #GRACE} by default; half an interval counts
   *     where that is less, and zero gives {@link #next}
   * @return the slot with the earliest instant at which a mail may leave, now or later
   * @throws TimeRuleException with {@code NO_OPEN_TIME} when there is none through the local date
   *     366 days later
   */
  public Usable nextUsable(Instant now, Optional<Instant> lastLeft, Duration grace) {
    LocalTimes.check(now, Code.NO_OPEN_TIME);
    lastLeft.ifPresent(last -> LocalTimes.check(last, Code.NO_OPEN_TIME));
    LocalDate today = LocalTimes.date(now, hours.zone());
    LocalDate last = today.plusDays(Openings.HORIZON_DAYS);
    Optional<Usable> best = Optional.empty();
    // Ranges over midnight began the day before; where the clocks go back, another day before.
    for (LocalDate date = today.minusDays(2); !date.isAfter(last); date = date.plusDays(1)) {
      Optional<Usable> found = firstOn(date, now, lastLeft, grace);
      if (best.isEmpty() && found.isPresent()) {
        // Ranges of the next dates may open before this slot: over midnight, or in an overlap.
        last = earlier(last, date.plusDays(2));
      }
      best = earliest(best, found);
    }
    return best.orElseThrow(
        () ->
            new TimeRuleException(
                Code.NO_OPEN_TIME,
                "A slot must come within "
                    + Openings.HORIZON_DAYS
                    + " days, but none does after "
                    + now));
  }

  private Optional<Usable> firstOn(
      LocalDate date, Instant now, Optional<Instant> lastLeft, Duration maxGrace) {
    DaySlots slots = DaySlots.of(date, hours.openedOn(date), pacing);
    Duration half = slots.interval().dividedBy(2);
    Duration grace = half.compareTo(maxGrace) < 0 ? half : maxGrace;
    Instant free =
        LocalTimes.later(now, lastLeft.map(left -> left.plus(pacing.minSpacing())).orElse(now));
    for (int i = slots.notAfter(free.minus(grace)); i < slots.count(); i++) {
      Instant slot = slots.at(i);
      Instant at = LocalTimes.later(slot, free);
      boolean unused = lastLeft.map(slot::isAfter).orElse(true);
      boolean inGrace = !at.isAfter(slot.plus(grace));
      if (unused && inGrace && at.isBefore(slots.openingEnd(i))) {
        return Optional.of(new Usable(slot, at));
      }
    }
    return Optional.empty();
  }

  private static Optional<Usable> earliest(Optional<Usable> one, Optional<Usable> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return other.get().at().isBefore(one.get().at()) ? other : one;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
