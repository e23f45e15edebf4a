package dev.sequencer;

import dev.sequencer.internal.text.OutsideText;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * A request to enroll a contact in a sequence. Immutable; each method gives a new one.
 *
 * <p>Defaults: run key {@code ""}, once, no data, the sequence's pool, at once.
 */
public final class EnrollRequest {
  private final String sequence;
  private final Contact contact;
  private final String runKey;
  private final Reenroll reenroll;
  private final Attributes data;
  private final Optional<EmailAddress> mailbox;
  private final StartTime startingAt;

  private EnrollRequest(
      String sequence,
      Contact contact,
      String runKey,
      Reenroll reenroll,
      Attributes data,
      Optional<EmailAddress> mailbox,
      StartTime startingAt) {
    this.sequence = sequence;
    this.contact = contact;
    this.runKey = runKey;
    this.reenroll = reenroll;
    this.data = data;
    this.mailbox = mailbox;
    this.startingAt = startingAt;
  }

  /** Gives the request to enroll a contact. */
  public static EnrollRequest of(String sequence, Contact contact) {
    return new EnrollRequest(
        Objects.requireNonNull(sequence, "sequence"),
        Objects.requireNonNull(contact, "contact"),
        "",
        Reenroll.ONCE,
        Attributes.none(),
        Optional.empty(),
        StartTime.NOW);
  }

  /**
   * Gives the same under a run key, which tells one enrollment of a contact in a sequence from
   * another.
   *
   * @throws IllegalArgumentException when it is blank or longer than 200 characters
   */
  public EnrollRequest runKey(String key) {
    return new EnrollRequest(sequence, contact, checkKey(key), reenroll, data, mailbox, startingAt);
  }

  /** Gives the same with a rule for a contact that was enrolled before. */
  public EnrollRequest reenroll(Reenroll rule) {
    return new EnrollRequest(sequence, contact, runKey, rule, data, mailbox, startingAt);
  }

  /** Gives the same with data of its own, which wins over the contact's attributes. */
  public EnrollRequest data(Attributes values) {
    return new EnrollRequest(sequence, contact, runKey, reenroll, values, mailbox, startingAt);
  }

  /**
   * Gives the same from one mailbox.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public EnrollRequest mailbox(String address) {
    return new EnrollRequest(
        sequence,
        contact,
        runKey,
        reenroll,
        data,
        Optional.of(EmailAddress.of(address)),
        startingAt);
  }

  /** Gives the same, its first delay counting from an instant. */
  public EnrollRequest startingAt(Instant instant) {
    return startingAt(new StartTime.At(instant));
  }

  /** Gives the same, its first delay counting from a local time in the contact's zone. */
  public EnrollRequest startingAt(LocalDateTime localTime) {
    return startingAt(new StartTime.Local(localTime));
  }

  private EnrollRequest startingAt(StartTime time) {
    return new EnrollRequest(sequence, contact, runKey, reenroll, data, mailbox, time);
  }

  static String checkKey(String key) {
    if (key.isBlank() || key.length() > 200) {
      throw new IllegalArgumentException(
          "a key must have 1 to 200 characters and not be blank, but has " + key.length());
    }
    return OutsideText.clean(key, 200);
  }

  /** Gives the name of the sequence. */
  public String sequence() {
    return sequence;
  }

  /** Gives the contact. */
  public Contact contact() {
    return contact;
  }

  /** Gives the run key. */
  public String runKey() {
    return runKey;
  }

  /** Gives the rule for a contact that was enrolled before. */
  public Reenroll reenroll() {
    return reenroll;
  }

  /** Gives the data. */
  public Attributes data() {
    return data;
  }

  /** Gives the mailbox, when one was named. */
  public Optional<EmailAddress> mailbox() {
    return mailbox;
  }

  /** Gives from when its first delay counts. */
  public StartTime startingAt() {
    return startingAt;
  }
}
