package dev.sequencer;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;

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
    /** Cuts to milliseconds. */
    public At {
      instant = Instant.ofEpochMilli(instant.toEpochMilli());
    }
  }

  /**
   * At a local time in the contact's zone, else the sequence's, else the engine's.
   *
   * @param time the local time
   */
  record Local(LocalDateTime time) implements StartTime {
    /** Checks that it is there. */
    public Local {
      Objects.requireNonNull(time, "time");
    }
  }
}
