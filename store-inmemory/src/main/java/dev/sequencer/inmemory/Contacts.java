package dev.sequencer.inmemory;

import dev.sequencer.spi.store.StoredContact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All contacts: by number, by the host's id, by address. Under one address there is at most one
 * contact without an id, since without an id a contact is its address.
 */
final class Contacts {
  private final Journal journal;
  private final List<Person> byNumber = new ArrayList<>();
  private final Map<String, Tenant> tenants = new HashMap<>();

  Contacts(Journal journal) {
    this.journal = journal;
  }

  /** Updates the contact that is meant, or makes a new one. */
  Saved save(StoredContact given) {
    Optional<Person> known = find(given);
    if (known.isEmpty()) {
      return new Saved(add(given), false);
    }
    Person person = known.get();
    StoredContact old = person.contact;
    StoredContact next = old.updatedWith(given);
    if (!next.equals(old)) {
      journal.undoBy(() -> replace(person, old));
      replace(person, next);
    }
    boolean moved = !next.normalized().equals(old.normalized()) || !next.zone().equals(old.zone());
    return new Saved(person, moved);
  }

  Optional<Person> byNumber(long number) {
    return number < 1 || number > byNumber.size()
        ? Optional.empty()
        : Optional.of(byNumber.get((int) number - 1));
  }

  Optional<Person> byId(String tenant, String id) {
    return Optional.ofNullable(tenant(tenant).byId.get(id));
  }

  /** Gives the contacts with an address, the one known longest first. */
  List<Person> byAddress(String tenant, String normalized) {
    List<Person> found = new ArrayList<>(tenant(tenant).named.all(normalized));
    Optional.ofNullable(tenant(tenant).plain.get(normalized)).ifPresent(found::add);
    found.sort(Comparator.comparingLong(Person::number));
    return found;
  }

  /** Finds by id, else the one without an id by address; without an id anybody by address. */
  private Optional<Person> find(StoredContact given) {
    Tenant tenant = tenant(given.tenant());
    Optional<Person> byId = given.id().map(tenant.byId::get);
    if (byId.isPresent()) {
      return byId;
    }
    Optional<Person> plain = Optional.ofNullable(tenant.plain.get(given.normalized()));
    return plain.isPresent() || given.id().isPresent()
        ? plain
        : tenant.named.first(given.normalized());
  }

  private Person add(StoredContact given) {
    Person person = new Person(numbered(given, byNumber.size() + 1L));
    byNumber.add(person);
    link(person);
    journal.undoBy(
        () -> {
          unlink(person);
          byNumber.remove(byNumber.size() - 1);
        });
    return person;
  }

  /** Gives it with its number; an address that is written in its normal form is kept once. */
  private static StoredContact numbered(StoredContact given, long number) {
    return new StoredContact(
        number,
        given.tenant(),
        given.id(),
        given.address().equals(given.normalized()) ? given.normalized() : given.address(),
        given.normalized(),
        given.zone(),
        given.locale(),
        given.attributes());
  }

  private void replace(Person person, StoredContact next) {
    unlink(person);
    person.contact = next;
    link(person);
  }

  private void link(Person person) {
    StoredContact contact = person.contact;
    Tenant tenant = tenants.computeIfAbsent(contact.tenant(), name -> new Tenant());
    if (contact.id().isPresent()) {
      tenant.byId.put(contact.id().get(), person);
      tenant.named.add(contact.normalized(), person);
    } else {
      tenant.plain.put(contact.normalized(), person);
    }
  }

  private void unlink(Person person) {
    StoredContact contact = person.contact;
    Tenant tenant = tenant(contact.tenant());
    if (contact.id().isPresent()) {
      tenant.byId.remove(contact.id().get());
      tenant.named.remove(contact.normalized(), person);
    } else {
      tenant.plain.remove(contact.normalized());
    }
  }

  private Tenant tenant(String name) {
    return tenants.getOrDefault(name, Tenant.NONE);
  }

  /**
   * A contact that was saved.
   *
   * @param moved whether it was known with another address or zone
   */
  record Saved(Person person, boolean moved) {}

  /** The contacts of one tenant. */
  private static final class Tenant {
    /** Of an unknown tenant; never written. */
    static final Tenant NONE = new Tenant();

    final Map<String, Person> byId = new HashMap<>();
    final Map<String, Person> plain = new HashMap<>();
    final AddressBook named = new AddressBook();
  }
}
