package dev.sequencer.internal.dispatch;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.EmailAddress;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.spi.store.StoredContact;
import java.time.ZoneId;
import java.util.Locale;

/** Turns contacts into what the store keeps, and back. */
public final class Contacts {
  private Contacts() {}

  /** Gives a contact as a host sees it. */
  public static Contact contact(StoredContact stored) {
    return contact(stored, Json.attributes(stored.attributes()));
  }

  /** Gives a contact whose attributes have been read already. */
  static Contact contact(StoredContact stored, Attributes attributes) {
    Contact contact = Contact.of(EmailAddress.of(stored.address())).attributes(attributes);
    if (stored.id().isPresent()) {
      contact = contact.id(stored.id().get());
    }
    if (stored.zone().isPresent()) {
      contact = contact.zone(stored.zone().get());
    }
    return stored.locale().isPresent() ? contact.locale(stored.locale().get()) : contact;
  }

  /** Gives a contact as the store keeps it, without its number. */
  public static StoredContact stored(String tenant, Contact contact) {
    return new StoredContact(
        0,
        tenant,
        contact.id(),
        contact.email().toString(),
        contact.email().normalized(),
        contact.zone().map(ZoneId::getId),
        contact.locale().map(Locale::toLanguageTag),
        Json.write(contact.attributes()));
  }
}
