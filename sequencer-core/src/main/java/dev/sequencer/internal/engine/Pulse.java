package dev.sequencer.internal.engine;

import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.Health;
import dev.sequencer.SequencerConfig.Settings;
import dev.sequencer.internal.capacity.Gate;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.Snapshot;
import dev.sequencer.internal.dispatch.Parts;
import dev.sequencer.internal.time.Calendar;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Says how the engine is, from what the store says: work that is due, allowed and not done, nodes
 * that make no passes, what is held. Works on a node that only enrolls too.
 */
final class Pulse {
  private static final Duration STARTED_PASSES = Duration.ofSeconds(60);
  private static final Duration STUCK = Duration.ofSeconds(60);
  private static final int MOST_LISTED = 100;
  private static final int MOST_OPENINGS = 500;
  private static final int MOST_STUCK_CALLS = 4;

  private final Parts parts;
  private final Settings settings;

  Pulse(Parts parts, Settings settings) {
    this.parts = parts;
    this.settings = settings;
  }

  Health health(boolean started, int stuckCalls, boolean historyIntact, Nodes nodes) {
    Instant now = parts.store().now();
    List<String> problems = new ArrayList<>();
    Optional<Instant> lastPass = nodes.newestPass();
    Duration allowedSilence = started ? STARTED_PASSES : settings.expectPassWithin();
    Snapshot definitions = parts.catalog().refresh();
    Duration oldest = Duration.ZERO;
    List<EnrollmentId> stuck = new ArrayList<>();
    Duration patience = started ? STUCK : allowedSilence;
    for (LaneHead head : parts.store().views().heads()) {
      Duration age = age(head, definitions, now);
      oldest = age.compareTo(oldest) > 0 ? age : oldest;
      if (age.compareTo(patience) > 0) {
        stuck.addAll(overdue(head.lane(), now.minus(patience), MOST_LISTED - stuck.size()));
      }
    }
    boolean waits = oldest.compareTo(Duration.ZERO) > 0;
    if (waits && lastPass.filter(at -> !now.isAfter(at.plus(allowedSilence))).isEmpty()) {
      problems.add(
          "no node of this store has made a pass "
              + lastPass.map(at -> "since " + at).orElse("yet")
              + " and work is due: call start() on one, or runDue() from a job");
    }
    if (oldest.compareTo(patience) > 0) {
      problems.add(
          "work that is due and allowed has not been done for "
              + oldest
              + ": look at the enrollments listed, at the log and at transports");
    }
    if (!historyIntact) {
      problems.add("the store went back: check what was sent and call acceptHistory(from)");
    }
    if (stuckCalls > MOST_STUCK_CALLS) {
      problems.add(
          stuckCalls + " calls of host code have not ended: look at model and template sources");
    }
    held(MOST_LISTED - stuck.size()).forEach(stuck::add);
    return new Health(problems.isEmpty(), problems, oldest, stuck, lastPass);
  }

  private List<EnrollmentId> overdue(Lane lane, Instant before, int limit) {
    return parts.store().views().firstOf(lane, Math.max(0, limit)).stream()
        .filter(row -> row.due().isBefore(before))
        .map(row -> new EnrollmentId(row.enrollment()))
        .toList();
  }

  private Stream<EnrollmentId> held(int limit) {
    EnrollmentFilter filter =
        new EnrollmentFilter(
            Optional.empty(),
            OptionalInt.empty(),
            Optional.of(EnrollmentStatus.HELD),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.empty());
    return limit <= 0
        ? Stream.empty()
        : parts.store().views().enrollments(filter, 0, limit).stream()
            .map(Work::enrollment)
            .map(EnrollmentId::new);
  }

  /** Gives for how long the first row of a lane has been due and allowed. */
  private Duration age(LaneHead head, Snapshot definitions, Instant now) {
    Optional<SequenceInfo> info = definitions.sequence(head.lane().sequence());
    boolean waits =
        head.due().isAfter(now)
            || info.isEmpty()
            || definitions.pausedSequence(info.get())
            || info.get().pastEnd(now);
    if (waits) {
      return Duration.ZERO;
    }
    Instant since = head.due();
    if (!head.lane().isControl()) {
      Optional<Instant> opened =
          parts
              .catalog()
              .calendar(head.lane().calendar())
              .flatMap(calendar -> openSince(calendar, head.due(), now));
      Optional<Instant> free = freeSince(head.lane().owner(), definitions, now);
      if (opened.isEmpty() || free.isEmpty()) {
        return Duration.ZERO;
      }
      since = later(later(since, opened.get()), free.get());
    }
    return since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
  }

  /** Gives since when a lane is open for rows due at an instant; empty when it is closed. */
  private static Optional<Instant> openSince(Calendar calendar, Instant due, Instant now) {
    if (!calendar.laneOpen(now)) {
      return Optional.empty();
    }
    Instant from = later(due, now.minus(Duration.ofDays(30)));
    Optional<Instant> opening = calendar.laneOpensAt(from);
    for (int i = 0; opening.isPresent() && i < MOST_OPENINGS; i++) {
      Optional<Instant> closing = calendar.laneClosesAt(opening.get());
      if (closing.filter(close -> !close.isAfter(now)).isEmpty()) {
        return opening;
      }
      opening = calendar.laneOpensAt(closing.get());
    }
    return opening;
  }

  /** Gives since when an owner may send; empty when it may not. */
  private Optional<Instant> freeSince(int owner, Snapshot definitions, Instant now) {
    Stream<MailboxInfo> mailboxes =
        definitions.mailbox(owner).map(Stream::of).orElse(definitions.members(owner).stream());
    return mailboxes
        .map(mailbox -> freeSince(mailbox, definitions, now))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private Optional<Instant> freeSince(MailboxInfo mailbox, Snapshot definitions, Instant now) {
    if (mailbox.gone() || definitions.pausedMailbox(mailbox)) {
      return Optional.empty();
    }
    Ledger ledger = parts.store().views().ledger(mailbox.ledger());
    Gate gate = mailbox.capacity().gate(ledger, now);
    if (!gate.isOpen(now)) {
      return Optional.empty();
    }
    Instant since = ledger.lastBegun().orElse(Instant.EPOCH);
    return Optional.of(later(since, ledger.rest().until().orElse(since)));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
