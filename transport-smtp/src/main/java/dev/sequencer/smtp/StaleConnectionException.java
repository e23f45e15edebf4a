package dev.sequencer.smtp;

/** A connection that had rested was over before a mail began; a fresh one may do. */
final class StaleConnectionException extends Exception {
  private static final long serialVersionUID = 1L;

  StaleConnectionException(String what) {
    super(what);
  }
}
