package dev.sequencer.internal.dispatch;

import dev.sequencer.internal.capacity.Capacity;
import dev.sequencer.internal.capacity.Gate;
import dev.sequencer.internal.catalog.Catalog;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.Snapshot;
import dev.sequencer.internal.time.Calendar;
import dev.sequencer.spi.TransportLimits;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.BeginCall.RollingCounter;
import dev.sequencer.spi.store.BeginCall.Take;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * One begin call: which rows, and what each may take. Every gate is asked about the store's now
 * under the ledgers' locks.
 *
 * <p>The permit ends at the earliest of: the hand-over limit, the close of the calendar, the close
 * of the mailbox's hours, the end of a quota bucket in use, the end date (KERNEL K1).
 */
final class Beginning implements BeginCall.Capacity {
  private final Catalog catalog;
  private final Snapshot definitions;
  private final Duration margin;
  private final List<Prepared> group;
  private final Map<Long, Prepared> mails = new HashMap<>();
  private final Map<Integer, Instant> full = new HashMap<>();
  private final Map<Long, Instant> asked = new HashMap<>();
  private final Set<Integer> rested = new HashSet<>();

  Beginning(Catalog catalog, Snapshot definitions, Duration margin, List<Prepared> group) {
    this.catalog = catalog;
    this.definitions = definitions;
    this.margin = margin;
    this.group = group;
    group.forEach(mail -> mails.put(mail.work().enrollment(), mail));
  }

  BeginCall call() {
    return new BeginCall(definitions.revision(), group.stream().map(Beginning::row).toList(), this);
  }

  /** Gives the mailboxes whose rolling quota was used up, and until when. */
  Map<Integer, Instant> full() {
    return full;
  }

  /** Says whether a mailbox had a rest, over or not, which a success ends. */
  boolean rested(int mailbox) {
    return rested.contains(mailbox);
  }

  /**
   * Gives when a mail would have begun by this call, whose answer did not come; empty when the call
   * cannot have begun it.
   */
  Optional<Instant> mayHaveBegun(Prepared mail) {
    return Optional.ofNullable(asked.get(mail.work().enrollment()));
  }

  private static BeginCall.Row row(Prepared mail) {
    Work work = mail.work();
    Lane lane = work.lane();
    List<LedgerKey> ledgers = new ArrayList<>();
    ledgers.add(mail.mailbox().ledger());
    mail.item().sequence().pace().ifPresent(p -> ledgers.add(mail.item().sequence().ledger()));
    return new BeginCall.Row(
        work,
        mail.item().subject().contact().normalized(),
        mail.mailbox().id(),
        new Lane(mail.mailbox().id(), lane.sequence(), lane.calendar(), lane.priority(), true),
        mail.item().transactional(),
        mail.item().resendOf(),
        mail.mail().messageId(),
        mail.mail().stageReference(),
        ledgers);
  }

  @Override
  public Take take(
      BeginCall.Row row,
      Work work,
      Map<LedgerKey, Ledger> ledgers,
      RollingCounter rolling,
      Instant now) {
    Prepared mail = mails.get(row.enrollment());
    if (mail == null) {
      return new Take.NotNow(now, "not part of this call");
    }
    Optional<Take> closed = closed(mail, work, now);
    if (closed.isPresent()) {
      return closed.get();
    }
    MailboxInfo mailbox = mail.mailbox();
    Ledger ofMailbox = ledgers.getOrDefault(mailbox.ledger(), Ledger.fresh(mailbox.ledger()));
    if (!ofMailbox.rest().equals(Ledger.Rest.NONE)) {
      rested.add(mailbox.id());
    }
    IntFunction<Optional<Instant>> newest = n -> rolling.nthNewest(mailbox.id(), n);
    Gate gate = mailbox.capacity().exactGate(ofMailbox, newest, now);
    if (!gate.isOpen(now)) {
      if (gate.reason() == Gate.Reason.ROLLING_QUOTA) {
        // The one that only begin counts: what else closes a mailbox stands in its ledger, and must
        // not be what this node thinks of it when it says for all nodes when to come again.
        full.put(mailbox.id(), gate.at());
      }
      return new Take.NotNow(gate.at(), gate.reason().words());
    }
    SequenceInfo sequence = mail.item().sequence();
    Optional<Capacity> pace = sequence.pace();
    Ledger ofSequence = ledgers.getOrDefault(sequence.ledger(), Ledger.fresh(sequence.ledger()));
    if (pace.isPresent()) {
      Gate paced = pace.get().exactGate(ofSequence, n -> Optional.empty(), now);
      if (!paced.isOpen(now)) {
        return new Take.NotNow(paced.at(), "pace of the sequence: " + paced.reason().words());
      }
    }
    TransportLimits limits = mail.transport().limits();
    Instant leavesBy = now.plus(limits.handOver());
    Instant decideAt = leavesBy.plus(limits.answer()).plus(margin);
    List<Ledger> after = new ArrayList<>();
    Capacity own = mailbox.capacity();
    after.add(own.taken(ofMailbox, newest, now, own.heldUntil(decideAt, leavesBy)));
    pace.ifPresent(
        p ->
            after.add(
                p.taken(ofSequence, n -> Optional.empty(), now, p.heldUntil(decideAt, leavesBy))));
    asked.put(row.enrollment(), now);
    return new Take.Taken(after, notAfter(mail, work, ofMailbox, ofSequence, now), decideAt);
  }

  private Optional<Take> closed(Prepared mail, Work work, Instant now) {
    if (work.due().isAfter(now)) {
      return Optional.of(new Take.NotNow(work.due(), Gate.Reason.NOT_DUE.words()));
    }
    if (mail.item().sequence().pastEnd(now)) {
      return Optional.of(new Take.NotNow(Gate.NEVER, "past the end date"));
    }
    boolean paused =
        definitions.pausedSequence(mail.item().sequence())
            || definitions.pausedMailbox(mail.mailbox());
    if (paused) {
      return Optional.of(new Take.NotNow(Gate.NEVER, "paused"));
    }
    Optional<Calendar> calendar = catalog.calendar(work.lane().calendar());
    if (calendar.isEmpty()) {
      return Optional.of(new Take.NotNow(now, "its window is not known here yet"));
    }
    return calendar.get().laneOpen(now)
        ? Optional.empty()
        : Optional.of(
            new Take.NotNow(
                calendar.get().laneOpensAt(now).orElse(Gate.NEVER), Gate.Reason.WINDOW.words()));
  }

  private Instant notAfter(
      Prepared mail, Work work, Ledger ofMailbox, Ledger ofSequence, Instant now) {
    Instant end = now.plus(mail.transport().limits().handOver());
    end = earlier(end, catalog.calendar(work.lane().calendar()).flatMap(c -> c.laneClosesAt(now)));
    end = earlier(end, mail.mailbox().capacity().permitEnd(ofMailbox, now));
    SequenceInfo sequence = mail.item().sequence();
    end = earlier(end, sequence.pace().flatMap(pace -> pace.permitEnd(ofSequence, now)));
    return earlier(end, sequence.terms().endsAt());
  }

  private static Instant earlier(Instant one, Optional<Instant> other) {
    return other.filter(instant -> instant.isBefore(one)).orElse(one);
  }
}
