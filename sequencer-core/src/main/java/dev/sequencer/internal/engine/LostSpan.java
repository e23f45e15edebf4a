package dev.sequencer.internal.engine;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.dispatch.Details;
import dev.sequencer.internal.dispatch.Parts;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * After a store went back: what may have been sent in the span that was lost becomes in doubt
 * (KERNEL K8). That is what waits at a mail, is due, and had its window open at some time since the
 * span began: not only what became due in it, but also what had been waiting for its window, and
 * what was paused or held, since somebody may have let it go on in the span.
 */
final class LostSpan {
  private static final int PAGE = 500;

  private final Parts parts;

  LostSpan(Parts parts) {
    this.parts = parts;
  }

  /** Puts everything in doubt that may have been sent since an instant. */
  int doubt(Instant from) {
    int doubtful = 0;
    Instant now = parts.store().now();
    for (SequenceInfo info : parts.catalog().refresh().sequences()) {
      long after = 0;
      SteerCall.Answer page = page(info, after, from, now);
      while (!page.before().isEmpty()) {
        doubtful += page.after().size();
        after = page.before().get(page.before().size() - 1).work().enrollment();
        page = page(info, after, from, now);
      }
    }
    return doubtful;
  }

  private SteerCall.Answer page(SequenceInfo info, long after, Instant from, Instant now) {
    return parts
        .store()
        .steer(
            SteerCall.of(
                info.tenant(),
                new SteerCall.Target.OfSequence(info.id(), after, PAGE),
                subject -> doubtful(subject, from, now)));
  }

  private Optional<Transition> doubtful(Subject subject, Instant from, Instant now) {
    Work row = subject.work();
    boolean waitsAtMail =
        row.state().status() != EnrollmentStatus.ENDED
            && row.state().phase() == EnrollmentPhase.WAITING
            && row.cursor().step() > 0
            && subject.deliveries().stream().noneMatch(d -> d.step() == row.cursor().step());
    Optional<Instant> leaves = waitsAtMail ? firstLeaving(row, from) : Optional.empty();
    if (leaves.filter(at -> !at.isAfter(now)).isEmpty()) {
      return Optional.empty();
    }
    Instant begun = leaves.get();
    String why = "in doubt, the store went back over the time at which it could leave";
    Attempt was = row.attempt();
    Attempt attempt =
        new Attempt(
            was.number() + 1,
            was.tries(),
            was.strikes(),
            was.mailbox(),
            Optional.of(new Attempt.Times(begun, begun, begun)),
            was.messageId(),
            was.stageReference());
    State doubtful = row.state().phase(EnrollmentPhase.IN_DOUBT);
    boolean active = doubtful.status() == EnrollmentStatus.ACTIVE;
    Work next =
        row.attempt(attempt).state(active ? doubtful.status(EnrollmentStatus.HELD, why) : doubtful);
    Delivery delivery =
        new Delivery(
            row.enrollment(),
            row.cursor().step(),
            DeliveryStatus.IN_DOUBT,
            attempt.number(),
            was.mailbox(),
            now,
            Optional.of(begun),
            Optional.empty(),
            Delivery.Ids.NONE,
            Details.of("reason", why));
    return Optional.of(
        new Transition(
            next,
            Optional.of(delivery),
            List.of(Details.entry(row, now, "in-doubt", "reason", why))));
  }

  /** Gives the first instant of the span at which its lane was open for a row. */
  private Optional<Instant> firstLeaving(Work row, Instant from) {
    Instant start = row.due().isAfter(from) ? row.due() : from;
    // Where the window is not known here, it may have been open.
    return parts
        .catalog()
        .calendar(row.lane().calendar())
        .map(calendar -> calendar.laneOpensAt(start))
        .orElse(Optional.of(start));
  }
}
