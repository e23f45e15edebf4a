package dev.sequencer.spi.store;

import dev.sequencer.EmailAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A contact as the store keeps it.
 *
 * @param number the store's number of it, greater than zero; 0 before it is stored
 * @param tenant the tenant
 * @param id the host's id
 * @param address the address as it was written, with display name, as {@link EmailAddress} reads it
 * @param normalized the address to compare by
 * @param zone its zone id
 * @param locale its locale as a BCP 47 tag
 * @param attributes its attributes as a JSON object
 */
public record StoredContact(
    long number,
    String tenant,
    Optional<String> id,
    String address,
    String normalized,
    Optional<String> zone,
    Optional<String> locale,
    String attributes) {
  /** Checks that nothing is missing. */
  public StoredContact {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(normalized, "normalized");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(locale, "locale");
    Objects.requireNonNull(attributes, "attributes");
  }

  /**
   * Gives this known contact updated with what is given about it, the one rule for enrolling and
   * saving: the given address, this display name when none is given, this id, zone and locale where
   * none is given, these attributes with the given ones laid over them by name.
   *
   * @throws IllegalArgumentException when attributes are no JSON object or an address is none
   */
  public StoredContact updatedWith(StoredContact given) {
    return new StoredContact(
        number,
        tenant,
        given.id.or(() -> id),
        given.address.equals(address) ? address : named(given.address),
        given.normalized,
        given.zone.or(() -> zone),
        given.locale.or(() -> locale),
        JsonMembers.overlay(attributes, given.attributes));
  }

  /** Gives an address with this contact's display name, unless it has one of its own. */
  private String named(String given) {
    EmailAddress parsed = EmailAddress.of(given);
    Optional<String> name = EmailAddress.of(address).name();
    return parsed.name().isPresent() || name.isEmpty()
        ? given
        : parsed.named(name.get()).toString();
  }

  /** Gives the domain of the normalised address. */
  public String domain() {
    return normalized.substring(normalized.lastIndexOf('@') + 1);
  }

  /** Gives its number and id: the address stays out of logs. */
  @Override
  public String toString() {
    return "StoredContact[" + number + id.map(i -> " id=" + i).orElse("") + "]";
  }
}
