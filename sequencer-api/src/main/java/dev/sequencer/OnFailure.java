package dev.sequencer;

/** What becomes of an enrollment whose e-mail failed for another reason than a hard bounce. */
public enum OnFailure {
  /** It ends as failed; a retry revives it. The default. */
  FAIL,
  /** It goes on with the next step. */
  CONTINUE
}
