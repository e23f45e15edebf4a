package dev.sequencer.internal.dispatch;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.SequencerEvent;
import dev.sequencer.SequencerEvent.AboutDelivery;
import dev.sequencer.internal.capacity.Gate;
import dev.sequencer.internal.catalog.SequenceInfo;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes and tells what was written. What cannot be written now is kept and tried again
 * for as long as the process lives (KERNEL K3). All but {@link #write} is used by the one pass that
 * runs at a time.
 */
final class Completer {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");
  private static final int BATCH = 500;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Parts parts;
  private List<Settled> waiting = new ArrayList<>();
  private List<Settled> writing = List.of();
  private Optional<Instant> retryAt = Optional.empty();
  private final Map<Known, Integer> unwritten = new HashMap<>();
  private final Telling telling = new Telling();

  Completer(Parts parts) {
    this.parts = parts;
  }

  /**
   * What became of outcomes.
   *
   * @param written those that were written
   * @param kept those that could not be
   * @param why why they could not be
   * @param at when
   */
  record Result(List<Settled> written, List<Settled> kept, String why, Instant at) {
    static Result nothing(List<Settled> batch, Instant at) {
      return new Result(List.of(), batch, "the step failed", at);
    }
  }

  /** Takes in an outcome, which is written with those that wait. */
  void add(Settled outcome) {
    waiting.add(outcome);
    unwritten.merge(Known.of(outcome), 1, Integer::sum);
  }

  /** Gives how many outcomes are not written yet. */
  int unwritten() {
    return waiting.size() + writing.size();
  }

  /** Says whether the outcome of an attempt is known here and not written yet. */
  boolean knows(Work row) {
    return unwritten.containsKey(new Known(row.enrollment(), row.attempt().number()));
  }

  /** Names an attempt whose outcome is not written yet. */
  private record Known(long enrollment, int attempt) {
    static Known of(Settled outcome) {
      Completion completion = outcome.completion();
      return new Known(completion.transition().next().enrollment(), completion.attempt());
    }
  }

  private static @Nullable Integer less(Known any, Integer many) {
    return many > 1 ? many - 1 : null;
  }

  /** Gives when outcomes that could not be written are tried again: far in the future for none. */
  Instant nextTry() {
    return waiting.isEmpty() ? Gate.NEVER : retryAt.orElse(Gate.NEVER);
  }

  /**
   * Takes what is to be written now; nothing while the last is being written, or soon after it
   * could not be.
   *
   * @param atOnce not to wait after a failure
   */
  List<Settled> take(Instant now, boolean atOnce) {
    boolean early = !atOnce && retryAt.filter(now::isBefore).isPresent();
    if (early || !writing.isEmpty() || waiting.isEmpty()) {
      return List.of();
    }
    writing = waiting;
    waiting = new ArrayList<>();
    return writing;
  }

  /** Hears what became of those that were taken; gives those that were written. */
  List<Settled> wrote(Result result) {
    writing = List.of();
    result.written().forEach(one -> unwritten.computeIfPresent(Known.of(one), Completer::less));
    boolean failed = !result.kept().isEmpty();
    if (failed) {
      List<Settled> all = new ArrayList<>(result.kept());
      all.addAll(waiting);
      waiting = all;
      if (telling.failed(result.at())) {
        LOG.warn(
            "{} outcomes could not be written ({}); they are kept and written when the store answers",
            result.kept().size(),
            result.why());
      }
    } else if (telling.succeeded(result.at())) {
      LOG.warn("outcomes can be written again");
    }
    retryAt = failed ? Optional.of(result.at().plus(RETRY)) : Optional.empty();
    return result.written();
  }

  /** Writes outcomes in the order in which they came. */
  Result write(List<Settled> outcomes, Snapshot definitions, Instant now) {
    List<Settled> written = new ArrayList<>();
    List<Settled> kept = new ArrayList<>();
    String why = "";
    for (int from = 0; from < outcomes.size(); from += BATCH) {
      List<Settled> batch = outcomes.subList(from, Math.min(outcomes.size(), from + BATCH));
      try {
        writeBatch(batch, definitions, now);
        written.addAll(batch);
      } catch (RuntimeException e) {
        kept.addAll(batch);
        why = String.valueOf(e.getMessage());
        LOG.debug("outcomes could not be written", e);
      }
    }
    return new Result(written, kept, why, now);
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
                if (flight.sequence().pace().isPresent()) {
                  addOwners(owners, flight.sequence(), definitions);
                }
              });
    }
    if (!owners.isEmpty()) {
      parts.store().wake(owners, now);
    }
  }

  /** A pace is shared by the mailboxes of a sequence: what one has used, all have waited for. */
  private static void addOwners(Set<Integer> owners, SequenceInfo sequence, Snapshot definitions) {
    int pool = sequence.current().pool();
    owners.add(pool);
    definitions.members(pool).forEach(member -> owners.add(member.id()));
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
