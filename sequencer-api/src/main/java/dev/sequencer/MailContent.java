package dev.sequencer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one e-mail is made of, as a definition keeps it. Immutable; made by {@link MailSpec}.
 *
 * @param source where subject and bodies come from
 * @param kind its kind; empty: the sequence's
 * @param inThread whether it answers the thread that the last e-mail not in a thread began
 * @param addresses who else gets it or is answered
 * @param headers further headers; values are templates
 * @param attachments files and inline images, by name
 * @param defaults values of variables that nothing else gives
 */
public record MailContent(
    Source source,
    Optional<MailKind> kind,
    boolean inThread,
    Addresses addresses,
    Map<String, String> headers,
    List<AttachmentName> attachments,
    Attributes defaults) {
  /** Copies the collections. */
  public MailContent {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(addresses, "addresses");
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    attachments = List.copyOf(attachments);
    Objects.requireNonNull(defaults, "defaults");
  }

  /**
   * Where subject and bodies come from: a template by name, or texts of the definition, which win
   * over the template's.
   *
   * @param template the name of a template
   * @param subject the subject; itself a template
   * @param text the plain text; itself a template
   * @param html the HTML; itself a template
   */
  public record Source(
      Optional<String> template,
      Optional<String> subject,
      Optional<String> text,
      Optional<String> html) {
    /** Checks that nothing is missing. */
    public Source {
      Objects.requireNonNull(template, "template");
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(html, "html");
    }
  }

  /**
   * The other addresses of a mail.
   *
   * @param cc carbon copies
   * @param bcc blind copies
   * @param replyTo where answers go; empty: to the mailbox
   */
  public record Addresses(
      List<EmailAddress> cc, List<EmailAddress> bcc, List<EmailAddress> replyTo) {
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
   * A file that is read through the template source when the mail is prepared.
   *
   * @param name the name under which the template source knows it
   * @param contentId the id by which HTML shows it ({@code cid:logo}); empty for an attachment
   */
  public record AttachmentName(String name, Optional<String> contentId) {
    /** Checks that nothing is missing. */
    public AttachmentName {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(contentId, "contentId");
    }
  }
}
