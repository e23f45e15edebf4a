package dev.sequencer;

import java.util.Objects;

/**
 * A contact as it came from outside, not checked yet; bulk calls answer for each whether it is
 * valid.
 *
 * @param email the address
 * @param id the host's id; empty for none
 * @param name the display name; empty for none
 * @param zone the zone id; empty for none
 * @param locale the locale; empty for none
 * @param attributes its attributes
 */
public record ContactInput(
    String email, String id, String name, String zone, String locale, Attributes attributes) {
  /** Checks that nothing is missing. */
  public ContactInput {
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(locale, "locale");
    Objects.requireNonNull(attributes, "attributes");
  }

  /** Gives an input with an address only. */
  public static ContactInput of(String email) {
    return new ContactInput(email, "", "", "", "", Attributes.none());
  }

  /** Gives the input of a valid contact. */
  public static ContactInput of(Contact contact) {
    return new ContactInput(
        contact.email().address(),
        contact.id().orElse(""),
        contact.name().orElse(""),
        contact.zone().map(java.time.ZoneId::getId).orElse(""),
        contact.locale().map(java.util.Locale::toLanguageTag).orElse(""),
        contact.attributes());
  }

  /**
   * Gives the contact, if it is valid; blanks around each value are trimmed.
   *
   * @throws IllegalArgumentException with the first rule that is broken
   */
  public Contact toContact() {
    Contact contact = Contact.of(email).attributes(attributes);
    if (!id.isBlank()) {
      contact = contact.id(id);
    }
    if (!name.isBlank()) {
      contact = contact.name(name);
    }
    if (!zone.isBlank()) {
      contact = contact.zone(zone.strip());
    }
    return locale.isBlank() ? contact : contact.locale(locale.strip());
  }

  /** Gives nothing of a person. */
  @Override
  public String toString() {
    return "ContactInput[" + (id.isEmpty() ? "no id" : "id=" + id) + "]";
  }
}
