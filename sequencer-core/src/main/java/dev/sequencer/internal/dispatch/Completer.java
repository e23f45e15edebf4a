package dev.sequencer.internal.dispatch;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.SequencerEvent;
import dev.sequencer.SequencerEvent.AboutDelivery;
import dev.sequencer.internal.catalog.Snapshot;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes and tells what was written. What cannot be written now is kept and tried again
 * for as long as the process lives (KERNEL K3). Used by the one pass that runs at a time.
 */
final class Completer {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");
  private static final int BATCH = 500;

  private final Parts parts;
  private List<Settled> unwritten = new ArrayList<>();
  private boolean failing;

  Completer(Parts parts) {
    this.parts = parts;
  }

  /** Gives how many outcomes could not be written yet. */
  int unwritten() {
    return unwritten.size();
  }

  /** Says whether the outcome of an attempt is known here and could not be written yet. */
  boolean knows(Work row) {
    return unwritten.stream()
        .map(Settled::completion)
        .anyMatch(
            known ->
                known.transition().next().enrollment() == row.enrollment()
                    && known.attempt() == row.attempt().number());
  }

  /** Writes outcomes, those that could not be written before first; gives those that were. */
  List<Settled> write(List<Settled> outcomes, Snapshot definitions, Instant now) {
    List<Settled> all = new ArrayList<>(unwritten);
    all.addAll(outcomes);
    unwritten = new ArrayList<>();
    List<Settled> written = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Settled> batch = all.subList(from, Math.min(all.size(), from + BATCH));
      try {
        writeBatch(batch, definitions, now);
        written.addAll(batch);
        recovered();
      } catch (RuntimeException e) {
        unwritten.addAll(batch);
        failed(e);
      }
    }
    return written;
  }

  private void recovered() {
    if (failing) {
      LOG.warn("outcomes can be written again");
      failing = false;
    }
  }

  private void failed(RuntimeException e) {
    if (!failing) {
      LOG.warn(
          "{} outcomes could not be written ({}); they are kept and written when the store answers",
          unwritten.size(),
          e.getMessage());
      LOG.debug("what the store threw", e);
      failing = true;
    }
  }

  private void writeBatch(List<Settled> batch, Snapshot definitions, Instant now) {
    batch.stream().filter(Settled::suppress).forEach(one -> suppress(one, now));
    List<Completion.Answer> answers =
        parts.store().complete(batch.stream().map(Settled::completion).toList());
    for (int i = 0; i < batch.size(); i++) {
      heard(batch.get(i), answers.get(i), now);
    }
    wake(batch, definitions, now);
  }

  /** Suppresses before the outcome is written, so that a crash in between errs to not mailing. */
  private void suppress(Settled settled, Instant now) {
    Subject subject = settled.flight().orElseThrow().subject();
    String tenant = subject.contact().tenant();
    long own = subject.work().enrollment();
    Suppression suppression =
        new Suppression(
            tenant,
            subject.contact().normalized(),
            0,
            Suppression.Blocks.EVERYTHING,
            "hard bounce",
            now);
    parts
        .store()
        .steer(
            SteerCall.of(
                    tenant,
                    new SteerCall.Target.OfAddress(subject.contact().normalized()),
                    other ->
                        other.work().enrollment() == own
                            ? Optional.empty()
                            : Optional.of(stopped(other, "hard bounce", now)))
                .suppressing(List.of(suppression), List.of()));
  }

  private static Transition stopped(Subject subject, String reason, Instant now) {
    Work row = subject.work();
    return Transition.of(
        row.state(row.state().ended(Ending.STOPPED, reason)),
        Details.entry(row, now, "stopped", "reason", reason));
  }

  private void heard(Settled settled, Completion.Answer answer, Instant now) {
    switch (answer) {
      case APPLIED -> parts.events().tell(settled.events());
      case OUTCOME_ONLY ->
          settled.events().stream()
              .filter(AboutDelivery.class::isInstance)
              .forEach(parts.events()::tell);
      case REPEATED -> {}
      case REFUSED -> settled.flight().ifPresent(flight -> late(flight, settled, now));
    }
  }

  /**
   * Treats an outcome whose attempt is decided already. While its delivery is still in doubt by
   * this attempt, waiting to be sent again, the truth wins; else it changes nothing and is told
   * loudly.
   */
  private void late(Flight flight, Settled settled, Instant now) {
    Optional<Delivery> outcome = settled.completion().transition().delivery();
    boolean sent = outcome.filter(d -> d.status() == DeliveryStatus.SENT).isPresent();
    if (outcome.isEmpty() && writtenBefore(flight)) {
      return;
    }
    SequencerEvent.LateReceipt receipt =
        new SequencerEvent.LateReceipt(
            now,
            flight.ref(),
            outcome
                .map(d -> d.status().name().toLowerCase(java.util.Locale.ROOT))
                .orElse("not sent"));
    SteerCall.Answer answer =
        parts
            .store()
            .steer(
                SteerCall.of(
                        flight.row().origin().tenant(),
                        new SteerCall.Target.These(List.of(flight.row().enrollment())),
                        subject ->
                            sent
                                ? resolved(subject, flight, outcome.orElseThrow(), now)
                                : Optional.empty())
                    .logging(
                        List.of(
                            Details.entry(
                                flight.row(),
                                now,
                                "late-receipt",
                                "attempt",
                                flight.attempt(),
                                "outcome",
                                receipt.outcome()))));
    if (answer.after().isEmpty()) {
      parts.events().tell(receipt);
    } else {
      settled.events().stream()
          .filter(SequencerEvent.MailSent.class::isInstance)
          .forEach(parts.events()::tell);
    }
  }

  /**
   * Says whether an outcome that leaves no delivery was written by a call whose answer was lost.
   */
  private boolean writtenBefore(Flight flight) {
    return parts.store().subjects(List.of(flight.row().enrollment())).stream()
        .map(Subject::work)
        .anyMatch(
            row ->
                row.attempt().number() == flight.attempt()
                    && row.state().phase() == EnrollmentPhase.WAITING);
  }

  private static Optional<Transition> resolved(
      Subject subject, Flight flight, Delivery outcome, Instant now) {
    Work row = subject.work();
    boolean undecided =
        row.state().phase() == EnrollmentPhase.WAITING
            && subject.deliveries().stream()
                .anyMatch(
                    d ->
                        d.step() == flight.step()
                            && d.status() == DeliveryStatus.IN_DOUBT
                            && d.attempt() == flight.attempt());
    if (!undecided) {
      return Optional.empty();
    }
    boolean stays =
        row.state().status() == EnrollmentStatus.ENDED || row.cursor().step() != flight.step();
    Work next = stays ? row : row.waitingIn(Lane.control(row.origin().sequence()), now);
    boolean decided = !stays && row.state().status() != EnrollmentStatus.PAUSED;
    return Optional.of(
        new Transition(
            decided ? next.state(State.WAITING) : next,
            Optional.of(outcome),
            List.of(Details.entry(row, now, "sent", "attempt", flight.attempt()))));
  }

  /** Lets owners be visited whose capacity an outcome may have freed. */
  private void wake(List<Settled> batch, Snapshot definitions, Instant now) {
    Set<Integer> owners = new LinkedHashSet<>();
    for (Settled settled : batch) {
      settled
          .flight()
          .filter(flight -> freesCapacity(settled, flight))
          .ifPresent(
              flight -> {
                owners.add(flight.mailbox().id());
                owners.addAll(definitions.poolsOf(flight.mailbox().id()));
              });
    }
    if (!owners.isEmpty()) {
      parts.store().wake(owners, now);
    }
  }

  private static boolean freesCapacity(Settled settled, Flight flight) {
    boolean sent =
        settled
            .completion()
            .transition()
            .delivery()
            .filter(d -> d.status() == DeliveryStatus.SENT)
            .isPresent();
    return !sent || flight.mailbox().mailbox().oneAtATime() || flight.sequence().pace().isPresent();
  }
}
