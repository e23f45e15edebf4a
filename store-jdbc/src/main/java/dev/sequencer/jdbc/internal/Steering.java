package dev.sequencer.jdbc.internal;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Answer;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Carries out acts and events: finds rows, lets the call decide about each, writes it. */
final class Steering {
  private Steering() {}

  static Answer steer(Tx tx, SteerCall call, Instant now) {
    if (isOrderedByNoRow(call)) {
      tx.locks().shutGate();
    }
    boolean carriedOut = call.entry() != 0 && !tx.inbox().take(call.entry());
    if (carriedOut || (!call.key().isEmpty() && !isNew(tx, call, now))) {
      return new Answer(true, List.of(), List.of(), Optional.empty(), 0);
    }
    Optional<StoredContact> saved = call.contact().map(contact -> save(tx, contact));
    Suppressions.change(tx, call.suppress(), call.unsuppress());
    List<Long> targets = targets(tx, call, saved);
    tx.locks().works(targets);
    if (call.entry() != 0) {
      free(tx, targets);
    }
    List<Subject> found = new ArrayList<>(Subjects.read(tx, targets));
    found.removeIf(subject -> !subject.work().origin().tenant().equals(call.tenant()));
    return react(tx, call, found, saved);
  }

  /** What begin refused because of an entry may be claimed again, whatever becomes of it. */
  private static void free(Tx tx, List<Long> targets) {
    if (!targets.isEmpty()) {
      tx.list(tx.update(Sql.UNCLAIM), "ids", targets).execute();
      Wakes wakes = new Wakes();
      wakes.note(tx, targets);
      wakes.write(tx);
    }
  }

  /**
   * Says whether suppressions of the call stop mails whose rows it does not look at: those of a
   * domain, and those of an address that is not its target (KERNEL K15).
   */
  private static boolean isOrderedByNoRow(SteerCall call) {
    String address = call.target() instanceof Target.OfAddress of ? of.normalized() : "";
    return call.suppress().stream().anyMatch(it -> !it.target().equals(address));
  }

  private static boolean isNew(Tx tx, SteerCall call, Instant now) {
    return tx.update(Sql.ACT)
            .bind("tenant", call.tenant())
            .bind("key", Texts.clean(call.key()))
            .bind("at", Millis.of(now))
            .execute()
        == 1;
  }

  private static StoredContact save(Tx tx, StoredContact given) {
    Contacts contacts = Contacts.read(tx, List.of(given));
    StoredContact saved = contacts.save(given).contact();
    contacts.write();
    return saved;
  }

  private static Answer react(
      Tx tx, SteerCall call, List<Subject> found, Optional<StoredContact> saved) {
    Transitions transitions =
        new Transitions(
            Works.of(found.stream().map(Subject::work).toList()),
            Deliveries.of(found.stream().flatMap(it -> it.deliveries().stream()).toList()));
    transitions.log.append(call.log());
    List<Work> after = new ArrayList<>();
    int inFlight = 0;
    for (Subject subject : found) {
      if (subject.work().state().phase() == EnrollmentPhase.SENDING) {
        inFlight++;
      }
      Optional<Transition> decided = call.reaction().apply(subject);
      if (decided.isPresent()) {
        after.add(transitions.apply(subject.work(), decided.get()));
      }
    }
    transitions.write(tx);
    return new Answer(false, found, after, saved, inFlight);
  }

  private static List<Long> targets(Tx tx, SteerCall call, Optional<StoredContact> saved) {
    Target target = call.target();
    if (target instanceof Target.These these) {
      return List.copyOf(new LinkedHashSet<>(these.enrollments()));
    }
    if (target instanceof Target.OfMailbox page) {
      return tx.query(Sql.ENROLLMENTS_OF_MAILBOX)
          .bind("tenant", call.tenant())
          .bind("mailbox", page.mailbox())
          .bind("after", page.after())
          .bind("limit", page.limit())
          .mapTo(Long.class)
          .list();
    }
    if (target instanceof Target.OfSequence page) {
      return tx.query(Sql.ENROLLMENTS_OF_SEQUENCE)
          .bind("tenant", call.tenant())
          .bind("sequence", page.sequence())
          .bind("after", page.after())
          .bind("limit", page.limit())
          .mapTo(Long.class)
          .list();
    }
    return tx.listed(
        Sql.ENROLLMENTS_OF_CONTACTS,
        "contacts",
        people(tx, call, saved),
        (row, context) -> row.getLong(1));
  }

  private static List<Long> people(Tx tx, SteerCall call, Optional<StoredContact> saved) {
    if (call.target() instanceof Target.OfContact contact) {
      return numbers(Contacts.byHostId(tx, call.tenant(), List.of(contact.id())));
    }
    if (call.target() instanceof Target.OfAddress address) {
      return numbers(Contacts.byAddress(tx, call.tenant(), List.of(address.normalized())));
    }
    return call.target() instanceof Target.OfSavedContact
        ? numbers(saved.stream().toList())
        : List.of();
  }

  private static List<Long> numbers(List<StoredContact> contacts) {
    return contacts.stream().map(StoredContact::number).toList();
  }
}
