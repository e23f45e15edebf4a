package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads enrollments with all that decisions read: four statements for any number of them. */
final class Subjects {
  private Subjects() {}

  /** Gives them in the order asked for; unknown ones are left out. */
  static List<Subject> read(Tx tx, Collection<Long> enrollments) {
    Map<Long, Work> works = new HashMap<>();
    Set<Long> people = new HashSet<>();
    for (Work work : Works.list(tx, enrollments)) {
      works.put(work.enrollment(), work);
      people.add(work.origin().contact());
    }
    Map<Long, StoredContact> contacts = new HashMap<>();
    tx.listed(Sql.CONTACTS, "ids", people, Readers.CONTACT)
        .forEach(contact -> contacts.put(contact.number(), contact));
    Map<Long, String> data = new HashMap<>();
    tx.listed(
        Sql.DATA,
        "ids",
        works.keySet(),
        (row, context) -> data.put(row.getLong(1), row.getString(2)));
    Map<Long, List<Delivery>> deliveries = Deliveries.byEnrollment(tx, works.keySet());
    List<Subject> subjects = new ArrayList<>(works.size());
    for (long enrollment : enrollments) {
      Work work = works.get(enrollment);
      if (work != null) {
        subjects.add(
            new Subject(
                work,
                Objects.requireNonNull(contacts.get(work.origin().contact()), "contact"),
                Objects.requireNonNull(data.get(enrollment), "data"),
                deliveries.getOrDefault(enrollment, List.of())));
      }
    }
    return subjects;
  }
}
