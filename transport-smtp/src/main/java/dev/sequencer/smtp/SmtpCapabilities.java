package dev.sequencer.smtp;

import dev.sequencer.EmailAddress;
import dev.sequencer.mime.MimeMail;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import java.util.Optional;

/** Whether a server can carry a mail at all, by what it said in its reply to EHLO. */
final class SmtpCapabilities {
  private SmtpCapabilities() {}

  /** Gives why the server cannot carry the mail; empty when it can. */
  static Optional<SendResult> check(SmtpDialogue dialogue, OutgoingMail mail, MimeMail bytes) {
    if (bytes.needsSmtpUtf8() && dialogue.extension("SMTPUTF8").isEmpty()) {
      return Optional.of(noUtf8(mail));
    }
    long most = largest(dialogue);
    if (bytes.size() > most) {
      return Optional.of(
          SendResult.refusedMessage(
              "", "the mail has " + bytes.size() + " bytes, the server takes at most " + most));
    }
    return Optional.empty();
  }

  private static SendResult noUtf8(OutgoingMail mail) {
    String why =
        " has characters beyond ASCII before the '@', which the server cannot carry (no SMTPUTF8)";
    if (beyondAscii(mail.to())) {
      return SendResult.unreachableRecipient("", "the recipient's address" + why);
    }
    if (beyondAscii(mail.sender().address())) {
      return SendResult.mailboxTrouble(SendResult.Kind.LOGIN, "the mailbox's address" + why);
    }
    return SendResult.refusedMessage("", "an address of cc, bcc or reply-to" + why);
  }

  private static boolean beyondAscii(EmailAddress address) {
    return address.localPart().chars().anyMatch(c -> c > 126);
  }

  /** Gives the limit of RFC 1870; none and 0 mean that there is no fixed one. */
  private static long largest(SmtpDialogue dialogue) {
    String size = dialogue.extension("SIZE").orElse("").strip();
    if (!size.matches("[0-9]{1,18}") || Long.parseLong(size) == 0) {
      return Long.MAX_VALUE;
    }
    return Long.parseLong(size);
  }
}
