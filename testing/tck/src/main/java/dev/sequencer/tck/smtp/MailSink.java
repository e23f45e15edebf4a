package dev.sequencer.tck.smtp;

import java.io.IOException;

/** Where a test server puts a mail before it says 250. Called by several threads at once. */
@FunctionalInterface
public interface MailSink {
  /**
   * Takes a mail; returns only when it is safe.
   *
   * @throws IOException when it cannot be stored: the server then answers 451
   */
  void store(AcceptedMail mail) throws IOException;
}
