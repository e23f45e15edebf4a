package dev.sequencer.smtp;

import dev.sequencer.smtp.internal.Deadline;
import dev.sequencer.smtp.internal.Reply;
import dev.sequencer.smtp.internal.WireSocket;
import java.io.IOException;
import java.time.Duration;

/** A connection that is open and logged in, with its age and use. One thread at a time. */
final class SmtpConnection {
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final WireSocket wire;
  private final SmtpDialogue dialogue;
  private final SmtpConfig config;
  private Deadline idleUntil;
  private Deadline freshUntil;
  private int mails;
  private boolean reused;
  private boolean usable = true;

  SmtpConnection(WireSocket wire, SmtpDialogue dialogue, SmtpConfig config) {
    this.wire = wire;
    this.dialogue = dialogue;
    this.config = config;
    this.idleUntil = Deadline.in(config.reuse().idle());
    this.freshUntil = idleUntil;
  }

  WireSocket wire() {
    return wire;
  }

  SmtpDialogue dialogue() {
    return dialogue;
  }

  /** Says whether it has waited since its opening, so that the server may have closed it. */
  boolean reused() {
    return reused;
  }

  boolean hasIdledTooLong() {
    return idleUntil.hasPassed();
  }

  /** Says whether another mail may go over it. */
  boolean reusable() {
    return usable && mails < config.reuse().maxMails() && !wire.isClosed();
  }

  /** Counts a mail that was handed over. */
  void countMail() {
    mails++;
  }

  /** Marks it as over: a reply is owed, or the server said so. */
  void spoil() {
    usable = false;
  }

  /** Puts it aside. */
  void rest(Duration trusted) {
    idleUntil = Deadline.in(config.reuse().idle());
    freshUntil = Deadline.in(trusted);
  }

  /**
   * Takes it up again; one that has rested for longer is asked first whether it still lives.
   *
   * @return whether it lives, as far as one can know
   */
  boolean wake(Deadline deadline) {
    reused = true;
    if (!freshUntil.hasPassed()) {
      return !wire.peerHasClosed();
    }
    wire.limit(config.waits().read(), deadline);
    try {
      Reply reply = dialogue.say("NOOP");
      return reply.isPositive();
    } catch (NoReplyException stale) {
      return false;
    }
  }

  /** Ends the transaction that is under way, so that the next mail can begin. */
  void reset() {
    try {
      if (!dialogue.say("RSET").isPositive()) {
        spoil();
      }
    } catch (NoReplyException e) {
      spoil();
    }
  }

  /** Says QUIT without waiting for the answer, and closes. */
  void quit() {
    if (usable && !wire.isClosed()) {
      wire.limit(FAREWELL, Deadline.in(FAREWELL));
      try {
        wire.top().getOutputStream().write(new byte[] {'Q', 'U', 'I', 'T', '\r', '\n'});
        wire.top().getOutputStream().flush();
      } catch (IOException gone) {
        // nobody is there to say goodbye to
      }
    }
    abort();
  }

  /** Closes at once, in the middle of whatever: without its final dot a mail is thrown away. */
  void abort() {
    usable = false;
    try {
      wire.close();
    } catch (IOException ignored) {
      // it is closed either way
    }
  }
}
