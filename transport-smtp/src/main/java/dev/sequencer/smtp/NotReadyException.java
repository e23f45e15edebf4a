package dev.sequencer.smtp;

import dev.sequencer.spi.SendResult;

/** There is no connection that a mail could go over, for the reason that the result gives. */
final class NotReadyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient SendResult result;

  NotReadyException(SendResult result) {
    super(result.toString());
    this.result = result;
  }

  SendResult result() {
    return result;
  }
}
