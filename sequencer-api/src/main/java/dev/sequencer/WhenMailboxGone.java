package dev.sequencer;

/** What becomes of the enrollments of a mailbox that is removed. */
public enum WhenMailboxGone {
  /** They are held, each with a line in its history. The default. */
  HOLD,
  /** They go back to the pool of their sequence; a thread begins anew. */
  REASSIGN,
  /** They end as failed. */
  FAIL
}
