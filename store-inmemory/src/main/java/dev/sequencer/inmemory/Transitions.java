package dev.sequencer.inmemory;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes what was decided about a row: its next state, a delivery, lines for the log. */
final class Transitions {
  private final Enrollments enrollments;
  private final EventLog log;

  Transitions(Enrollments enrollments, EventLog log) {
    this.enrollments = enrollments;
    this.log = log;
  }

  /** Writes a transition whole. */
  void apply(Row row, Transition transition) {
    checkSame(row.work, transition.next());
    if (triesAgain(row.work, transition)) {
      removeUnsent(row, transition.next().cursor().step());
    }
    record(row, transition);
    enrollments.write(row, transition.next(), row.work.rev() + 1);
  }

  /** Writes the delivery and the lines of a transition, not its row. */
  void record(Row row, Transition transition) {
    transition.delivery().ifPresent(delivery -> put(row, Millis.cut(delivery)));
    log.append(transition.log(), enrollments);
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

  private void removeUnsent(Row row, int step) {
    Optional<Delivery> known = row.delivery(step);
    boolean unsent =
        known
            .map(Delivery::status)
            .filter(s -> s == DeliveryStatus.FAILED || s == DeliveryStatus.SKIPPED)
            .isPresent();
    if (unsent) {
      enrollments.deliveries(row, List.copyOf(without(row, step)));
    }
  }

  private void put(Row row, Delivery delivery) {
    Optional<Delivery> known = row.delivery(delivery.step());
    if (known.isPresent()
        && known.get().status() != DeliveryStatus.IN_DOUBT
        && known.get().attempt() >= delivery.attempt()) {
      return;
    }
    known.filter(old -> old.attempt() < delivery.attempt()).ifPresent(enrollments::sentAgain);
    List<Delivery> next = without(row, delivery.step());
    next.add(delivery);
    next.sort(Comparator.comparingInt(Delivery::step));
    enrollments.deliveries(row, List.copyOf(next));
  }

  private static List<Delivery> without(Row row, int step) {
    List<Delivery> others = new ArrayList<>(row.deliveries);
    others.removeIf(delivery -> delivery.step() == step);
    return others;
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
