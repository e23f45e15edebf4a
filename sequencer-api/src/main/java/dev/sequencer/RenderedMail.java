package dev.sequencer;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A mail as it would be sent.
 *
 * @param from the mailbox's address, when one was named
 * @param to the recipient
 * @param subject the subject
 * @param text the plain text
 * @param html the HTML
 * @param headers further headers
 * @param attachments the names of files and inline images
 * @param lints what is probably a mistake
 */
public record RenderedMail(
    Optional<EmailAddress> from,
    EmailAddress to,
    String subject,
    Optional<String> text,
    Optional<String> html,
    Map<String, String> headers,
    List<String> attachments,
    List<Problem> lints) {
  /** Copies the collections. */
  public RenderedMail {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(html, "html");
    headers = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(headers));
    attachments = List.copyOf(attachments);
    lints = List.copyOf(lints);
  }

  /** Gives nothing of a person. */
  @Override
  public String toString() {
    return "RenderedMail[attachments=" + attachments.size() + ", lints=" + lints.size() + "]";
  }
}
