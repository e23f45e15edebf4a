package dev.sequencer.jdbc.internal;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;

/** What one call decides about rows: their next states, deliveries, lines for the log. */
final class Transitions {
  final Works works;
  final Deliveries deliveries;
  final EventLog log = new EventLog();

  Transitions(Works works, Deliveries deliveries) {
    this.works = works;
    this.deliveries = deliveries;
  }

  /** Takes a transition whole and gives the row after it. */
  Work apply(Work old, Transition transition) {
    checkSame(old, transition.next());
    if (triesAgain(old, transition)) {
      deliveries.revive(old.enrollment(), transition.next().cursor().step());
    }
    record(transition);
    return works.put(withRev(transition.next(), old.rev() + 1));
  }

  /** Takes the delivery and the lines of a transition, not its row. */
  void record(Transition transition) {
    transition.delivery().ifPresent(deliveries::put);
    log.append(transition.log());
  }

  void write(Tx tx) {
    works.write(tx);
    deliveries.write(tx);
    log.write(tx);
  }

  static Work withRev(Work work, long rev) {
    return new Work(
        work.enrollment(),
        work.origin(),
        rev,
        work.lane(),
        work.due(),
        work.cursor(),
        work.state(),
        work.attempt());
  }

  /** A step that it was put on, or its own after the end, without a delivery of it. */
  private static boolean triesAgain(Work old, Transition transition) {
    State next = transition.next().state();
    boolean reached =
        old.cursor().step() != transition.next().cursor().step()
            || old.state().status() == EnrollmentStatus.ENDED;
    return reached
        && transition.delivery().isEmpty()
        && next.status() == EnrollmentStatus.ACTIVE
        && next.phase() == EnrollmentPhase.WAITING;
  }

  private static void checkSame(Work old, Work next) {
    boolean same =
        old.enrollment() == next.enrollment()
            && old.origin().sequence() == next.origin().sequence()
            && old.origin().contact() == next.origin().contact()
            && old.origin().tenant().equals(next.origin().tenant())
            && old.origin().run().equals(next.origin().run());
    if (!same) {
      throw new IllegalArgumentException(
          "a transition keeps enrollment and origin of its row, but for the version: that of"
              + " enrollment "
              + old.enrollment()
              + " is for another row ("
              + next.enrollment()
              + ")");
    }
  }
}
