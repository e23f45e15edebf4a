package dev.sequencer;

/** What people want of an enrollment. */
public enum EnrollmentStatus {
  /** It goes on by itself. */
  ACTIVE,
  /** Somebody paused it; it waits for a resume. */
  PAUSED,
  /** It needs a decision, nothing else. */
  HELD,
  /** It is over; {@link Ending} says how. */
  ENDED
}
