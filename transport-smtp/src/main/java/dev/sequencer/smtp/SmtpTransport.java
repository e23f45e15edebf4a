package dev.sequencer.smtp;

import dev.sequencer.mime.MimeMail;
import dev.sequencer.smtp.internal.Deadline;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.TransportLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Sends over SMTP (RFC 5321) through a submission server.
 *
 * <pre>{@code
 * SmtpTransport.to("smtp.acme.example", 587)                  // STARTTLS is required
 * SmtpTransport.to("smtp.acme.example", 465)                  // TLS from the first byte
 * SmtpTransport.to("localhost", 25).plaintext()               // only by saying so
 * }</pre>
 *
 * <p>A mailbox that names a credential logs in, with PLAIN or LOGIN for a password and XOAUTH2 for
 * a token; one that names none does not. Connections are kept per mailbox and reused.
 *
 * <p>A mail with copies goes in one transaction to all its addresses: when the server refuses one
 * of them, nobody gets the mail. So a mail is sent or not sent, never half.
 *
 * <p>The configuration is immutable, each method gives another transport with connections of its
 * own; make it once and share it. Safe for use by several threads. It has no thread: what rested
 * too long is closed at the next use of the transport, or by {@link #close()}.
 */
public final class SmtpTransport implements MailTransport {
  private final SmtpConfig config;
  private final SmtpConnections connections;

  private SmtpTransport(SmtpConfig config) {
    this.config = config;
    this.connections = new SmtpConnections(config);
  }

  /**
   * Gives a transport to a server; on port 465 with TLS from the first byte, on any other with
   * STARTTLS, which the server must offer.
   *
   * @param host a name or an address; an international name is taken in its ASCII form
   * @param port 587 is usual
   * @throws IllegalArgumentException when the host is blank or the port is not between 1 and 65535
   */
  public static SmtpTransport to(String host, int port) {
    return new SmtpTransport(SmtpConfig.to(host, port));
  }

  /** Requires STARTTLS (RFC 3207): without it no mail and no login goes out. */
  public SmtpTransport starttls() {
    return new SmtpTransport(config.with(SmtpConfig.Encryption.STARTTLS));
  }

  /** Uses TLS from the first byte (RFC 8314). */
  public SmtpTransport tls() {
    return new SmtpTransport(config.with(SmtpConfig.Encryption.TLS));
  }

  /** Sends mails and passwords in clear: for a server on the same machine, and for tests. */
  public SmtpTransport plaintext() {
    return new SmtpTransport(config.with(SmtpConfig.Encryption.NONE));
  }

  /** Logs in with this mechanism and no other; a mailbox without credential is then refused. */
  public SmtpTransport auth(SmtpAuth mechanism) {
    return new SmtpTransport(config.with(Objects.requireNonNull(mechanism, "mechanism")));
  }

  /**
   * Sets the longest time from the start of a send to its final dot; 2 minutes if not set.
   *
   * @throws IllegalArgumentException when it is not between 1 ms and 1 hour
   */
  public SmtpTransport handOver(Duration longest) {
    return new SmtpTransport(config.with(TransportLimits.of(longest, config.limits().answer())));
  }

  /**
   * Sets the longest wait for the reply to the final dot; 10 minutes if not set, as RFC 5321
   * section 4.5.3.2.6 wants: a shorter one makes more mails in doubt.
   *
   * @throws IllegalArgumentException when it is not between 1 ms and 1 hour
   */
  public SmtpTransport answer(Duration longest) {
    return new SmtpTransport(config.with(TransportLimits.of(config.limits().handOver(), longest)));
  }

  /**
   * Sets the longest wait for a connection to one address of the host; 20 seconds if not set.
   *
   * @throws IllegalArgumentException when it is not between 1 ms and 1 hour
   */
  public SmtpTransport connectTimeout(Duration longest) {
    return new SmtpTransport(config.with(new SmtpConfig.Waits(longest, config.waits().read())));
  }

  /**
   * Sets the longest wait for one reply before the final dot; 60 seconds if not set.
   *
   * @throws IllegalArgumentException when it is not between 1 ms and 1 hour
   */
  public SmtpTransport readTimeout(Duration longest) {
    return new SmtpTransport(config.with(new SmtpConfig.Waits(config.waits().connect(), longest)));
  }

  /**
   * Sets how many mails go over one connection; 100 if not set. Many servers close after a number.
   *
   * @throws IllegalArgumentException when it is less than 1
   */
  public SmtpTransport maxMailsPerConnection(int most) {
    return new SmtpTransport(config.with(new SmtpConfig.Reuse(most, config.reuse().idle())));
  }

  /**
   * Sets how long a connection may rest before it is closed; 30 seconds if not set, zero for a new
   * connection for each mail.
   *
   * @throws IllegalArgumentException when it is not between 0 and 1 hour
   */
  public SmtpTransport idle(Duration longest) {
    return new SmtpTransport(config.with(new SmtpConfig.Reuse(config.reuse().maxMails(), longest)));
  }

  /** Trusts what this context trusts, such as a certificate authority of the host's own. */
  public SmtpTransport trusting(SSLContext context) {
    return new SmtpTransport(config.with(Objects.requireNonNull(context, "context")));
  }

  /**
   * Sets the name to say in EHLO; the address of the connection if not set.
   *
   * @throws IllegalArgumentException when it is no host name and no address in brackets
   */
  public SmtpTransport localName(String name) {
    return new SmtpTransport(config.withLocalName(name));
  }

  @Override
  public TransportLimits limits() {
    return config.limits();
  }

  /** Connects and logs in, or finds that a connection rests; gives what is in the way. */
  @Override
  public Optional<SendResult> connect(Sender sender) throws InterruptedException {
    checkInterrupt();
    if (connections.isClosed()) {
      return Optional.of(closed());
    }
    try {
      Deadline deadline = Deadline.in(config.limits().handOver());
      connections.giveBack(sender, connections.take(sender, deadline));
      return Optional.empty();
    } catch (NotReadyException e) {
      return Optional.of(e.result());
    }
  }

  /**
   * Sends a mail; asks the permit between the body and the final dot.
   *
   * @throws InterruptedException when the thread is interrupted before the final dot: nothing was
   *     handed over. After it the result is in doubt and the thread stays interrupted.
   */
  @Override
  public SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException {
    checkInterrupt();
    MimeMail bytes;
    try {
      bytes = MimeMail.of(mail);
    } catch (IllegalArgumentException e) {
      return SendResult.refusedMessage("", String.valueOf(e.getMessage()));
    }
    Duration left = permit.remaining();
    if (left.isZero() || left.isNegative()) {
      return SendResult.notHandedOver("the permit expired before anything began");
    }
    if (connections.isClosed()) {
      return closed();
    }
    Deadline handOver = Deadline.in(config.limits().handOver()).orIn(left);
    try {
      return send(mail, bytes, permit, handOver);
    } catch (NotReadyException e) {
      return e.result();
    }
  }

  private SendResult send(OutgoingMail mail, MimeMail bytes, Permit permit, Deadline handOver)
      throws NotReadyException, InterruptedException {
    SmtpConnection connection = connections.take(mail.sender(), handOver);
    try {
      return run(connection, mail, bytes, permit, handOver);
    } catch (StaleConnectionException once) {
      SmtpConnection fresh = connections.open(mail.sender(), handOver);
      try {
        return run(fresh, mail, bytes, permit, handOver);
      } catch (StaleConnectionException e) {
        throw new IllegalStateException("a connection that never rested cannot be stale", e);
      }
    }
  }

  /** Whatever ends it without a result leaves a dialogue that nobody may go on with. */
  private SendResult run(
      SmtpConnection connection,
      OutgoingMail mail,
      MimeMail bytes,
      Permit permit,
      Deadline handOver)
      throws StaleConnectionException, InterruptedException {
    boolean ended = false;
    try {
      Optional<SendResult> cannot = SmtpCapabilities.check(connection.dialogue(), mail, bytes);
      SendResult result =
          cannot.isPresent()
              ? cannot.get()
              : new SmtpTransaction(connection, config, bytes, mail.messageId())
                  .run(permit, handOver);
      ended = true;
      return result;
    } finally {
      if (!ended) {
        connection.abort();
      }
      connections.giveBack(mail.sender(), connection);
    }
  }

  private SendResult closed() {
    return SendResult.notHandedOver("the transport to " + config.server() + " is closed");
  }

  private static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before anything was handed over");
    }
  }

  /** Says goodbye on what rests; what is in use ends with its mail. */
  @Override
  public void close() {
    connections.close();
  }

  /** Gives host and port. */
  @Override
  public String toString() {
    return "SmtpTransport[" + config.server() + "]";
  }
}
