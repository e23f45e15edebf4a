package dev.sequencer.smtp;

import dev.sequencer.smtp.internal.Deadline;
import dev.sequencer.smtp.internal.Phase;
import dev.sequencer.smtp.internal.Reply;
import dev.sequencer.smtp.internal.ReplyMeaning;
import dev.sequencer.smtp.internal.WireSocket;
import dev.sequencer.spi.Credential;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.Sender;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens a connection for a mailbox: connect, TLS, greeting, EHLO, login. Everything that fails here
 * fails before any mail; TLS and login are checked, never taken for granted.
 */
final class SmtpOpening {
  private final SmtpConfig config;
  private final SSLSocketFactory tls;
  private final Session session;

  SmtpOpening(SmtpConfig config) {
    this.config = config;
    this.tls = SmtpSessions.tls(config);
    this.session = SmtpSessions.session(config, tls);
  }

  /**
   * Opens a connection. A token that was refused is asked for once more, as the store may have
   * refreshed it meanwhile.
   *
   * @throws NotReadyException when it cannot be opened, with the result to answer
   * @throws InterruptedException when the thread is interrupted
   */
  SmtpConnection open(Sender sender, Deadline deadline)
      throws NotReadyException, InterruptedException {
    Optional<Credential> credential = credential(sender);
    try {
      return open(sender, credential, deadline);
    } catch (NotReadyException e) {
      if (e.result().kind().filter(kind -> kind == Kind.TOKEN).isEmpty()) {
        throw e;
      }
      Optional<Credential> again = credential(sender);
      if (again.equals(credential)) {
        throw e;
      }
      return open(sender, again, deadline);
    }
  }

  private Optional<Credential> credential(Sender sender) throws NotReadyException {
    if (!sender.needsCredential()) {
      if (config.auth().isPresent()) {
        throw trouble("the transport is set to a login, but the mailbox names no credential");
      }
      return Optional.empty();
    }
    Optional<Credential> credential;
    try {
      credential = sender.credential();
    } catch (RuntimeException e) {
      throw new NotReadyException(
          SendResult.notHandedOver("the credential store failed: " + e.getClass().getSimpleName()));
    }
    if (credential.isEmpty()) {
      throw trouble("the credential store has nothing under the mailbox's reference");
    }
    return credential;
  }

  private SmtpConnection open(Sender sender, Optional<Credential> credential, Deadline deadline)
      throws NotReadyException, InterruptedException {
    WireSocket wire = connect(deadline);
    try {
      SmtpDialogue dialogue = greet(wire);
      if (credential.isPresent()) {
        String address = sender.address().address();
        new SmtpLogin(dialogue, config).login(credential.get(), address);
      }
      return new SmtpConnection(wire, dialogue, config);
    } catch (NotReadyException e) {
      close(wire);
      // an interrupt shows as an exception of the socket; it is the interrupt that counts
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while connecting");
      }
      throw e;
    } catch (RuntimeException e) {
      close(wire);
      throw e;
    }
  }

  private WireSocket connect(Deadline deadline) throws NotReadyException, InterruptedException {
    SmtpConfig.Server server = config.server();
    try {
      WireSocket wire =
          WireSocket.connect(server.host(), server.port(), config.waits().connect(), deadline);
      wire.limit(config.waits().read(), deadline);
      return wire;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while connecting");
      }
      throw new NotReadyException(
          SendResult.notHandedOver("connect: " + server + " cannot be reached: " + name(e)));
    }
  }

  private SmtpDialogue greet(WireSocket wire) throws NotReadyException {
    SmtpDialogue dialogue = new SmtpDialogue(session, wire);
    dialogue.setLocalHost(config.localName().orElseGet(() -> literal(wire.getLocalAddress())));
    try {
      dialogue.begin(implicitTls(wire));
    } catch (MessagingException e) {
      throw refusedBeforeLogin(dialogue, e);
    }
    if (config.encryption() != SmtpConfig.Encryption.NONE && !dialogue.isSSL()) {
      throw trouble("TLS is required, but " + config.server() + " was greeted without");
    }
    return dialogue;
  }

  private Socket implicitTls(WireSocket wire) throws NotReadyException {
    if (config.encryption() != SmtpConfig.Encryption.TLS) {
      return wire;
    }
    try {
      return SmtpSessions.layer(tls, wire, config.server());
    } catch (IOException e) {
      throw noTls(e);
    }
  }

  private NotReadyException refusedBeforeLogin(SmtpDialogue dialogue, MessagingException e) {
    Reply reply = dialogue.lastReply();
    Phase phase = dialogue.phase();
    if (phase == Phase.STARTTLS && e.getCause() instanceof IOException io) {
      return noTls(io);
    }
    if (!reply.isValid()) {
      return new NotReadyException(
          SendResult.notHandedOver(phase + ": " + SmtpDialogue.noReply(e).what()));
    }
    boolean required = config.encryption() == SmtpConfig.Encryption.STARTTLS;
    if (required && phase == Phase.HELLO && reply.isPositive()) {
      return trouble(
          "STARTTLS is required, but "
              + config.server()
              + " does not offer it: use tls() or, where nobody listens, plaintext()");
    }
    if (phase == Phase.STARTTLS) {
      return new NotReadyException(
          SendResult.notHandedOver("STARTTLS was refused: " + reply.codes()));
    }
    Kind kind = reply.isTransient() ? Kind.THROTTLED : Kind.POLICY;
    return new NotReadyException(ReplyMeaning.trouble(kind, reply));
  }

  /** A certificate heals without us, so the mailbox rests and is not stopped. */
  private NotReadyException noTls(IOException e) {
    return new NotReadyException(
        SendResult.notHandedOver("TLS with " + config.server() + " failed: " + name(e)));
  }

  private static NotReadyException trouble(String text) {
    return new NotReadyException(SendResult.mailboxTrouble(Kind.LOGIN, text));
  }

  private static String name(Exception e) {
    return e.getClass().getSimpleName();
  }

  /** Gives an address literal (RFC 5321 section 4.1.3): it needs no look-up and is never wrong. */
  private static String literal(InetAddress address) {
    return address instanceof Inet6Address
        ? "[IPv6:" + withoutScope(address.getHostAddress()) + "]"
        : "[" + address.getHostAddress() + "]";
  }

  private static String withoutScope(String address) {
    int scope = address.indexOf('%');
    return scope < 0 ? address : address.substring(0, scope);
  }

  private static void close(WireSocket wire) {
    try {
      wire.close();
    } catch (IOException ignored) {
      // it is closed either way
    }
  }
}
