package dev.sequencer.internal.mail;

import dev.sequencer.EmailAddress;
import dev.sequencer.Problem;
import dev.sequencer.RenderedMail;
import dev.sequencer.spi.Attachment;
import dev.sequencer.spi.OutgoingMail;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A mail filled with the values of one contact, ready to be addressed. Immutable.
 *
 * @param content subject, bodies, headers and files
 * @param addresses who else gets it or is answered
 * @param template which texts it was made from
 * @param size the bytes of subject and bodies in UTF-8 and of all files
 */
public record ComposedMail(
    OutgoingMail.Content content,
    OutgoingMail.Addresses addresses,
    TemplateMark template,
    long size) {
  /** Checks that nothing is missing. */
  public ComposedMail {
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(addresses, "addresses");
    Objects.requireNonNull(template, "template");
  }

  /** Gives the subject as it will be sent. */
  public String subject() {
    return content.subject();
  }

  /** Gives it as people preview it. */
  public RenderedMail preview(Optional<EmailAddress> from, EmailAddress to, List<Problem> lints) {
    return new RenderedMail(
        from,
        to,
        content.subject(),
        content.text(),
        content.html(),
        content.headers(),
        content.attachments().stream().map(Attachment::name).toList(),
        lints);
  }

  /**
   * What is kept of the texts a mail was made from.
   *
   * @param name the name of the template; empty when the definition held the texts
   * @param locale the locale the template was found for as a BCP 47 tag; empty for the root
   * @param hash the first 16 hexadecimal digits of a SHA-256 over subject, text and HTML before
   *     they were filled
   */
  public record TemplateMark(Optional<String> name, String locale, String hash) {
    /** Checks that nothing is missing. */
    public TemplateMark {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(locale, "locale");
      Objects.requireNonNull(hash, "hash");
    }
  }
}
