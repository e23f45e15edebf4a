package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.SequencerEvent;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.dispatch.Details;
import dev.sequencer.internal.dispatch.Endings;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.InboxEntry.Concern;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Carries out one act on one enrollment: decides on the state as it is, writes, tells. */
final class Steering {
  private final Context context;

  Steering(Context context) {
    this.context = context;
  }

  /**
   * What an act decides about an enrollment.
   *
   * @param result what the caller hears
   * @param transition what is written; empty for nothing
   */
  record Decision(ActResult result, Optional<Transition> transition) {
    static Decision no(Outcome outcome, String message) {
      return new Decision(new ActResult(outcome, message, 0), Optional.empty());
    }

    static Decision yes(String message, Transition transition) {
      return new Decision(new ActResult(Outcome.DONE, message, 0), Optional.of(transition));
    }
  }

  /**
   * Carries out an act.
   *
   * @param wish what it is, for a transaction of the host to leave
   */
  ActResult steer(long enrollment, Wish wish, Function<Subject, Decision> act) {
    if (context.store().leaves()) {
      return leave(enrollment, wish, act);
    }
    AtomicReference<ActResult> result = new AtomicReference<>();
    SteerCall.Answer answer =
        context.steer(
            SteerCall.of(
                context.tenant(),
                new SteerCall.Target.These(List.of(enrollment)),
                subject -> {
                  Decision decision = act.apply(subject);
                  result.set(decision.result());
                  return decision.transition();
                }));
    context.signal().run();
    if (answer.repeated()) {
      return new ActResult(Outcome.UNCHANGED, "it was carried out already", 0);
    }
    answer.after().forEach(this::tell);
    ActResult decided = result.get();
    return decided == null
        ? none(enrollment)
        : new ActResult(decided.outcome(), decided.message(), answer.inFlight());
  }

  private static ActResult none(long enrollment) {
    return new ActResult(Outcome.NOT_FOUND, "there is no enrollment " + enrollment, 0);
  }

  /** Leaves an act that the state as the transaction sees it allows. */
  private ActResult leave(long enrollment, Wish wish, Function<Subject, Decision> act) {
    Optional<Subject> seen =
        context.store().subjects(List.of(enrollment)).stream()
            .filter(subject -> subject.work().origin().tenant().equals(context.tenant()))
            .findFirst();
    if (seen.isEmpty()) {
      return none(enrollment);
    }
    ActResult decided = act.apply(seen.get()).result();
    if (!decided.done()) {
      return decided;
    }
    context.store().leave(wish.entry(context.tenant(), Concern.of(enrollment)));
    return new ActResult(
        Outcome.QUEUED,
        decided.message() + " after the commit",
        inFlight(seen.get().work()) ? 1 : 0);
  }

  /** Tells listeners when a row has ended or is held. */
  void tell(Work row) {
    String name =
        context
            .catalog()
            .snapshot()
            .sequence(row.origin().sequence())
            .map(SequenceInfo::name)
            .orElse("");
    Optional<SequencerEvent> event = Endings.event(row, name, context.now());
    event.ifPresent(context.parts().events()::tell);
  }

  /** Gives a transition that leaves who and why in the history. */
  static Transition transition(Work next, Work row, Instant now, String kind, Act act) {
    return Transition.of(next, Details.entry(row, now, kind, "who", act.who(), "why", act.why()));
  }

  /** Gives a transition with an outcome of the step. */
  static Transition transition(
      Work next, Delivery delivery, Work row, Instant now, String kind, Act act) {
    return new Transition(
        next,
        Optional.of(delivery),
        List.of(Details.entry(row, now, kind, "who", act.who(), "why", act.why())));
  }

  /** Gives a row that waits in the control lane for the walk to decide. */
  static Work parked(Work row, Instant now) {
    return row.waitingIn(Lane.control(row.origin().sequence()), now);
  }

  /** Gives the state after somebody decided: a pause and an end stay, a hold is over. */
  static State decided(State before) {
    return switch (before.status()) {
      case ENDED, PAUSED -> before.phase(EnrollmentPhase.WAITING);
      case ACTIVE, HELD -> State.WAITING;
    };
  }

  static boolean inFlight(Work row) {
    return row.state().phase() == EnrollmentPhase.SENDING;
  }
}
