package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads enrollments with all that decisions read: two statements for any number of them. */
final class Subjects {
  private Subjects() {}

  /** Gives them in the order asked for; unknown ones are left out. */
  static List<Subject> read(Tx tx, Collection<Long> enrollments) {
    Map<Long, List<Delivery>> deliveries = Deliveries.byEnrollment(tx, enrollments);
    Map<Long, Subject> found = new HashMap<>();
    tx.listed(Sql.SUBJECTS, "ids", enrollments, Readers.subject(deliveries))
        .forEach(subject -> found.put(subject.work().enrollment(), subject));
    List<Subject> subjects = new ArrayList<>(found.size());
    for (long enrollment : enrollments) {
      Subject subject = found.get(enrollment);
      if (subject != null) {
        subjects.add(subject);
      }
    }
    return subjects;
  }
}
