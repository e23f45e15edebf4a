package dev.sequencer.spi;

import java.util.Optional;

/**
 * Hands mails over to the other side. Called by several threads at once, for one mailbox by at most
 * as many as its concurrency allows.
 *
 * <p>Exceptions: an {@link InterruptedException} or any other exception out of {@link #send} counts
 * as in doubt when the permit had been given, else as not handed over.
 */
public interface MailTransport extends AutoCloseable {
  /** Gives the longest hand-over and the longest answer; the same at every call. */
  TransportLimits limits();

  /**
   * Gets ready to send for a mailbox, before begin: connection and login. The default is ready.
   *
   * @return empty when ready; else a result with outcome {@link SendResult.Outcome#NOT_HANDED_OVER}
   *     or {@link SendResult.Outcome#MAILBOX_TROUBLE}
   * @throws InterruptedException when the engine stops
   */
  default Optional<SendResult> connect(Sender sender) throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Hands a mail over once; no retries of its own after the point of no return.
   *
   * @throws InterruptedException when the engine stops
   */
  SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException;

  /**
   * Looks up whether an attempt without outcome was sent; a failed look-up is {@link
   * Found#CANNOT_TELL}.
   *
   * @throws InterruptedException when the engine stops
   */
  default Found find(Sender sender, SendKey key) throws InterruptedException {
    return Found.CANNOT_TELL;
  }

  /** Closes what is open; called once by {@code stop} after the last send. */
  @Override
  default void close() {}
}
