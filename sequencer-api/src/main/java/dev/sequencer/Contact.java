package dev.sequencer;

import dev.sequencer.internal.text.OutsideText;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who gets mail: valid or not existing. Immutable; each method gives a new one. A contact is the
 * same as another by its id, else by its normalised address.
 */
public final class Contact {
  private final EmailAddress email;
  private final Optional<String> id;
  private final Optional<ZoneId> zone;
  private final Optional<Locale> locale;
  private final Attributes attributes;

  private Contact(
      EmailAddress email,
      Optional<String> id,
      Optional<ZoneId> zone,
      Optional<Locale> locale,
      Attributes attributes) {
    this.email = email;
    this.id = id;
    this.zone = zone;
    this.locale = locale;
    this.attributes = attributes;
  }

  /**
   * Gives the contact with an address, with or without display name.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public static Contact of(String email) {
    return of(EmailAddress.of(email));
  }

  /** Gives the contact with an address. */
  public static Contact of(EmailAddress email) {
    return new Contact(
        email, Optional.empty(), Optional.empty(), Optional.empty(), Attributes.none());
  }

  /**
   * Gives the same with the host's id.
   *
   * @throws IllegalArgumentException when it is blank or longer than 200 characters
   */
  public Contact id(String hostId) {
    return new Contact(email, Optional.of(checkId(hostId)), zone, locale, attributes);
  }

  static String checkId(String hostId) {
    String stripped = hostId.strip();
    if (stripped.isEmpty() || stripped.length() > 200) {
      throw new IllegalArgumentException(
          "the id of a contact must have 1 to 200 characters, but has " + stripped.length());
    }
    return OutsideText.clean(stripped, 200);
  }

  /**
   * Gives the same with a display name.
   *
   * @throws IllegalArgumentException when it has a control character or more than 200 characters
   */
  public Contact name(String displayName) {
    return new Contact(email.named(displayName), id, zone, locale, attributes);
  }

  /**
   * Gives the same in a zone.
   *
   * @throws TimeRuleException with INVALID_ZONE
   */
  public Contact zone(String zoneId) {
    return zone(Zones.of(zoneId));
  }

  /**
   * Gives the same in a zone.
   *
   * @throws TimeRuleException with INVALID_ZONE
   */
  public Contact zone(ZoneId newZone) {
    return new Contact(email, id, Optional.of(Zones.of(newZone.getId())), locale, attributes);
  }

  /**
   * Gives the same with a locale, such as {@code de-AT} (BCP 47).
   *
   * @throws IllegalArgumentException when it is no language tag
   */
  public Contact locale(String tag) {
    try {
      // The builder takes nothing for no language at all.
      Locale read = new Locale.Builder().setLanguageTag(tag.replace('_', '-')).build();
      if (!tag.isEmpty()) {
        return locale(read);
      }
    } catch (IllformedLocaleException e) {
      throw notALocale(tag, e);
    }
    throw notALocale(tag, null);
  }

  private static IllegalArgumentException notALocale(
      String tag, @Nullable IllformedLocaleException cause) {
    return new IllegalArgumentException(
        "a locale must be a language tag such as de or de-AT, but is '"
            + OutsideText.clean(tag, 40)
            + "'",
        cause);
  }

  /** Gives the same with a locale. */
  public Contact locale(Locale newLocale) {
    return new Contact(email, id, zone, Optional.of(newLocale), attributes);
  }

  /**
   * Gives the same with one more attribute.
   *
   * @throws IllegalArgumentException when the value has an unsupported type
   */
  public Contact attribute(String name, Object value) {
    return attributes(attributes.with(name, value));
  }

  /** Gives the same with these attributes instead of its own. */
  public Contact attributes(Attributes newAttributes) {
    return new Contact(email, id, zone, locale, newAttributes);
  }

  /** Gives the address with its display name. */
  public EmailAddress email() {
    return email;
  }

  /** Gives the host's id. */
  public Optional<String> id() {
    return id;
  }

  /** Gives the display name. */
  public Optional<String> name() {
    return email.name();
  }

  /** Gives the zone. */
  public Optional<ZoneId> zone() {
    return zone;
  }

  /** Gives the locale. */
  public Optional<Locale> locale() {
    return locale;
  }

  /** Gives the attributes. */
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Contact that
        && email.equals(that.email)
        && id.equals(that.id)
        && zone.equals(that.zone)
        && locale.equals(that.locale)
        && attributes.equals(that.attributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(email, id, zone, locale, attributes);
  }

  /** Gives the id, if any; the address stays out of logs. */
  @Override
  public String toString() {
    return "Contact[" + id.map(i -> "id=" + i).orElse("no id") + "]";
  }
}
