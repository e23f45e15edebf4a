package dev.sequencer.internal.capacity;

import dev.sequencer.internal.capacity.Gate.Reason;
import dev.sequencer.internal.time.Calendar;
import dev.sequencer.internal.time.LocalTimes;
import dev.sequencer.internal.time.Openings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the first instant at which every gate of a row is open (R10): its due instant, its lane's
 * calendar, then the capacities it draws on. Each may only move the instant later; they are asked
 * in turn until none does. The search ends at the local date 366 days later.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class Order {

  /** Each round passes an opening of the calendar or of a gate, so no real search comes near. */
  private static final int MOST_ROUNDS = 10_000;

  private Order() {}

  /**
   * Gives the first instant at which a row may leave, if nothing else is sent before it.
   *
   * @param due the row's due instant
   * @param now one reading of the clock
   * @param calendar its lane's calendar
   * @param gates its mailbox's and its sequence's capacity at an instant
   * @return the instant and the gate that binds; {@link Gate#NEVER} when none comes
   */
  public static Gate firstLeaving(
      Instant due, Instant now, Calendar calendar, List<Function<Instant, Gate>> gates) {
    Gate gate = due.isAfter(now) ? new Gate(due, Reason.NOT_DUE) : new Gate(now, Reason.FREE);
    LocalDate last = LocalTimes.date(gate.at(), calendar.zone()).plusDays(Openings.HORIZON_DAYS);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (LocalTimes.date(gate.at(), calendar.zone()).isAfter(last)) {
        break;
      }
      Optional<Instant> opening = calendar.laneOpensAt(gate.at());
      if (opening.isEmpty()) {
        break;
      }
      Gate calendarGate = later(gate, new Gate(opening.get(), Reason.WINDOW));
      Gate after = calendarGate;
      for (Function<Instant, Gate> next : gates) {
        after = later(after, next.apply(after.at()));
      }
      if (after.equals(calendarGate)) {
        return after;
      }
      if (after.at().equals(Gate.NEVER)) {
        return after;
      }
      gate = after;
    }
    return new Gate(Gate.NEVER, Reason.NO_OPEN_TIME);
  }

  private static Gate later(Gate one, Gate other) {
    return other.at().isAfter(one.at()) ? other : one;
  }
}
