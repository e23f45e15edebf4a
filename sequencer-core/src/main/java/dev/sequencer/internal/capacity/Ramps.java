package dev.sequencer.internal.capacity;

import dev.sequencer.RampUp;
import dev.sequencer.spi.store.Ledger;
import java.time.LocalDate;

/**
 * How far a mailbox's warm-up is. A day counts when a mail left on it, so a mailbox that rests for
 * a week goes on where it stopped.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class Ramps {

  private Ramps() {}

  /**
   * Gives the quota of a day of the warm-up.
   *
   * @param rampUp the warm-up
   * @param day which day of sending it is, counted from 1
   * @return the least of its end and {@code start + step * (day - 1)}
   */
  public static int cap(RampUp rampUp, int day) {
    long grown = rampUp.start() + (long) rampUp.step() * (Math.max(1, day) - 1);
    return (int) Math.min(rampUp.upTo(), grown);
  }

  /**
   * Gives the quota of today.
   *
   * @param rampUp the warm-up
   * @param done how far it is
   * @param today today's bucket
   * @return today's cap: of the running day when a mail has left on it, else of the next
   */
  static int cap(RampUp rampUp, Ledger.Ramp done, LocalDate today) {
    boolean counted = done.last().compareTo(today.toString()) >= 0;
    return cap(rampUp, counted ? done.days() : done.days() + 1);
  }

  /** Counts a day on which a mail left. */
  static Ledger.Ramp count(Ledger.Ramp done, LocalDate day) {
    return day.toString().compareTo(done.last()) > 0
        ? new Ledger.Ramp(done.days() + 1, day.toString())
        : done;
  }
}
