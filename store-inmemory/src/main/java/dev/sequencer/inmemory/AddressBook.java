package dev.sequencer.inmemory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Contacts by normalised address, by number where several share one; made for one being alone. */
final class AddressBook {
  private final Map<String, Person> alone = new HashMap<>();
  private final Map<String, TreeMap<Long, Person>> together = new HashMap<>();

  /** Gives the one known longest. */
  Optional<Person> first(String address) {
    TreeMap<Long, Person> people = together.get(address);
    return people == null
        ? Optional.ofNullable(alone.get(address))
        : Optional.of(people.firstEntry().getValue());
  }

  /** Gives all, the one known longest first. */
  Collection<Person> all(String address) {
    TreeMap<Long, Person> people = together.get(address);
    if (people != null) {
      return people.values();
    }
    Person person = alone.get(address);
    return person == null ? List.of() : List.of(person);
  }

  void add(String address, Person person) {
    TreeMap<Long, Person> people = together.get(address);
    if (people == null) {
      Person other = alone.putIfAbsent(address, person);
      if (other == null) {
        return;
      }
      alone.remove(address);
      people = new TreeMap<>();
      people.put(other.number(), other);
      together.put(address, people);
    }
    people.put(person.number(), person);
  }

  void remove(String address, Person person) {
    TreeMap<Long, Person> people = together.get(address);
    if (people == null) {
      alone.remove(address);
      return;
    }
    people.remove(person.number());
    if (people.size() == 1) {
      together.remove(address);
      alone.put(address, people.firstEntry().getValue());
    }
  }
}
