package dev.sequencer;

/**
 * Something outside the caller's hands failed. Wrong values are {@link IllegalArgumentException},
 * wrong moments {@link IllegalStateException}.
 */
public class SequencerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one with a message that says what to do. */
  public SequencerException(String message) {
    super(message);
  }

  /** Makes one with a message and a cause. */
  public SequencerException(String message, Throwable cause) {
    super(message, cause);
  }
}
