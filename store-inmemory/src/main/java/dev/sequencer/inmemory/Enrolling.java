package dev.sequencer.inmemory;

import dev.sequencer.EnrollmentStatus;
import dev.sequencer.inmemory.Enrollments.RunKey;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.EnrollCall.Again;
import dev.sequencer.spi.store.EnrollCall.Answer;
import dev.sequencer.spi.store.EnrollCall.Outcome;
import dev.sequencer.spi.store.EnrollCall.Uniqueness;
import dev.sequencer.spi.store.Origin;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Enrolls contacts, row by row. */
final class Enrolling {
  private final Memory memory;

  Enrolling(Memory memory) {
    this.memory = memory;
  }

  List<Answer> enroll(EnrollCall call) {
    List<Answer> answers = new ArrayList<>(call.rows().size());
    call.rows().forEach(row -> answers.add(enroll(row)));
    return answers;
  }

  private Answer enroll(EnrollCall.Row row) {
    return row.uniqueness() == Uniqueness.SEQUENCE ? whoever(row) : contact(row);
  }

  private Optional<Answer> suppressed(EnrollCall.Row row) {
    Optional<Suppression> suppression =
        memory.suppressions.blocking(row.contact(), row.sequence(), row.transactional());
    return suppression.map(by -> new Answer(Outcome.SUPPRESSED, 0, "", suppression));
  }

  private Answer contact(EnrollCall.Row row) {
    return suppressed(row).orElseGet(() -> contactThatMayBeMailed(row));
  }

  private Answer contactThatMayBeMailed(EnrollCall.Row row) {
    Person person = save(row.contact());
    Run run = run(row, person.number());
    return run.taken().map(Enrolling::already).orElseGet(() -> add(row, person, run.key()));
  }

  /** The key is asked before the contact, which may be another one than the first. */
  private Answer whoever(EnrollCall.Row row) {
    Run run = run(row, 0);
    Optional<Answer> not = run.taken().map(Enrolling::already).or(() -> suppressed(row));
    if (not.isPresent()) {
      return not.get();
    }
    Person person = save(row.contact());
    return memory
        .enrollments
        .byRun(new RunKey(row.sequence(), person.number(), run.key()))
        .map(Enrolling::already)
        .orElseGet(() -> add(row, person, run.key()));
  }

  /** Finds the run key that a row gets, or the enrollment that stands in its way. */
  private Run run(EnrollCall.Row row, long contact) {
    Optional<Row> newest = Optional.empty();
    for (int n = 1; ; n++) {
      String key = n == 1 ? row.run() : row.run() + "#" + n;
      Optional<Row> taken = memory.enrollments.byRun(new RunKey(row.sequence(), contact, key));
      if (taken.isEmpty()) {
        return new Run(key, newest.filter(run -> !hasEnded(run)));
      }
      if (row.again() == Again.ONCE) {
        return new Run(key, taken);
      }
      newest = taken;
    }
  }

  /** Saves the contact; what was prepared for another address or zone of it must not begin. */
  private Person save(StoredContact given) {
    Contacts.Saved saved = memory.contacts.save(given);
    if (saved.moved()) {
      NumberList numbers = saved.person().enrollments;
      for (int i = 0; i < numbers.size(); i++) {
        Row row = memory.enrollments.byNumber(numbers.get(i)).orElseThrow();
        if (!hasEnded(row)) {
          memory.enrollments.write(row, row.work, row.work.rev() + 1);
        }
      }
    }
    return saved.person();
  }

  private Answer add(EnrollCall.Row row, Person person, String run) {
    EnrollCall.Start start = row.start().apply(person.contact);
    Origin origin =
        new Origin(
            person.contact.tenant(),
            row.sequence(),
            row.version(),
            person.number(),
            run,
            row.enrolledAt());
    Work work =
        new Work(
            memory.enrollments.nextNumber(),
            origin,
            0,
            memory.queues.shared(start.lane()),
            start.due(),
            start.cursor(),
            start.state(),
            Attempt.NONE);
    List<RunKey> keys = new ArrayList<>(2);
    keys.add(new RunKey(row.sequence(), person.number(), run));
    if (row.uniqueness() == Uniqueness.SEQUENCE) {
      keys.add(new RunKey(row.sequence(), 0, run));
    }
    memory.enrollments.add(new Row(Millis.row(work, 0), person, row.data()), keys);
    return new Answer(Outcome.ENROLLED, work.enrollment(), run, Optional.empty());
  }

  private static boolean hasEnded(Row row) {
    return row.work.state().status() == EnrollmentStatus.ENDED;
  }

  private static Answer already(Row row) {
    return new Answer(Outcome.ALREADY, row.number, row.work.origin().run(), Optional.empty());
  }

  /**
   * A run key.
   *
   * @param taken the enrollment that has it
   */
  private record Run(String key, Optional<Row> taken) {}
}
