package dev.sequencer.testkit;

import dev.sequencer.DeliveryView;
import dev.sequencer.spi.OutgoingMail;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A mail that the fake transport accepted, as a test looks at it. Immutable.
 *
 * <p>Its delivery is found by its Message-ID; a mail that has none yet, because its outcome was not
 * recorded, or ever, because it was sent for trying, has an empty step and sequence.
 */
public final class SentMail {
  private static final DateTimeFormatter LINE =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private final OutgoingMail mail;
  private final Instant leftAt;
  private final ZoneId zone;
  private final Optional<DeliveryView> delivery;

  SentMail(OutgoingMail mail, Instant leftAt, ZoneId zone, Optional<DeliveryView> delivery) {
    this.mail = Objects.requireNonNull(mail, "mail");
    this.leftAt = Objects.requireNonNull(leftAt, "leftAt");
    this.zone = Objects.requireNonNull(zone, "zone");
    this.delivery = Objects.requireNonNull(delivery, "delivery");
  }

  /** Gives the key of its step; empty without delivery. */
  public String step() {
    return delivery.map(DeliveryView::step).orElse("");
  }

  /** Gives the name of its sequence; empty without delivery. */
  public String sequence() {
    return delivery.map(DeliveryView::sequence).orElse("");
  }

  /** Gives the address of the recipient, without display name. */
  public String to() {
    return mail.to().address();
  }

  /** Gives the address of the mailbox that sent it, without display name. */
  public String mailbox() {
    return mail.sender().address().address();
  }

  /** Gives the tenant of the mailbox; empty for hosts that have none. */
  public String tenant() {
    return mail.sender().tenant();
  }

  /** Gives the subject. */
  public String subject() {
    return mail.content().subject();
  }

  /** Gives the plain text; empty when there is none. */
  public String text() {
    return mail.content().text().orElse("");
  }

  /** Gives the HTML; empty when there is none. */
  public String html() {
    return mail.content().html().orElse("");
  }

  /** Gives the requested Message-ID with its angle brackets. */
  public String messageId() {
    return mail.messageId();
  }

  /** Gives the Message-IDs of the thread that it answers, the oldest first. */
  public List<String> references() {
    return mail.thread().references();
  }

  /** Gives its further headers by name. */
  public Map<String, String> headers() {
    return mail.content().headers();
  }

  /** Gives when the fake transport accepted it. */
  public Instant leftAt() {
    return leftAt;
  }

  /** Gives that on the wall clock of {@link #zone()}. */
  public LocalDateTime local() {
    return LocalDateTime.ofInstant(leftAt, zone);
  }

  /** Gives the contact's zone, else that of its sequence, else the engine's. */
  public ZoneId zone() {
    return zone;
  }

  /** Gives the mail as the transport got it, with all addresses and attachments. */
  public OutgoingMail mail() {
    return mail;
  }

  /** Gives its delivery, as it is when the mails are looked at. */
  public Optional<DeliveryView> delivery() {
    return delivery;
  }

  /** Gives one line: local time, zone, step, recipient, mailbox and subject. */
  @Override
  public String toString() {
    return LINE.format(local())
        + " "
        + zone
        + "  "
        + (step().isEmpty() ? "-" : step())
        + "  to "
        + to()
        + " from "
        + mailbox()
        + ": "
        + subject();
  }
}
