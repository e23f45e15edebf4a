package dev.sequencer;

/** What happens with a delivery in doubt that no look-up decides. */
public enum InDoubt {
  /** It is held until somebody resolves it. The default. */
  HOLD,
  /** It counts as sent, and the enrollment goes on. */
  ASSUME_SENT,
  /** It is sent again with the same Message-ID: a recipient may get it twice. */
  RESEND
}
