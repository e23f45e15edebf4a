package dev.sequencer.smtp;

/** A command got no valid reply: the connection was cut, the wait ended, or garbage came. */
final class NoReplyException extends Exception {
  private static final long serialVersionUID = 1L;

  NoReplyException(String what, Throwable cause) {
    super(what, cause);
  }

  NoReplyException(String what) {
    super(what);
  }

  /** Gives what happened, in words without addresses. */
  String what() {
    return String.valueOf(getMessage());
  }
}
