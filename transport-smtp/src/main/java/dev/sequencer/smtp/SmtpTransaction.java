package dev.sequencer.smtp;

import dev.sequencer.mime.MimeMail;
import dev.sequencer.smtp.internal.Acceptance;
import dev.sequencer.smtp.internal.Deadline;
import dev.sequencer.smtp.internal.Phase;
import dev.sequencer.smtp.internal.Reply;
import dev.sequencer.smtp.internal.ReplyMeaning;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendResult;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;

/**
 * One mail over one connection (RFC 5321 section 3.3).
 *
 * <ol>
 *   <li>{@code MAIL}. On a connection that had rested, a cut, 421 or 451 here says that it is over:
 *       nothing has begun, a fresh one is taken.
 *   <li>{@code RCPT} for each address. One that is refused ends it: nobody gets the mail.
 *   <li>{@code DATA} and the body, all of it out of our buffers.
 *   <li>The permit. Refused: the connection is closed, and without its dot the mail is thrown away.
 *   <li>The dot. Its bytes not written: not sent. A reply: what it says. No reply: in doubt.
 * </ol>
 */
final class SmtpTransaction {
  private static final int BUFFER = 16 * 1024;

  private final SmtpConnection connection;
  private final SmtpConfig config;
  private final MimeMail mail;
  private final String messageId;

  SmtpTransaction(SmtpConnection connection, SmtpConfig config, MimeMail mail, String messageId) {
    this.connection = connection;
    this.config = config;
    this.mail = mail;
    this.messageId = messageId;
  }

  SendResult run(Permit permit, Deadline handOver)
      throws StaleConnectionException, InterruptedException {
    connection.wire().limit(config.waits().read(), handOver);
    Phase phase = Phase.MAIL;
    try {
      Reply reply = mailFrom();
      if (reply.isPositive()) {
        phase = Phase.RECIPIENT;
        reply = recipient(mail.envelopeRecipients().get(0));
      }
      List<String> copies = mail.envelopeRecipients();
      for (int i = 1; i < copies.size() && reply.isPositive(); i++) {
        phase = Phase.COPY;
        reply = recipient(copies.get(i));
      }
      if (reply.isPositive()) {
        phase = Phase.DATA;
        reply = connection.dialogue().say("DATA");
      }
      if (reply.code() != 354) {
        return refused(phase, reply);
      }
      body();
    } catch (NoReplyException e) {
      return cut(phase, e.what());
    } catch (IOException e) {
      return cut(phase, "the body could not be sent (" + e.getClass().getSimpleName() + ")");
    }
    return askAndEnd(permit);
  }

  private Reply mailFrom() throws NoReplyException, StaleConnectionException {
    StringBuilder command = new StringBuilder("MAIL FROM:<");
    command.append(mail.envelopeSender()).append('>');
    if (connection.dialogue().extension("SIZE").isPresent()) {
      command.append(" SIZE=").append(mail.size());
    }
    if (mail.needsSmtpUtf8()) {
      command.append(" SMTPUTF8");
    }
    try {
      Reply reply = connection.dialogue().say(command.toString());
      if (connection.reused() && (reply.code() == 421 || reply.code() == 451)) {
        throw new StaleConnectionException(reply.codes());
      }
      return reply;
    } catch (NoReplyException e) {
      if (connection.reused() && !Thread.currentThread().isInterrupted()) {
        throw new StaleConnectionException(e.what());
      }
      throw e;
    }
  }

  private Reply recipient(String address) throws NoReplyException {
    return connection.dialogue().say("RCPT TO:<" + address + ">");
  }

  private void body() throws IOException {
    BufferedOutputStream out =
        new BufferedOutputStream(connection.wire().top().getOutputStream(), BUFFER);
    SMTPOutputStream stuffing = new SMTPOutputStream(out);
    mail.writeTo(stuffing);
    stuffing.ensureAtBOL();
    out.flush();
  }

  /** Gives the meaning of a definite refusal before the dot; nothing was accepted. */
  private SendResult refused(Phase phase, Reply reply) {
    if (reply.code() < 400) {
      // a positive reply where none was due: the two sides are out of step
      connection.abort();
      return SendResult.deferred(reply.codes(), "an unexpected reply to " + phase);
    }
    if (reply.code() == 421) {
      connection.spoil();
    } else {
      connection.reset();
    }
    return ReplyMeaning.of(phase, reply, mail.envelopeRecipients().size() == 1);
  }

  /**
   * The connection broke before the dot. At {@code MAIL} nothing of this mail was said yet, so the
   * connection is to blame; later it may be this very mail, which then counts as tried, as it would
   * otherwise stand before its mailbox for ever.
   */
  private SendResult cut(Phase phase, String what) throws InterruptedException {
    connection.abort();
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the final dot");
    }
    String text = "the connection broke at " + phase + ": " + what;
    return phase == Phase.MAIL ? SendResult.notHandedOver(text) : SendResult.deferred("", text);
  }

  private SendResult askAndEnd(Permit permit) throws InterruptedException {
    if (connection.wire().peerHasClosed()) {
      return cut(Phase.DATA, "the server closed it before the final dot");
    }
    boolean granted = false;
    try {
      granted = permit.check();
    } finally {
      if (!granted) {
        connection.abort();
      }
    }
    if (!granted) {
      return SendResult.notHandedOver("the permit expired before the final dot");
    }
    if (Thread.currentThread().isInterrupted()) {
      connection.abort();
      return SendResult.notHandedOver("interrupted before the final dot");
    }
    return end();
  }

  private SendResult end() {
    Deadline answer = Deadline.in(config.limits().answer());
    connection.wire().limit(config.limits().answer(), answer);
    long before = connection.wire().written();
    Reply reply;
    try {
      reply = connection.dialogue().say(".");
    } catch (NoReplyException e) {
      boolean dotLeft = connection.wire().written() > before;
      connection.abort();
      return dotLeft
          ? SendResult.inDoubt("after the final dot: " + e.what())
          : SendResult.deferred("", "the final dot could not be sent: " + e.what());
    }
    if (reply.isPositive()) {
      connection.countMail();
      return SendResult.sent(Acceptance.of(reply, config.server().host(), messageId));
    }
    if (reply.code() < 400) {
      connection.abort();
      return SendResult.inDoubt("after the final dot came " + reply.codes());
    }
    if (reply.code() == 421) {
      connection.spoil();
    }
    return ReplyMeaning.of(Phase.DOT, reply, mail.envelopeRecipients().size() == 1);
  }
}
