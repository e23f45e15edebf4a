package dev.sequencer.tck.store;

import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.EnrollCall.Again;
import dev.sequencer.spi.store.EnrollCall.Start;
import dev.sequencer.spi.store.EnrollCall.Uniqueness;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.StoredContact;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A row of an enrolling call, made of what a test cares about: step 1, waiting in a lane from an
 * instant on, once, under an empty run key. Immutable; each method gives a new one.
 */
public final class Rows {
  private final StoredContact contact;
  private final int sequence;
  private final int version;
  private final Keys keys;
  private final String data;
  private final Instant enrolledAt;
  private final Function<StoredContact, Start> start;

  private Rows(
      StoredContact contact,
      int sequence,
      int version,
      Keys keys,
      String data,
      Instant enrolledAt,
      Function<StoredContact, Start> start) {
    this.contact = contact;
    this.sequence = sequence;
    this.version = version;
    this.keys = keys;
    this.data = data;
    this.enrolledAt = enrolledAt;
    this.start = start;
  }

  /** Gives a row that waits in a lane, due at an instant at which it was also enrolled. */
  public static Rows of(String address, int version, Lane lane, Instant due) {
    return new Rows(
        contact(address),
        lane.sequence(),
        version,
        new Keys("", Uniqueness.CONTACT, Again.ONCE, false),
        "{}",
        due,
        known -> new Start(lane, due, new Cursor(1, 0, due), State.WAITING));
  }

  /** Gives a contact of the nameless tenant with nothing but an address, with or without name. */
  public static StoredContact contact(String address) {
    String plain = address.substring(address.indexOf('<') + 1).replace(">", "");
    return new StoredContact(
        0,
        "",
        Optional.empty(),
        address,
        plain.toLowerCase(Locale.ROOT),
        Optional.empty(),
        Optional.empty(),
        "{}");
  }

  /** Gives a contact with the host's id. */
  public static StoredContact contact(String address, String id) {
    return with(contact(address), Optional.of(id), Optional.empty());
  }

  /** Gives a contact in a zone. */
  public static StoredContact inZone(StoredContact contact, String zone) {
    return with(contact, contact.id(), Optional.of(zone));
  }

  /** Gives a contact of another tenant. */
  public static StoredContact ofTenant(StoredContact contact, String tenant) {
    return new StoredContact(
        contact.number(),
        tenant,
        contact.id(),
        contact.address(),
        contact.normalized(),
        contact.zone(),
        contact.locale(),
        contact.attributes());
  }

  private static StoredContact with(
      StoredContact contact, Optional<String> id, Optional<String> zone) {
    return new StoredContact(
        contact.number(),
        contact.tenant(),
        id,
        contact.address(),
        contact.normalized(),
        zone,
        contact.locale(),
        contact.attributes());
  }

  /** Gives the same for another contact. */
  public Rows contact(StoredContact newContact) {
    return new Rows(newContact, sequence, version, keys, data, enrolledAt, start);
  }

  /** Gives the same for the contact with the host's id. */
  public Rows id(String id) {
    return contact(with(contact, Optional.of(id), contact.zone()));
  }

  /** Gives the same for a contact of another tenant. */
  public Rows tenant(String tenant) {
    return contact(ofTenant(contact, tenant));
  }

  /** Gives the same in another sequence. */
  public Rows sequence(int newSequence) {
    return new Rows(contact, newSequence, version, keys, data, enrolledAt, start);
  }

  /** Gives the same under a run key. */
  public Rows run(String run) {
    return keys(new Keys(run, keys.uniqueness, keys.again, keys.transactional));
  }

  /** Gives the same, one in its sequence whoever the contact is. */
  public Rows whoever() {
    return keys(new Keys(keys.run, Uniqueness.SEQUENCE, keys.again, keys.transactional));
  }

  /** Gives the same, enrolled again after the end. */
  public Rows afterEnd() {
    return keys(new Keys(keys.run, keys.uniqueness, Again.AFTER_END, keys.transactional));
  }

  /** Gives the same, ignoring marketing suppressions. */
  public Rows transactional() {
    return keys(new Keys(keys.run, keys.uniqueness, keys.again, true));
  }

  /** Gives the same with data of its own. */
  public Rows data(String json) {
    return new Rows(contact, sequence, version, keys, json, enrolledAt, start);
  }

  /** Gives the same, enrolled at an instant. */
  public Rows enrolledAt(Instant at) {
    return new Rows(contact, sequence, version, keys, data, at, start);
  }

  /** Gives the same waiting in another lane from another instant on. */
  public Rows waitingIn(Lane lane, Instant due) {
    return start(known -> new Start(lane, due, new Cursor(1, 0, enrolledAt), State.WAITING));
  }

  /** Gives the same beginning where a function says. */
  public Rows start(Function<StoredContact, Start> newStart) {
    return new Rows(contact, sequence, version, keys, data, enrolledAt, newStart);
  }

  private Rows keys(Keys newKeys) {
    return new Rows(contact, sequence, version, newKeys, data, enrolledAt, start);
  }

  /** Gives the row. */
  public EnrollCall.Row row() {
    return new EnrollCall.Row(
        contact,
        sequence,
        version,
        keys.run,
        keys.uniqueness,
        keys.again,
        keys.transactional,
        data,
        enrolledAt,
        start);
  }

  private record Keys(String run, Uniqueness uniqueness, Again again, boolean transactional) {}
}
