package dev.sequencer.spi.store;

import java.util.Objects;

/**
 * What opens, closes, pauses and outranks together. In a lane rows are ordered by due, then
 * enrollment; nothing else orders them. A store may give each lane a number of its own.
 *
 * @param owner the document id of the mailbox or pool; {@link #CONTROL_OWNER} for rows that need a
 *     walk and no mailbox
 * @param sequence the document id of the sequence
 * @param calendar an opaque key of window, zone and send time, at most 200 characters
 * @param priority 0 by hand, 1 transactional, 2 normal, 3 bulk; lower goes first
 * @param bound whether its enrollments are bound to their mailbox; bound goes before new
 */
public record Lane(int owner, int sequence, String calendar, int priority, boolean bound) {
  /** The owner of rows that the machine walks on without a mail. */
  public static final int CONTROL_OWNER = 0;

  /** The calendar that is always open. */
  public static final String ALWAYS = "-";

  /** Checks that nothing is missing. */
  public Lane {
    Objects.requireNonNull(calendar, "calendar");
  }

  /** Gives the control lane of a sequence. */
  public static Lane control(int sequence) {
    return new Lane(CONTROL_OWNER, sequence, ALWAYS, 2, false);
  }

  /** Says whether it is a control lane. */
  public boolean isControl() {
    return owner == CONTROL_OWNER;
  }
}
