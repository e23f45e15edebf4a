package dev.sequencer;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One mail to one contact, later. Immutable; each method gives a new one.
 *
 * <p>Defaults: at once, personal, from the tenant's mailboxes, no key: each call is a mail of its
 * own.
 */
public final class Send {
  private final Contact contact;
  private final Optional<MailContent> mail;
  private final StartTime at;
  private final List<EmailAddress> mailboxes;
  private final Optional<String> key;
  private final Optional<SendWindow> window;
  private final Attributes data;

  private Send(
      Contact contact,
      Optional<MailContent> mail,
      StartTime at,
      List<EmailAddress> mailboxes,
      Optional<String> key,
      Optional<SendWindow> window,
      Attributes data) {
    this.contact = contact;
    this.mail = mail;
    this.at = at;
    this.mailboxes = mailboxes;
    this.key = key;
    this.window = window;
    this.data = data;
  }

  /** Gives a mail to a contact; it still needs {@link #mail}. */
  public static Send to(Contact contact) {
    return new Send(
        Objects.requireNonNull(contact, "contact"),
        Optional.empty(),
        StartTime.NOW,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Attributes.none());
  }

  /** Gives the same with what it sends. */
  public Send mail(Consumer<MailSpec> spec) {
    return new Send(
        contact, Optional.of(MailSpec.describe(spec)), at, mailboxes, key, window, data);
  }

  /** Gives the same, not before a local time in the contact's zone. */
  public Send at(LocalDateTime localTime) {
    return at(new StartTime.Local(localTime));
  }

  /** Gives the same, not before an instant. */
  public Send at(Instant instant) {
    return at(new StartTime.At(instant));
  }

  private Send at(StartTime time) {
    return new Send(contact, mail, time, mailboxes, key, window, data);
  }

  /**
   * Gives the same from one mailbox.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public Send mailbox(String address) {
    return pool(address);
  }

  /**
   * Gives the same from one of several mailboxes.
   *
   * @throws IllegalArgumentException when one is no address
   */
  public Send pool(String... addresses) {
    List<EmailAddress> pool = java.util.Arrays.stream(addresses).map(EmailAddress::of).toList();
    return new Send(contact, mail, at, pool, key, window, data);
  }

  /**
   * Gives the same with a key: a second call with it gives the first back, whatever else it says.
   *
   * @throws IllegalArgumentException when it is blank or longer than 200 characters
   */
  public Send key(String idempotencyKey) {
    return new Send(
        contact,
        mail,
        at,
        mailboxes,
        Optional.of(EnrollRequest.checkKey(idempotencyKey)),
        window,
        data);
  }

  /** Gives the same, only within a window in the contact's zone. */
  public Send window(SendWindow sendWindow) {
    return new Send(contact, mail, at, mailboxes, key, Optional.of(sendWindow), data);
  }

  /** Gives the same with data of its own, which wins over the contact's attributes. */
  public Send data(Attributes values) {
    return new Send(contact, mail, at, mailboxes, key, window, values);
  }

  /** Gives who gets it. */
  public Contact contact() {
    return contact;
  }

  /** Gives what it sends. */
  public Optional<MailContent> mail() {
    return mail;
  }

  /** Gives when it may leave at the earliest. */
  public StartTime at() {
    return at;
  }

  /** Gives the mailboxes it may leave from; empty for all of the tenant. */
  public List<EmailAddress> mailboxes() {
    return mailboxes;
  }

  /** Gives its key. */
  public Optional<String> key() {
    return key;
  }

  /** Gives its window. */
  public Optional<SendWindow> window() {
    return window;
  }

  /** Gives its data. */
  public Attributes data() {
    return data;
  }
}
