package dev.sequencer.inmemory;

import dev.sequencer.spi.store.StoredContact;

/** One contact with its enrollments. Written by {@link Contacts} and {@link Enrollments} alone. */
final class Person {
  /** The numbers of its enrollments. */
  final NumberList enrollments = new NumberList();

  StoredContact contact;

  Person(StoredContact contact) {
    this.contact = contact;
  }

  long number() {
    return contact.number();
  }
}
