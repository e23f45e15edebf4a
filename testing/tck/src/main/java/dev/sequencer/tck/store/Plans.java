package dev.sequencer.tck.store;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Completion.LedgerChange;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What an engine plans: outcomes of attempts with the next step, and acts of people. */
public final class Plans {
  /** How long after its mail the next step is due. */
  public static final Duration NEXT_STEP = Duration.ofDays(1);

  private Plans() {}

  /** Gives the end of an attempt that was accepted; the next step is due a day later. */
  public static Completion sent(Work begun, Instant leftAt) {
    return outcome(begun, begun.rev(), nextStep(begun, leftAt), DeliveryStatus.SENT, leftAt);
  }

  /** Gives the end of an attempt that was refused for good; the enrollment ends. */
  public static Completion failed(Work begun, Instant at) {
    Work next =
        begun
            .state(begun.state().phase(EnrollmentPhase.WAITING).ended(Ending.FAILED, "refused"))
            .attempt(begun.attempt().counts(0, 0).staged(Optional.empty()));
    return outcome(begun, begun.rev(), next, DeliveryStatus.FAILED, at);
  }

  /** Gives the end of an attempt that may be tried again from an instant on. */
  public static Completion deferred(Work begun, Instant due) {
    Attempt attempt = begun.attempt();
    Work next =
        begun
            .waitingIn(begun.lane(), due)
            .state(begun.state().phase(EnrollmentPhase.WAITING))
            .attempt(attempt.counts(attempt.tries() + 1, attempt.strikes()));
    return new Completion(
        attempt.number(),
        begun.rev(),
        Transition.of(next, entry(begun, "deferred", due)),
        List.of(),
        Optional.of(begun));
  }

  /** Gives the verdict that an attempt is in doubt; the enrollment is held. */
  public static Completion doubted(Work begun, Instant at) {
    State state =
        new State(EnrollmentStatus.HELD, EnrollmentPhase.IN_DOUBT, Optional.empty(), "in doubt");
    return outcome(begun, begun.rev(), begun.state(state), DeliveryStatus.IN_DOUBT, at);
  }

  /** Gives a step that is skipped without an attempt; the next one is due a day later. */
  public static Completion skipped(Work waiting, Instant at) {
    Completion whole =
        outcome(waiting, waiting.rev(), nextStep(waiting, at), DeliveryStatus.SKIPPED, at);
    Delivery delivery = delivery(waiting, DeliveryStatus.SKIPPED, 0, at);
    Transition transition =
        new Transition(whole.transition().next(), Optional.of(delivery), whole.transition().log());
    return new Completion(0, waiting.rev(), transition, List.of()).seen(waiting);
  }

  /** Gives a walk without an attempt or outcome. */
  public static Completion walked(Work waiting, Work next) {
    Transition transition = new Transition(next, Optional.empty(), List.of());
    return new Completion(0, waiting.rev(), transition, List.of()).seen(waiting);
  }

  /** Gives the same by another attempt number. */
  public static Completion attempt(Completion completion, int attempt) {
    return new Completion(
        attempt,
        completion.expectedRev(),
        completion.transition(),
        completion.ledgers(),
        completion.seen());
  }

  /** Gives the same with another delivery. */
  public static Completion delivering(Completion completion, Delivery delivery) {
    Transition old = completion.transition();
    return new Completion(
        completion.attempt(),
        completion.expectedRev(),
        new Transition(old.next(), Optional.of(delivery), old.log()),
        completion.ledgers(),
        completion.seen());
  }

  /** Gives the same that also changes a ledger. */
  public static Completion changing(
      Completion completion, LedgerKey key, UnaryOperator<Ledger> change) {
    return new Completion(
        completion.attempt(),
        completion.expectedRev(),
        completion.transition(),
        List.of(new LedgerChange(key, change)),
        completion.seen());
  }

  /** Gives the row at its next step, due a day after an instant. */
  public static Work nextStep(Work work, Instant from) {
    Cursor cursor = new Cursor(work.cursor().step() + 1, work.cursor().step(), from);
    return work.at(work.lane(), from.plus(NEXT_STEP), cursor)
        .state(work.state().phase(EnrollmentPhase.WAITING))
        .attempt(work.attempt().counts(0, 0).staged(Optional.empty()));
  }

  /** Gives a delivery of the step at which a row stands. */
  public static Delivery delivery(Work work, DeliveryStatus status, int attempt, Instant at) {
    return new Delivery(
        work.enrollment(),
        work.cursor().step(),
        status,
        attempt,
        work.attempt().mailbox(),
        at,
        work.attempt().times().map(Attempt.Times::begunAt),
        status == DeliveryStatus.SENT ? Optional.of(at) : Optional.empty(),
        new Delivery.Ids(
            work.attempt().messageId(), Optional.empty(), Optional.empty(), Optional.empty()),
        "{}");
  }

  /** Gives the same with a Message-ID that the provider made. */
  public static Delivery named(Delivery delivery, String actual) {
    return new Delivery(
        delivery.enrollment(),
        delivery.step(),
        delivery.status(),
        delivery.attempt(),
        delivery.mailbox(),
        delivery.at(),
        delivery.begunAt(),
        delivery.leftAt(),
        new Delivery.Ids(
            delivery.ids().requested(), Optional.of(actual), Optional.empty(), Optional.empty()),
        delivery.detail());
  }

  /** Gives the same with another detail. */
  public static Delivery detailed(Delivery delivery, String detail) {
    return new Delivery(
        delivery.enrollment(),
        delivery.step(),
        delivery.status(),
        delivery.attempt(),
        delivery.mailbox(),
        delivery.at(),
        delivery.begunAt(),
        delivery.leftAt(),
        delivery.ids(),
        detail);
  }

  /** Gives a line of the log about a row. */
  public static LogEntry entry(Work work, String kind, Instant at) {
    return new LogEntry(
        0, work.origin().tenant(), at, work.enrollment(), work.cursor().step(), kind, "{}");
  }

  /** Gives a decision that leaves everything as it is. */
  public static Function<Subject, Optional<Transition>> nothing() {
    return subject -> Optional.empty();
  }

  /** Gives a decision that pauses. */
  public static Function<Subject, Optional<Transition>> pause() {
    return change(work -> work.state(work.state().status(EnrollmentStatus.PAUSED, "by hand")));
  }

  /** Gives a decision that lets it go on. */
  public static Function<Subject, Optional<Transition>> resume() {
    return change(work -> work.state(work.state().status(EnrollmentStatus.ACTIVE, "")));
  }

  /** Gives a decision that ends it. */
  public static Function<Subject, Optional<Transition>> end(Ending ending) {
    return change(work -> work.state(work.state().ended(ending, "by hand")));
  }

  /** Gives a decision that writes another row and no line. */
  public static Function<Subject, Optional<Transition>> change(UnaryOperator<Work> change) {
    return subject ->
        Optional.of(new Transition(change.apply(subject.work()), Optional.empty(), List.of()));
  }

  /** Gives a decision that writes a delivery and leaves the row where it is. */
  public static Function<Subject, Optional<Transition>> deliver(Delivery delivery) {
    return subject -> Optional.of(new Transition(subject.work(), Optional.of(delivery), List.of()));
  }

  private static Completion outcome(
      Work begun, long rev, Work next, DeliveryStatus status, Instant at) {
    int attempt = begun.attempt().number();
    Transition transition =
        new Transition(
            next,
            Optional.of(delivery(begun, status, attempt, at)),
            List.of(entry(begun, status.name(), at)));
    return new Completion(attempt, rev, transition, List.of()).seen(begun);
  }
}
