package dev.sequencer.jdbc.internal;

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ends attempts: the outcome goes to the attempt, the plan to the row if nobody has acted. Ledgers
 * come last, so that a begin that wants one waits for little.
 */
final class Completing {
  private final List<Completion> completions;
  private final Instant now;
  private final Transitions transitions;
  private final List<LedgerChange> changes = new ArrayList<>();

  private Completing(Tx tx, List<Completion> completions, Instant now, Reading reading) {
    this.completions = completions;
    this.now = now;
    Set<Long> enrollments = new HashSet<>();
    List<Long> steps = new ArrayList<>(completions.size());
    for (Completion completion : completions) {
      Work next = completion.transition().next();
      enrollments.add(next.enrollment());
      steps.add(Deliveries.key(next.enrollment(), next.cursor().step()));
      completion
          .transition()
          .delivery()
          .ifPresent(it -> steps.add(Deliveries.key(it.enrollment(), it.step())));
    }
    this.transitions =
        new Transitions(reading.works(tx, completions, enrollments), Deliveries.read(tx, steps));
  }

  /** Where the rows come from that are decided by. */
  enum Reading {
    /** What the callers saw, which is tried first: mostly nothing has changed since. */
    ASSUMED {
      @Override
      Works works(Tx tx, List<Completion> completions, Set<Long> enrollments) {
        List<Work> seen = completions.stream().flatMap(it -> it.seen().stream()).toList();
        if (seen.size() < completions.size() || enrollments.size() < completions.size()) {
          throw new Outdated("not all rows are told, or one is told twice");
        }
        return Works.assumed(seen);
      }
    },
    /** What is stored, locked first. */
    LOCKED {
      @Override
      Works works(Tx tx, List<Completion> completions, Set<Long> enrollments) {
        tx.locks().works(enrollments);
        return Works.read(tx, enrollments);
      }
    };

    abstract Works works(Tx tx, List<Completion> completions, Set<Long> enrollments);
  }

  /**
   * Ends attempts.
   *
   * @throws Outdated with {@link Reading#ASSUMED}, when a row is not as its caller saw it
   */
  static List<Answer> complete(Tx tx, List<Completion> completions, Instant now, Reading reading) {
    Completing completing = new Completing(tx, completions, now, reading);
    List<Answer> answers = completing.decide();
    if (reading == Reading.ASSUMED && !answers.stream().allMatch(Completing::isWritten)) {
      throw new Outdated("what is not written must not be refused by what a caller saw");
    }
    completing.transitions.write(tx);
    Ledgers.change(tx, completing.changes);
    return answers;
  }

  private List<Answer> decide() {
    List<Answer> answers = new ArrayList<>(completions.size());
    for (Completion completion : completions) {
      Work work = transitions.works.get(completion.transition().next().enrollment());
      if (work == null) {
        answers.add(Answer.REFUSED);
        continue;
      }
      Answer answer =
          completion.attempt() > 0 ? endAttempt(work, completion) : endStep(work, completion);
      if (isWritten(answer)) {
        changes.addAll(completion.ledgers());
      }
      answers.add(answer);
    }
    return answers;
  }

  private static boolean isWritten(Answer answer) {
    return answer == Answer.APPLIED || answer == Answer.OUTCOME_ONLY;
  }

  private Answer endStep(Work work, Completion completion) {
    if (work.rev() == completion.expectedRev() && work.state().phase() == EnrollmentPhase.WAITING) {
      transitions.apply(work, completion.transition());
      return Answer.APPLIED;
    }
    return isRecorded(completion) ? Answer.REPEATED : Answer.REFUSED;
  }

  private Answer endAttempt(Work work, Completion completion) {
    if (isRecorded(completion)) {
      return Answer.REPEATED;
    }
    if (work.attempt().number() != completion.attempt()
        || work.state().phase() == EnrollmentPhase.WAITING) {
      return Answer.REFUSED;
    }
    Transition transition = completion.transition();
    boolean planHolds = work.rev() == completion.expectedRev();
    if (transition.next().state().phase() == EnrollmentPhase.IN_DOUBT) {
      doubt(work, transition, planHolds);
    } else if (planHolds) {
      transitions.apply(work, transition);
    } else {
      park(work, transition);
    }
    return planHolds ? Answer.APPLIED : Answer.OUTCOME_ONLY;
  }

  /** The answer to an earlier call was lost: the outcome is there already. */
  private boolean isRecorded(Completion completion) {
    Optional<Delivery> outcome = completion.transition().delivery();
    if (outcome.isEmpty()) {
      return false;
    }
    Delivery told = outcome.get();
    return transitions
        .deliveries
        .get(told.enrollment(), told.step())
        .filter(it -> it.attempt() == completion.attempt() && it.status() == told.status())
        .isPresent();
  }

  /** Only phase, status and reason move, not even rev; a pause or an end meanwhile stays. */
  private void doubt(Work work, Transition transition, boolean planHolds) {
    transitions.record(transition);
    boolean onlyPhase = !planHolds && work.state().status() != EnrollmentStatus.ACTIVE;
    State state =
        onlyPhase ? work.state().phase(EnrollmentPhase.IN_DOUBT) : transition.next().state();
    transitions.works.put(work.state(state));
  }

  /** Keeps where it stands and leaves it to the walk to decide with what is true now. */
  private void park(Work work, Transition transition) {
    transitions.record(transition);
    Attempt told = transition.next().attempt();
    Work parked =
        work.state(parked(work.state(), transition.next().state().phase()))
            .attempt(
                work.attempt().counts(told.tries(), told.strikes()).staged(told.stageReference()));
    if (work.state().status() != EnrollmentStatus.ENDED) {
      parked = parked.waitingIn(Lane.control(work.origin().sequence()), now);
    }
    transitions.works.put(Transitions.withRev(parked, work.rev() + 1));
  }

  /** One that was held because it was in doubt is in doubt no longer. */
  private static State parked(State old, EnrollmentPhase phase) {
    boolean doubtful =
        old.status() == EnrollmentStatus.HELD && old.phase() == EnrollmentPhase.IN_DOUBT;
    return (doubtful ? old.status(EnrollmentStatus.ACTIVE, "") : old).phase(phase);
  }
}
