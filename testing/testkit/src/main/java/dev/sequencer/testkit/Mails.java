package dev.sequencer.testkit;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.OutgoingMail;
import java.util.function.Predicate;

/** Which mails a script of a fake transport is for. */
public final class Mails {
  private Mails() {}

  /**
   * Gives the mails to an address.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public static Predicate<OutgoingMail> to(String recipient) {
    String normalized = EmailAddress.of(recipient).normalized();
    return mail -> mail.to().normalized().equals(normalized);
  }

  /**
   * Gives the mails from a mailbox.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public static Predicate<OutgoingMail> from(String mailbox) {
    String normalized = EmailAddress.of(mailbox).normalized();
    return mail -> mail.sender().address().normalized().equals(normalized);
  }

  /** Gives the mails with exactly that subject. */
  public static Predicate<OutgoingMail> subject(String subject) {
    return mail -> mail.content().subject().equals(subject);
  }
}
