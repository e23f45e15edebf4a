package dev.sequencer.internal.mail;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.MailContent;
import dev.sequencer.MailKind;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which mail to compose for whom.
 *
 * @param mail the definition
 * @param kind its kind, the sequence's when the definition names none
 * @param contact who gets it, with attributes
 * @param data the enrollment's own data
 * @param fresh what the model source gave for it
 * @param locale the locale of its template; {@link Locale#ROOT} when the contact has none
 * @param threadSubject the subject of the first mail of the thread it answers, as it was sent;
 *     empty when it begins a thread
 */
public record MailRequest(
    MailContent mail,
    MailKind kind,
    Contact contact,
    Attributes data,
    Attributes fresh,
    Locale locale,
    Optional<String> threadSubject) {
  /** Checks that nothing is missing. */
  public MailRequest {
    Objects.requireNonNull(mail, "mail");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(contact, "contact");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(fresh, "fresh");
    Objects.requireNonNull(locale, "locale");
    Objects.requireNonNull(threadSubject, "threadSubject");
  }

  /** Gives the request for a mail that begins a thread, in the contact's locale. */
  public static MailRequest of(MailContent mail, MailKind kind, Contact contact) {
    return new MailRequest(
        mail,
        kind,
        contact,
        Attributes.none(),
        Attributes.none(),
        contact.locale().orElse(Locale.ROOT),
        Optional.empty());
  }

  /** Gives the same with the enrollment's own data. */
  public MailRequest data(Attributes values) {
    return new MailRequest(mail, kind, contact, values, fresh, locale, threadSubject);
  }

  /** Gives the same with what the model source gave. */
  public MailRequest fresh(Attributes values) {
    return new MailRequest(mail, kind, contact, data, values, locale, threadSubject);
  }

  /** Gives the same in another locale. */
  public MailRequest locale(Locale newLocale) {
    return new MailRequest(mail, kind, contact, data, fresh, newLocale, threadSubject);
  }

  /** Gives the same in answer to a thread. */
  public MailRequest inThreadOf(String firstSubject) {
    return new MailRequest(mail, kind, contact, data, fresh, locale, Optional.of(firstSubject));
  }
}
