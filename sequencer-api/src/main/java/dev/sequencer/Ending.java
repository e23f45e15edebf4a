package dev.sequencer;

/** How an enrollment ended. */
public enum Ending {
  /** All its steps are done. */
  COMPLETED,
  /** Something that happened stopped it: a reply, an unsubscribe, a suppression. */
  STOPPED,
  /** Somebody cancelled it. */
  CANCELLED,
  /** A step failed; a retry revives it. */
  FAILED
}
