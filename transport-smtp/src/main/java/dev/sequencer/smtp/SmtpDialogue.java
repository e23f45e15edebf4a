package dev.sequencer.smtp;

import dev.sequencer.smtp.internal.Phase;
import dev.sequencer.smtp.internal.Reply;
import dev.sequencer.smtp.internal.WireSocket;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * The words of SMTP as Angus Mail speaks them: greeting, EHLO, STARTTLS, commands and replies. The
 * order of a transaction and the meaning of replies are ours ({@link SmtpTransaction}), because
 * {@code sendMessage} throws the same exception for a mail that the server has and one that it has
 * not. One thread at a time.
 */
final class SmtpDialogue extends SMTPTransport {
  private final WireSocket wire;
  private Phase phase = Phase.GREETING;
  private boolean tls;

  SmtpDialogue(Session session, WireSocket wire) {
    super(session, null);
    this.wire = wire;
  }

  /** Greets over a socket that is connected, and starts TLS when the session requires it. */
  void begin(Socket socket) throws MessagingException {
    connect(socket);
  }

  /** Gives how far {@link #begin} came. */
  Phase phase() {
    return phase;
  }

  /** Gives the last reply; one that is not valid when none came. */
  Reply lastReply() {
    String text = getLastServerResponse();
    return Reply.of(getLastReturnCode(), text == null ? "" : text);
  }

  /** Gives what the server said behind an extension in its reply to EHLO. */
  Optional<String> extension(String name) {
    return Optional.ofNullable(getExtensionParameter(name));
  }

  /**
   * Says a command and gives the reply to it.
   *
   * @throws NoReplyException when none came, or no valid one
   */
  synchronized Reply say(String command) throws NoReplyException {
    try {
      simpleCommand(command.getBytes(StandardCharsets.UTF_8));
    } catch (MessagingException e) {
      throw noReply(e);
    }
    return validReply();
  }

  /**
   * Says a line that must stay out of every log: it goes around Angus, whose tracing would show it.
   *
   * @throws NoReplyException when no valid reply came
   */
  synchronized Reply saySecret(String line) throws NoReplyException {
    try {
      OutputStream out = wire.top().getOutputStream();
      out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      readServerResponse();
    } catch (MessagingException | IOException e) {
      throw noReply(e);
    }
    return validReply();
  }

  private Reply validReply() throws NoReplyException {
    Reply reply = lastReply();
    if (!reply.isValid()) {
      throw new NoReplyException(
          reply.code() == -1 && "[EOF]".equals(getLastServerResponse())
              ? "the server closed the connection"
              : "the server's reply made no sense");
    }
    return reply;
  }

  /** Says in words what an exception was about; its own text may hold addresses. */
  static NoReplyException noReply(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return new NoReplyException("no reply came (" + cause.getClass().getSimpleName() + ")", e);
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    wire.expectAnswer();
    return super.readServerResponse();
  }

  @Override
  protected boolean ehlo(String domain) throws MessagingException {
    if (!tls) {
      phase = Phase.HELLO;
    }
    boolean understood = super.ehlo(domain);
    if (tls && !understood) {
      // Angus would go on with the extensions that were offered in clear
      throw new MessagingException("EHLO was refused after STARTTLS");
    }
    return understood;
  }

  @Override
  protected void startTLS() throws MessagingException {
    phase = Phase.STARTTLS;
    super.startTLS();
    tls = true;
  }
}
