package dev.sequencer;

import java.util.List;
import java.util.Optional;

/** What can be done with the contacts of a tenant. Safe for use by several threads. */
public interface Contacts {
  /**
   * Saves a contact, found by its id, else by its address. Address, zone, locale and name that are
   * given replace the known ones, attributes replace those of the same name. Running enrollments
   * use them from their next step.
   *
   * @return how many running enrollments it concerns
   */
  int save(Contact contact);

  /** Finds a contact by the host's id. */
  Optional<Contact> findById(String id);

  /** Finds contacts by address, the one known longest first. */
  List<Contact> findByEmail(String address);
}
