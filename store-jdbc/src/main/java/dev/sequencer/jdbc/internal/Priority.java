package dev.sequencer.jdbc.internal;

/** Who writes first when several wait, the first named first. */
public enum Priority {
  /** Outcomes: what is known of a mail must not wait. */
  COMPLETE,
  /** A mail that may leave now. */
  BEGIN,
  /** Acts, events, documents. */
  STEER,
  /** Work to prepare. */
  CLAIM,
  /** Bulk. */
  ENROLL
}
