package dev.sequencer.spi.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An act or an event that a transaction of the host has left, to be carried out by an engine after
 * the commit. What it is stands in kind and body, which only engines read.
 *
 * @param number the store's number of it, by which entries are ordered; 0 before it is stored
 * @param tenant the tenant
 * @param kind what is to be done
 * @param body with what, as a JSON object with a format number
 * @param concern whose mails do not begin before it was carried out
 * @param contact what it does to a contact
 * @param suppress suppressions that hold from the commit on; the act makes them lasting
 */
public record InboxEntry(
    long number,
    String tenant,
    String kind,
    String body,
    Concern concern,
    Optional<StoredContact> contact,
    List<Suppression> suppress) {
  /** The kind of an entry that a store makes itself: the contact of it is to be saved. */
  public static final String CONTACT = "contact";

  /** Copies the list. */
  public InboxEntry {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(concern, "concern");
    Objects.requireNonNull(contact, "contact");
    suppress = List.copyOf(suppress);
  }

  /** Gives an entry that is to be left. */
  public static InboxEntry of(String tenant, String kind, String body, Concern concern) {
    return new InboxEntry(0, tenant, kind, body, concern, Optional.empty(), List.of());
  }

  /** Gives an entry that saves a contact. */
  public static InboxEntry saving(StoredContact contact) {
    return new InboxEntry(
        0,
        contact.tenant(),
        CONTACT,
        "{}",
        new Concern(0, contact.id(), Optional.of(contact.normalized())),
        Optional.of(contact),
        List.of());
  }

  /** Gives the same with suppressions that hold from the commit on. */
  public InboxEntry suppressing(List<Suppression> suppressions) {
    return new InboxEntry(number, tenant, kind, body, concern, contact, suppressions);
  }

  /** Gives its number, tenant and kind: addresses stay out of logs. */
  @Override
  public String toString() {
    return "InboxEntry[" + number + " " + kind + "]";
  }

  /**
   * Whose mails do not begin before an entry was carried out: what any of the three names.
   *
   * @param enrollment an enrollment; 0 for none
   * @param contactId the host's id of a contact
   * @param address a normalised address
   */
  public record Concern(long enrollment, Optional<String> contactId, Optional<String> address) {
    /** Nobody's. */
    public static final Concern NOBODY = new Concern(0, Optional.empty(), Optional.empty());

    /** Checks that nothing is missing. */
    public Concern {
      Objects.requireNonNull(contactId, "contactId");
      Objects.requireNonNull(address, "address");
    }

    /** Gives one enrollment. */
    public static Concern of(long enrollment) {
      return new Concern(enrollment, Optional.empty(), Optional.empty());
    }

    /** Says which it is without the address. */
    @Override
    public String toString() {
      return "Concern[" + enrollment + contactId.map(id -> " id=" + id).orElse("") + "]";
    }
  }
}
