package dev.sequencer.tck.transport;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mails to hand to a transport under test. */
public final class TestMails {
  private static final Instant DATE = Instant.parse("2026-06-01T08:00:00Z");

  private TestMails() {}

  /** Gives a plain mail, a different one for each number. */
  public static OutgoingMail mail(int number) {
    return from(Sender.of(EmailAddress.of("ann@acme.example")), number);
  }

  /** Gives a plain mail from that mailbox, a different one for each number. */
  public static OutgoingMail from(Sender sender, int number) {
    return new OutgoingMail(
        key(number),
        sender,
        DATE,
        EmailAddress.of("bo" + number + "@example.com"),
        OutgoingMail.Addresses.NONE,
        OutgoingMail.Content.ofText("Mail " + number, "This is mail " + number + ".\r\n"),
        OutgoingMail.Thread.NONE,
        Optional.empty());
  }

  /** Gives the key of the mail of that number. */
  public static SendKey key(int number) {
    String value = "test-key-" + number;
    return new SendKey(value, "<" + value + "@acme.example>", DATE);
  }

  /** Gives the same mail with another content. */
  public static OutgoingMail with(OutgoingMail mail, OutgoingMail.Content content) {
    return new OutgoingMail(
        mail.key(),
        mail.sender(),
        mail.date(),
        mail.to(),
        mail.addresses(),
        content,
        mail.thread(),
        mail.stageReference());
  }

  /** Gives the same mail with another subject. */
  public static OutgoingMail withSubject(OutgoingMail mail, String subject) {
    OutgoingMail.Content old = mail.content();
    return with(
        mail,
        new OutgoingMail.Content(
            subject, old.text(), old.html(), old.attachments(), old.headers()));
  }

  /** Gives the same mail with these further headers. */
  public static OutgoingMail withHeaders(OutgoingMail mail, Map<String, String> headers) {
    OutgoingMail.Content old = mail.content();
    return with(
        mail,
        new OutgoingMail.Content(
            old.subject(), old.text(), old.html(), old.attachments(), headers));
  }

  /** Gives the same mail to another recipient. */
  public static OutgoingMail to(OutgoingMail mail, String address) {
    return new OutgoingMail(
        mail.key(),
        mail.sender(),
        mail.date(),
        EmailAddress.of(address),
        mail.addresses(),
        mail.content(),
        mail.thread(),
        mail.stageReference());
  }

  /** Gives the same mail with copies. */
  public static OutgoingMail withCopies(OutgoingMail mail, List<String> cc, List<String> bcc) {
    return new OutgoingMail(
        mail.key(),
        mail.sender(),
        mail.date(),
        mail.to(),
        new OutgoingMail.Addresses(
            cc.stream().map(EmailAddress::of).toList(),
            bcc.stream().map(EmailAddress::of).toList(),
            List.of()),
        mail.content(),
        mail.thread(),
        mail.stageReference());
  }

  /** Gives the same mail as an answer to the last of these Message-IDs. */
  public static OutgoingMail inThread(OutgoingMail mail, List<String> references) {
    return new OutgoingMail(
        mail.key(),
        mail.sender(),
        mail.date(),
        mail.to(),
        mail.addresses(),
        mail.content(),
        new OutgoingMail.Thread(
            Optional.of(references.get(references.size() - 1)), references, Optional.empty()),
        mail.stageReference());
  }
}
