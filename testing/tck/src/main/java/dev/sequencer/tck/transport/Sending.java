package dev.sequencer.tck.transport;

import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult.Outcome;

/**
 * One send with what came of it as the engine counts it: an exception, interruption included, is in
 * doubt when the permit had been given, else not handed over ({@link MailTransport}).
 *
 * @param outcome what the engine records
 * @param said what the transport answered or threw
 */
record Sending(Outcome outcome, String said) {
  static Sending of(MailTransport transport, OutgoingMail mail, TestPermit permit) {
    try {
      var result = transport.send(mail, permit);
      return new Sending(result.outcome(), result.toString());
    } catch (InterruptedException | RuntimeException e) {
      return new Sending(permit.given() ? Outcome.IN_DOUBT : Outcome.NOT_HANDED_OVER, e.toString());
    } finally {
      // an interrupt that the transport kept must not reach the next statement of the test
      Thread.interrupted();
    }
  }

  /** Says whether the engine will hold that the mail was not sent. */
  boolean isNotSent() {
    return outcome != Outcome.SENT && outcome != Outcome.IN_DOUBT;
  }

  /** The invariant: (0, not sent), (1, sent), (0 or 1, in doubt). */
  boolean agreesWith(int accepted) {
    return switch (outcome) {
      case SENT -> accepted == 1;
      case IN_DOUBT -> accepted == 0 || accepted == 1;
      default -> accepted == 0;
    };
  }
}
