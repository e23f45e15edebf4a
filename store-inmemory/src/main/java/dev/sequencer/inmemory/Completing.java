package dev.sequencer.inmemory;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Completion.Answer;
import dev.sequencer.spi.store.Completion.LedgerChange;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends attempts: the outcome goes to the attempt, the plan to the row if nobody has acted. */
final class Completing {
  private final Memory memory;

  Completing(Memory memory) {
    this.memory = memory;
  }

  List<Answer> complete(List<Completion> completions, Instant now) {
    List<Answer> answers = new ArrayList<>(completions.size());
    completions.forEach(completion -> answers.add(complete(completion, now)));
    return answers;
  }

  private Answer complete(Completion completion, Instant now) {
    Optional<Row> known = memory.enrollments.byNumber(completion.transition().next().enrollment());
    if (known.isEmpty()) {
      return Answer.REFUSED;
    }
    Row row = known.get();
    Answer answer =
        completion.attempt() > 0 ? endAttempt(row, completion, now) : endStep(row, completion);
    if (answer == Answer.APPLIED || answer == Answer.OUTCOME_ONLY) {
      change(completion.ledgers());
    }
    return answer;
  }

  private Answer endStep(Row row, Completion completion) {
    Work work = row.work;
    if (work.rev() == completion.expectedRev() && work.state().phase() == EnrollmentPhase.WAITING) {
      memory.transitions.apply(row, completion.transition());
      return Answer.APPLIED;
    }
    return isRecorded(row, completion) ? Answer.REPEATED : Answer.REFUSED;
  }

  private Answer endAttempt(Row row, Completion completion, Instant now) {
    if (isRecorded(row, completion)) {
      return Answer.REPEATED;
    }
    Work work = row.work;
    if (work.attempt().number() != completion.attempt()
        || work.state().phase() == EnrollmentPhase.WAITING) {
      return Answer.REFUSED;
    }
    Transition transition = completion.transition();
    boolean planHolds = work.rev() == completion.expectedRev();
    if (transition.next().state().phase() == EnrollmentPhase.IN_DOUBT) {
      doubt(row, transition, planHolds);
    } else if (planHolds) {
      memory.transitions.apply(row, transition);
    } else {
      park(row, transition, now);
    }
    return planHolds ? Answer.APPLIED : Answer.OUTCOME_ONLY;
  }

  private static boolean isRecorded(Row row, Completion completion) {
    Optional<Delivery> outcome = completion.transition().delivery();
    Optional<Delivery> known = outcome.flatMap(delivery -> row.delivery(delivery.step()));
    return known.isPresent()
        && known.get().attempt() == completion.attempt()
        && known.get().status() == outcome.get().status();
  }

  /** Only phase, status and reason move, not even rev; a pause or an end meanwhile stays. */
  private void doubt(Row row, Transition transition, boolean planHolds) {
    memory.transitions.record(row, transition);
    Work work = row.work;
    boolean onlyPhase = !planHolds && work.state().status() != EnrollmentStatus.ACTIVE;
    State state =
        onlyPhase ? work.state().phase(EnrollmentPhase.IN_DOUBT) : transition.next().state();
    memory.enrollments.write(row, work.state(state), work.rev());
  }

  /** Keeps where it stands and leaves it to the walk to decide with what is true now. */
  private void park(Row row, Transition transition, Instant now) {
    memory.transitions.record(row, transition);
    Work work = row.work;
    Attempt told = transition.next().attempt();
    Work parked =
        work.state(parked(work.state(), transition.next().state().phase()))
            .attempt(
                work.attempt().counts(told.tries(), told.strikes()).staged(told.stageReference()));
    if (work.state().status() != EnrollmentStatus.ENDED) {
      parked = parked.waitingIn(Lane.control(work.origin().sequence()), now);
    }
    memory.enrollments.write(row, parked, work.rev() + 1);
  }

  /** One that was held because it was in doubt is in doubt no longer. */
  private static State parked(State old, EnrollmentPhase phase) {
    boolean doubtful =
        old.status() == EnrollmentStatus.HELD && old.phase() == EnrollmentPhase.IN_DOUBT;
    return (doubtful ? old.status(EnrollmentStatus.ACTIVE, "") : old).phase(phase);
  }

  /** Changes ledgers, each by what the one before left of it. */
  void change(List<LedgerChange> changes) {
    for (LedgerChange change : changes) {
      memory.ledgers.write(change.change().apply(memory.ledgers.read(change.key())));
    }
  }
}
