package dev.sequencer.internal.mail;

import dev.sequencer.Contact;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The values that a template sees, each laid over those before it:
 *
 * <ol>
 *   <li>the defaults of the definition,
 *   <li>{@code email} and {@code name} of the contact,
 *   <li>the contact's attributes,
 *   <li>the enrollment's own data,
 *   <li>what the model source gave,
 *   <li>{@code contact}: a map of what is known of {@code email}, {@code id}, {@code name}, {@code
 *       zone} and {@code locale}; nothing else may be named so.
 * </ol>
 */
final class MailValues {
  /** The name that always means the contact. */
  static final String CONTACT = "contact";

  private MailValues() {}

  static Map<String, Object> of(MailRequest request) {
    Map<String, Object> values = new LinkedHashMap<>(request.mail().defaults().asMap());
    Contact contact = request.contact();
    values.put("email", contact.email().address());
    contact.name().ifPresent(name -> values.put("name", name));
    values.putAll(contact.attributes().asMap());
    values.putAll(request.data().asMap());
    values.putAll(request.fresh().asMap());
    values.put(CONTACT, contactMap(contact));
    return values;
  }

  private static Map<String, Object> contactMap(Contact contact) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("email", contact.email().address());
    contact.id().ifPresent(id -> map.put("id", id));
    contact.name().ifPresent(name -> map.put("name", name));
    contact.zone().map(ZoneId::getId).ifPresent(zone -> map.put("zone", zone));
    contact.locale().map(Locale::toLanguageTag).ifPresent(tag -> map.put("locale", tag));
    return map;
  }
}
