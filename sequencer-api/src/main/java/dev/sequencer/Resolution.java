package dev.sequencer;

/** How somebody decides a delivery in doubt. */
public enum Resolution {
  /** It was sent: the enrollment goes on; its next delay counts from the begin of the attempt. */
  WAS_SENT,
  /** It was not sent and is not to be: skipped, and the enrollment goes on. */
  SKIP,
  /** It was not sent: send it again, with the same Message-ID. */
  RESEND,
  /** It was not sent: the delivery fails, and the enrollment by its sequence's rule. */
  FAIL
}
