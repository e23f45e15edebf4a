package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.InboxEntry;
import dev.sequencer.spi.store.StoredContact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The contacts that one call may mean or make. Read once for all rows of the call; a row sees what
 * earlier ones saved.
 */
final class Contacts {
  private final Tx tx;
  private final Map<Name, StoredContact> byHostId = new HashMap<>();
  private final Map<Name, TreeMap<Long, StoredContact>> byAddress = new HashMap<>();
  private final Map<Long, StoredContact> fresh = new LinkedHashMap<>();
  private final Map<Long, StoredContact> changed = new LinkedHashMap<>();
  private final List<InboxEntry> left = new ArrayList<>();
  private final Dialect.Numbers numbers;

  private Contacts(Tx tx, int most) {
    this.tx = tx;
    this.numbers = tx.numbers("contact", most);
  }

  /** Reads whatever the given contacts may be. */
  static Contacts read(Tx tx, Collection<StoredContact> given) {
    Contacts contacts = new Contacts(tx, given.size());
    Map<String, List<StoredContact>> byTenant =
        given.stream().collect(Collectors.groupingBy(StoredContact::tenant));
    List<StoredContact> known = meant(tx, byTenant);
    if (!tx.leaves() && tx.locks().contacts(known.stream().map(StoredContact::number).toList())) {
      known = meant(tx, byTenant);
    }
    known.forEach(contacts::link);
    return contacts;
  }

  /** Gives the known contact that is meant, read without a lock. */
  static Optional<StoredContact> known(Tx tx, StoredContact given) {
    Contacts contacts = new Contacts(tx, 0);
    meant(tx, Map.of(given.tenant(), List.of(given))).forEach(contacts::link);
    return Optional.ofNullable(contacts.find(given));
  }

  private static List<StoredContact> meant(Tx tx, Map<String, List<StoredContact>> byTenant) {
    List<StoredContact> known = new ArrayList<>();
    byTenant.forEach(
        (tenant, people) -> {
          Set<String> ids = new TreeSet<>();
          Set<String> addresses = new TreeSet<>();
          for (StoredContact person : people) {
            person.id().ifPresent(ids::add);
            addresses.add(person.normalized());
          }
          known.addAll(byHostId(tx, tenant, ids));
          known.addAll(byAddress(tx, tenant, addresses));
        });
    return known;
  }

  static List<StoredContact> byHostId(Tx tx, String tenant, Collection<String> ids) {
    return find(tx, Sql.CONTACTS_BY_HOST_ID, tenant, ids);
  }

  /** Gives those with an address, the one known longest first. */
  static List<StoredContact> byAddress(Tx tx, String tenant, Collection<String> addresses) {
    return find(tx, Sql.CONTACTS_BY_ADDRESS, tenant, addresses);
  }

  private static List<StoredContact> find(Tx tx, Sql sql, String tenant, Collection<String> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return tx.list(tx.query(sql), "keys", keys.stream().map(Texts::clean).toList())
        .bind("tenant", tenant)
        .map(Readers.CONTACT)
        .list();
  }

  /**
   * Gives the contact that is meant: by id, else the one without an id by address; without an id
   * the one without, else the one known longest under the address. Null when there is none.
   */
  @Nullable StoredContact find(StoredContact given) {
    if (given.id().isPresent()) {
      StoredContact known = byHostId.get(new Name(given.tenant(), Texts.clean(given.id().get())));
      if (known != null) {
        return known;
      }
    }
    TreeMap<Long, StoredContact> people =
        byAddress.get(new Name(given.tenant(), Texts.clean(given.normalized())));
    if (people == null || people.isEmpty()) {
      return null;
    }
    for (StoredContact person : people.values()) {
      if (person.id().isEmpty()) {
        return person;
      }
    }
    return given.id().isPresent() ? null : people.firstEntry().getValue();
  }

  /** Updates the contact that is meant, or makes a new one. */
  Saved save(StoredContact given) {
    StoredContact known = find(given);
    if (known == null) {
      StoredContact made = numbered(given);
      fresh.put(made.number(), made);
      link(made);
      return new Saved(made, true, false);
    }
    StoredContact updated = known.updatedWith(given);
    if (!updated.equals(known)) {
      unlink(known);
      link(updated);
      if (fresh.containsKey(known.number())) {
        fresh.put(known.number(), updated);
      } else if (tx.leaves()) {
        left.add(InboxEntry.saving(given));
      } else {
        changed.put(known.number(), updated);
      }
    }
    boolean moved =
        !updated.normalized().equals(known.normalized()) || !updated.zone().equals(known.zone());
    return new Saved(updated, false, moved && !tx.leaves());
  }

  void write() {
    numbers.keep();
    left.forEach(tx.inbox()::leave);
    write(Sql.CONTACT_INSERT, fresh.values());
    write(Sql.CONTACT_UPDATE, changed.values());
  }

  private void write(Sql sql, Collection<StoredContact> people) {
    if (people.isEmpty()) {
      return;
    }
    Batch rows = tx.batch(sql);
    for (StoredContact person : people) {
      Writers.contact(rows, person);
      if (sql == Sql.CONTACT_INSERT) {
        rows.bind("tenant", person.tenant());
      }
      rows.add();
    }
    if (rows.execute() < people.size()) {
      throw new Overtaken("contacts");
    }
  }

  private StoredContact numbered(StoredContact given) {
    return new StoredContact(
        numbers.next(),
        given.tenant(),
        given.id(),
        given.address(),
        given.normalized(),
        given.zone(),
        given.locale(),
        given.attributes());
  }

  private void link(StoredContact person) {
    person.id().ifPresent(id -> byHostId.put(new Name(person.tenant(), Texts.clean(id)), person));
    byAddress.computeIfAbsent(address(person), any -> new TreeMap<>()).put(person.number(), person);
  }

  private void unlink(StoredContact person) {
    person.id().ifPresent(id -> byHostId.remove(new Name(person.tenant(), Texts.clean(id))));
    byAddress.getOrDefault(address(person), new TreeMap<>()).remove(person.number());
  }

  private static Name address(StoredContact person) {
    return new Name(person.tenant(), Texts.clean(person.normalized()));
  }

  /**
   * A contact that was saved.
   *
   * @param fresh whether it was not known before
   * @param moved whether it was known with another address or zone
   */
  record Saved(StoredContact contact, boolean fresh, boolean moved) {}

  private record Name(String tenant, String name) {}
}
