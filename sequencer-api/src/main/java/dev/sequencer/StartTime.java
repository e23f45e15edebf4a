package dev.sequencer;

import java.time.Instant;
import java.time.LocalDateTime;

/** When something begins at the earliest. */
public sealed interface StartTime {
  /** At once. */
  StartTime NOW = new Now();

  /** At once. */
  record Now() implements StartTime {}

  /**
   * At an instant.
   *
   * @param instant cut to milliseconds
   */
  record At(Instant instant) implements StartTime {
    /**
     * Cuts to milliseconds.
     *
     * @throws IllegalArgumentException when its year is not between 1 and 9999
     */
    public At {
      instant = Instants.cut(instant);
    }
  }

  /**
   * At a local time in the contact's zone, else the sequence's, else the engine's.
   *
   * @param time the local time
   */
  record Local(LocalDateTime time) implements StartTime {
    /**
     * Checks it.
     *
     * @throws IllegalArgumentException when its year is not between 1 and 9999
     */
    public Local {
      Instants.check(time);
    }
  }
}
