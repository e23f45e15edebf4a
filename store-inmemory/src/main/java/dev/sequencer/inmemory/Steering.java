package dev.sequencer.inmemory;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Answer;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out acts and events. */
final class Steering {
  private final Memory memory;
  private final Targets targets;

  Steering(Memory memory) {
    this.memory = memory;
    this.targets = new Targets(memory);
  }

  Answer steer(SteerCall call) {
    // Nothing is ever left here, so whatever an entry named is gone.
    boolean carriedOut = call.entry() != 0;
    if (carriedOut || (!call.key().isEmpty() && !memory.log.first(call.tenant(), call.key()))) {
      return new Answer(true, List.of(), List.of(), Optional.empty(), 0);
    }
    Optional<Person> saved = call.contact().map(contact -> memory.contacts.save(contact).person());
    call.suppress().forEach(memory.suppressions::add);
    call.unsuppress().forEach(memory.suppressions::remove);
    memory.log.append(call.log(), memory.enrollments);
    List<Row> found = targets.find(call.tenant(), call.target(), saved);
    return react(call, found, saved.map(person -> person.contact));
  }

  private Answer react(SteerCall call, List<Row> found, Optional<StoredContact> saved) {
    List<Subject> before = new ArrayList<>(found.size());
    List<Work> after = new ArrayList<>();
    int inFlight = 0;
    for (Row row : found) {
      Subject subject = row.subject();
      before.add(subject);
      if (row.work.state().phase() == EnrollmentPhase.SENDING) {
        inFlight++;
      }
      Optional<Transition> decided = call.reaction().apply(subject);
      if (decided.isPresent()) {
        memory.transitions.apply(row, decided.get());
        after.add(row.work);
      }
    }
    return new Answer(false, before, after, saved, inFlight);
  }
}
