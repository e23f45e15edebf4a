package dev.sequencer;

/** The outcome of a delivery. */
public enum DeliveryStatus {
  /** The other side accepted it. */
  SENT,
  /** It was decided not to send it, for the stated reason. */
  SKIPPED,
  /** It could not be sent, for the stated reason. */
  FAILED,
  /** Unknown: it may or may not have been sent. */
  IN_DOUBT
}
