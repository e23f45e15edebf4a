package dev.sequencer.spi.store;

import java.util.Objects;
import java.util.Optional;

/**
 * A contact as the store keeps it.
 *
 * @param number the store's number of it, greater than zero; 0 before it is stored
 * @param tenant the tenant
 * @param id the host's id
 * @param address the address as it was written, with display name
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

  /** Gives the domain of the normalised address. */
  public String domain() {
    return normalized.substring(normalized.lastIndexOf('@') + 1);
  }
}
