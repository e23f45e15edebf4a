package dev.sequencer.spi;

import dev.sequencer.EmailAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One finished mail, ready to be handed over. Immutable.
 *
 * @param key what identifies its delivery
 * @param sender the mailbox
 * @param date when the attempt began, for the {@code Date} header
 * @param to the recipient
 * @param addresses who else gets it or is answered
 * @param content subject, bodies, attachments and headers
 * @param thread what it answers
 * @param stageReference the transport's reference of a staged mail ({@link StagedTransport})
 */
public record OutgoingMail(
    SendKey key,
    Sender sender,
    Instant date,
    EmailAddress to,
    Addresses addresses,
    Content content,
    Thread thread,
    Optional<String> stageReference) {

  /** Checks that nothing is missing. */
  public OutgoingMail {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(sender, "sender");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(addresses, "addresses");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(thread, "thread");
    Objects.requireNonNull(stageReference, "stageReference");
  }

  /** Gives the requested Message-ID with its angle brackets. */
  public String messageId() {
    return key.messageId();
  }

  /** Gives the same mail with the reference under which it was staged. */
  public OutgoingMail staged(String reference) {
    return new OutgoingMail(
        key, sender, date, to, addresses, content, thread, Optional.of(reference));
  }

  /** Gives the Message-ID and nothing of a person. */
  @Override
  public String toString() {
    return "OutgoingMail[" + messageId() + "]";
  }

  /**
   * The other addresses of a mail.
   *
   * @param cc carbon copies
   * @param bcc blind copies; in the envelope only
   * @param replyTo where answers go; empty: to the sender
   */
  public record Addresses(
      List<EmailAddress> cc, List<EmailAddress> bcc, List<EmailAddress> replyTo) {
    /** None at all. */
    public static final Addresses NONE = new Addresses(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Addresses {
      cc = List.copyOf(cc);
      bcc = List.copyOf(bcc);
      replyTo = List.copyOf(replyTo);
    }

    /** Gives how many there are: addresses stay out of logs. */
    @Override
    public String toString() {
      return "Addresses[cc="
          + cc.size()
          + ", bcc="
          + bcc.size()
          + ", replyTo="
          + replyTo.size()
          + "]";
    }
  }

  /**
   * What a mail says; at least one of text and HTML is there.
   *
   * @param subject the subject, one line
   * @param text the plain text
   * @param html the HTML
   * @param attachments files and inline images
   * @param headers further headers by name, in order
   */
  public record Content(
      String subject,
      Optional<String> text,
      Optional<String> html,
      List<Attachment> attachments,
      Map<String, String> headers) {
    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException when there is neither text nor HTML
     */
    public Content {
      Objects.requireNonNull(subject, "subject");
      attachments = List.copyOf(attachments);
      headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
      if (text.isEmpty() && html.isEmpty()) {
        throw new IllegalArgumentException(
            "a mail needs a text or an HTML body, but has neither: give its template one");
      }
    }

    /** Gives a mail of plain text. */
    public static Content ofText(String subject, String text) {
      return new Content(subject, Optional.of(text), Optional.empty(), List.of(), Map.of());
    }

    /** Gives what there is, without a word of it. */
    @Override
    public String toString() {
      return "Content["
          + (text.isPresent() ? "text " : "")
          + (html.isPresent() ? "html " : "")
          + "attachments="
          + attachments.size()
          + "]";
    }
  }

  /**
   * What a mail answers (RFC 5322 section 3.6.4).
   *
   * @param inReplyTo the Message-ID of the mail before, with angle brackets
   * @param references the Message-IDs of the thread, oldest first
   * @param providerThreadId the provider's id of the thread in this mailbox
   */
  public record Thread(
      Optional<String> inReplyTo, List<String> references, Optional<String> providerThreadId) {
    /** The start of a thread of its own. */
    public static final Thread NONE = new Thread(Optional.empty(), List.of(), Optional.empty());

    /** Copies the list. */
    public Thread {
      Objects.requireNonNull(inReplyTo, "inReplyTo");
      references = List.copyOf(references);
      Objects.requireNonNull(providerThreadId, "providerThreadId");
    }
  }
}
