package dev.sequencer.jdbc.internal;

import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.EnrollCall.Answer;
import dev.sequencer.spi.store.EnrollCall.Outcome;
import dev.sequencer.spi.store.EnrollCall.Uniqueness;
import dev.sequencer.spi.store.Origin;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Enrolls contacts. Everything that rows of the call may meet is read set by set, then the rows are
 * decided one after another, each seeing what earlier ones did, then everything is written.
 */
final class Enrolling {
  private final Tx tx;
  private final List<EnrollCall.Row> rows;
  private final Contacts contacts;
  private final Suppressions suppressions = new Suppressions();
  private final Runs runs;
  private final List<Made> made = new ArrayList<>();
  private final Map<Long, List<Made>> madeFor = new HashMap<>();
  private final Map<Long, Integer> moves = new HashMap<>();
  private final Dialect.Numbers numbers;

  private Enrolling(Tx tx, List<EnrollCall.Row> rows) {
    this.tx = tx;
    this.rows = rows;
    this.contacts = Contacts.read(tx, rows.stream().map(EnrollCall.Row::contact).toList());
    this.runs = new Runs(tx);
    this.numbers = tx.numbers("enrollment", rows.size());
    fetchSuppressions();
    fetchRuns();
  }

  static List<Answer> enroll(Tx tx, List<EnrollCall.Row> rows) {
    Enrolling enrolling = new Enrolling(tx, rows);
    List<Answer> answers = new ArrayList<>(rows.size());
    rows.forEach(row -> answers.add(enrolling.enroll(row)));
    enrolling.write();
    return answers;
  }

  /** Says who the rows of a call are already; empty when one of them is nobody. */
  static Optional<List<Answer>> already(Tx tx, List<EnrollCall.Row> rows) {
    Runs runs = new Runs(tx);
    List<Answer> answers = new ArrayList<>(rows.size());
    for (EnrollCall.Row row : rows) {
      long contact = 0;
      if (row.uniqueness() == Uniqueness.CONTACT) {
        contact = Contacts.known(tx, row.contact()).map(StoredContact::number).orElse(-1L);
      }
      Optional<Runs.Run> taken = contact < 0 ? Optional.empty() : runs.place(row, contact).taken();
      if (taken.isEmpty()) {
        return Optional.empty();
      }
      answers.add(already(taken.get()));
    }
    return Optional.of(answers);
  }

  private void fetchSuppressions() {
    Map<String, Set<String>> addresses = new HashMap<>();
    for (EnrollCall.Row row : rows) {
      addresses
          .computeIfAbsent(row.contact().tenant(), any -> new HashSet<>())
          .add(row.contact().normalized());
    }
    addresses.forEach((tenant, all) -> suppressions.fetch(tx, tenant, all));
  }

  private void fetchRuns() {
    Map<Integer, Set<Long>> ofContacts = new HashMap<>();
    Map<Integer, Set<String>> byKey = new HashMap<>();
    for (EnrollCall.Row row : rows) {
      StoredContact known = contacts.find(row.contact());
      if (known != null) {
        ofContacts.computeIfAbsent(row.sequence(), any -> new HashSet<>()).add(known.number());
      }
      if (row.uniqueness() == Uniqueness.SEQUENCE) {
        byKey.computeIfAbsent(row.sequence(), any -> new HashSet<>()).add(Texts.clean(row.run()));
      }
    }
    ofContacts.forEach(runs::fetch);
    byKey.forEach(runs::fetchKeys);
  }

  private Answer enroll(EnrollCall.Row row) {
    return row.uniqueness() == Uniqueness.SEQUENCE ? whoever(row) : contact(row);
  }

  private Optional<Answer> suppressed(EnrollCall.Row row) {
    StoredContact given = row.contact();
    Optional<Suppression> suppression =
        suppressions.blocking(
            given.tenant(), given.normalized(), row.sequence(), row.transactional());
    return suppression.map(by -> new Answer(Outcome.SUPPRESSED, 0, "", suppression));
  }

  private Answer contact(EnrollCall.Row row) {
    return suppressed(row).orElseGet(() -> contactThatMayBeMailed(row));
  }

  private Answer contactThatMayBeMailed(EnrollCall.Row row) {
    StoredContact contact = save(row);
    Runs.Place place = runs.place(row, contact.number());
    return place.taken().isPresent()
        ? already(place.taken().get())
        : add(row, contact, place.key());
  }

  /** The key is asked before the contact, which may be another one than the first. */
  private Answer whoever(EnrollCall.Row row) {
    Runs.Place place = runs.place(row, 0);
    Optional<Answer> not = place.taken().map(Enrolling::already).or(() -> suppressed(row));
    if (not.isPresent()) {
      return not.get();
    }
    StoredContact contact = save(row);
    Optional<Runs.Run> same = runs.get(row.sequence(), contact.number(), place.key());
    return same.isPresent() ? already(same.get()) : add(row, contact, place.key());
  }

  /** Saves the contact; what was prepared for another address or zone of it must not begin. */
  private StoredContact save(EnrollCall.Row row) {
    Contacts.Saved saved = contacts.save(row.contact());
    long number = saved.contact().number();
    if (saved.fresh()) {
      runs.none(row.sequence(), number);
    }
    if (saved.moved()) {
      moves.merge(number, 1, Integer::sum);
      madeFor.getOrDefault(number, List.of()).forEach(Made::outdate);
    }
    return saved.contact();
  }

  private Answer add(EnrollCall.Row row, StoredContact contact, String run) {
    EnrollCall.Start start = row.start().apply(contact);
    Origin origin =
        new Origin(
            contact.tenant(),
            row.sequence(),
            row.version(),
            contact.number(),
            run,
            row.enrolledAt());
    Work work =
        new Work(
            numbers.next(),
            origin,
            0,
            start.lane(),
            start.due(),
            start.cursor(),
            start.state(),
            Attempt.NONE);
    Made fresh = new Made(row, work);
    made.add(fresh);
    madeFor.computeIfAbsent(contact.number(), any -> new ArrayList<>()).add(fresh);
    boolean ended = start.state().status() == EnrollmentStatus.ENDED;
    Runs.Run by = new Runs.Run(work.enrollment(), run, ended);
    runs.take(row.sequence(), contact.number(), run, by);
    if (row.uniqueness() == Uniqueness.SEQUENCE) {
      runs.take(row.sequence(), 0, run, by);
    }
    return new Answer(Outcome.ENROLLED, work.enrollment(), run, Optional.empty());
  }

  private static Answer already(Runs.Run run) {
    return new Answer(Outcome.ALREADY, run.enrollment(), run.key(), Optional.empty());
  }

  /** Outdates what was stored before this call, then adds what it made. */
  private void write() {
    contacts.write();
    outdate();
    if (made.isEmpty()) {
      return;
    }
    numbers.keep();
    Batch cold = tx.batch(Sql.ENROLLMENT_INSERT);
    for (Made it : made) {
      Origin origin = it.work.origin();
      cold.bind("id", it.work.enrollment())
          .bind("tenant", origin.tenant())
          .bind("sequence", origin.sequence())
          .bind("version", origin.version())
          .bind("contact", origin.contact())
          .bind("run", origin.run())
          .bind("keyed", it.row.uniqueness() == Uniqueness.SEQUENCE ? 1 : 0)
          .bind("enrolledAt", Millis.of(origin.enrolledAt()))
          .bind("data", Texts.clean(it.row.data()))
          .add();
    }
    if (cold.execute() < made.size()) {
      throw new Overtaken("enrollments");
    }
    Works.insert(tx, made.stream().map(it -> it.work).toList());
  }

  /** Each move of a contact is a revision of what was stored before this call. */
  private void outdate() {
    Map<Integer, Set<Long>> byMoves = new HashMap<>();
    moves.forEach(
        (contact, count) -> byMoves.computeIfAbsent(count, any -> new HashSet<>()).add(contact));
    byMoves.forEach(this::outdate);
  }

  private void outdate(int revisions, Set<Long> people) {
    List<Long> enrollments =
        tx.listed(
            Sql.ENROLLMENTS_OF_CONTACTS, "contacts", people, (row, context) -> row.getLong(1));
    if (!enrollments.isEmpty()) {
      tx.locks().works(enrollments);
      tx.list(tx.update(Sql.WORK_OUTDATE), "ids", enrollments).bind("by", revisions).execute();
      tx.list(tx.update(Sql.UNCLAIM), "ids", enrollments).execute();
      Wakes wakes = new Wakes();
      wakes.note(tx, enrollments);
      wakes.write(tx);
    }
  }

  /** An enrollment that this call makes. */
  private static final class Made {
    final EnrollCall.Row row;
    Work work;

    Made(EnrollCall.Row row, Work work) {
      this.row = row;
      this.work = work;
    }

    void outdate() {
      if (work.state().status() != EnrollmentStatus.ENDED) {
        work = Transitions.withRev(work, work.rev() + 1);
      }
    }
  }
}
