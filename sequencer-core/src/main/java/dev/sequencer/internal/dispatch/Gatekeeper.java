package dev.sequencer.internal.dispatch;

import dev.sequencer.internal.capacity.Gate;
import dev.sequencer.internal.capacity.Order;
import dev.sequencer.internal.catalog.Catalog;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.Snapshot;
import dev.sequencer.internal.time.Calendar;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.ClaimCall.LedgerReader;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says, for one claim, what may be claimed: how many rows an owner can send now, which lanes are
 * open, when to come again. Hints only: begin asks everything once more.
 */
final class Gatekeeper implements ClaimCall.Policy {
  private static final int MOST_ROWS = 500;
  private static final int MOST_OF_MAILBOX = 100;
  private static final Duration BUSY = Duration.ofMillis(100);

  /**
   * The outcome of a mail lets the mailboxes of its sequence be visited whose pace it held up; one
   * that sends for a sequence without being of its pool finds out by looking.
   */
  private static final Duration TURN = Duration.ofSeconds(1);

  private final Catalog catalog;
  private final Snapshot definitions;
  private final Scope scope;
  private final Backlog backlog;
  private final Map<Integer, Integer> free = new HashMap<>();
  private final Map<Integer, Integer> dealt = new HashMap<>();
  private final Map<LedgerKey, Ledger> known = new HashMap<>();
  private LedgerReader reader = Ledger::fresh;

  Gatekeeper(Catalog catalog, Snapshot definitions, Scope scope, Backlog backlog) {
    this.catalog = catalog;
    this.definitions = definitions;
    this.scope = scope;
    this.backlog = backlog;
  }

  @Override
  public Map<Integer, Integer> slots(List<Integer> owners, LedgerReader ledgers, Instant now) {
    reader = ledgers;
    Map<Integer, Integer> slots = new HashMap<>();
    int left = MOST_ROWS;
    for (int owner : owners) {
      int wanted = Math.min(left, slots(owner, now));
      if (wanted > 0) {
        slots.put(owner, wanted);
        left -= wanted;
      }
    }
    return slots;
  }

  private int slots(int owner, Instant now) {
    if (owner == Lane.CONTROL_OWNER) {
      return scope.includesControl() ? MOST_ROWS : 0;
    }
    Optional<MailboxInfo> mailbox = definitions.mailbox(owner);
    if (mailbox.isPresent()) {
      // Rows of a mailbox that is gone are claimed to be treated, not to be sent.
      return mailbox.get().gone() ? MOST_OF_MAILBOX : free(mailbox.get(), now);
    }
    return definitions.members(owner).stream().mapToInt(member -> free(member, now)).sum();
  }

  /** Gives how many mails a mailbox may begin now and has not been claimed for. */
  int free(MailboxInfo mailbox, Instant now) {
    return free.computeIfAbsent(mailbox.id(), id -> count(mailbox, now));
  }

  private int count(MailboxInfo mailbox, Instant now) {
    if (!scope.includes(mailbox) || definitions.pausedMailbox(mailbox)) {
      return 0;
    }
    if (backlog.blocked(mailbox.id(), now)) {
      return 0;
    }
    int allowed = mailbox.capacity().free(ledger(mailbox.ledger()), now);
    // Twice what is sent at a time, so that claims go on while a full group is being sent.
    int most = Math.max(MOST_OF_MAILBOX, 2 * mailbox.mailbox().concurrency());
    return Math.max(0, Math.min(allowed, most) - backlog.waiting(mailbox.id()));
  }

  /** Takes one of what is free for a row; false when nothing is. */
  boolean takeFree(MailboxInfo mailbox) {
    int left = free.getOrDefault(mailbox.id(), 0);
    if (left <= 0) {
      return false;
    }
    free.put(mailbox.id(), left - 1);
    dealt.merge(mailbox.id(), 1, Integer::sum);
    return true;
  }

  private Ledger ledger(LedgerKey key) {
    return known.computeIfAbsent(key, reader::read);
  }

  /** Ends the use of the claim's transaction: ledgers are now those that it has read. */
  void claimed() {
    reader = Ledger::fresh;
  }

  /** Gives how many mails of the current day a mailbox was counted or dealt. */
  int usedToday(MailboxInfo mailbox) {
    return ledger(mailbox.ledger()).day().used() + dealt.getOrDefault(mailbox.id(), 0);
  }

  @Override
  public boolean open(Lane lane, Instant now) {
    Optional<SequenceInfo> info = definitions.sequence(lane.sequence());
    if (info.isEmpty() || !scope.includes(info.get())) {
      return false;
    }
    SequenceInfo sequence = info.get();
    if (definitions.pausedSequence(sequence)) {
      return false;
    }
    if (lane.isControl() || overWithEnd(sequence, now)) {
      return true;
    }
    return !sequence.pastEnd(now)
        && catalog.calendar(lane.calendar()).map(calendar -> calendar.laneOpen(now)).orElse(false)
        && paceGate(sequence, now).isOpen(now);
  }

  /**
   * A sequence with a pace sends one mail at a time, whatever its mailboxes could: more than one
   * would be held by this node, refused by begin, and out of reach for all others meanwhile.
   */
  @Override
  public int most(Lane lane, Instant now) {
    boolean paced =
        !lane.isControl()
            && definitions
                .sequence(lane.sequence())
                .filter(sequence -> sequence.pace().isPresent() && !overWithEnd(sequence, now))
                .isPresent();
    return paced ? Math.max(0, 1 - backlog.waitingOf(lane.sequence())) : Integer.MAX_VALUE;
  }

  /** Says whether what still waits of a sequence is to be ended. */
  static boolean overWithEnd(SequenceInfo sequence, Instant now) {
    return sequence.stage() == SequenceInfo.Stage.ARCHIVED && sequence.pastEnd(now);
  }

  private Gate paceGate(SequenceInfo sequence, Instant now) {
    return sequence
        .pace()
        .map(pace -> pace.gate(ledger(sequence.ledger()), now))
        .orElse(new Gate(now, Gate.Reason.FREE));
  }

  @Override
  public Instant wakeAt(
      int owner, int taken, List<LaneHead> heads, LedgerReader ledgers, Instant now) {
    reader = ledgers;
    Instant earliest = Gate.NEVER;
    for (LaneHead head : heads) {
      if (head.due().isBefore(earliest)) {
        Instant at = opens(head, owner, now);
        earliest = at.isBefore(earliest) ? at : earliest;
      }
    }
    return !earliest.isAfter(now) && fullHere(owner, now) ? now.plus(BUSY) : earliest;
  }

  /** Says whether this node holds as many mails ready of an owner as it takes. */
  private boolean fullHere(int owner, Instant now) {
    List<MailboxInfo> mailboxes =
        definitions.mailbox(owner).map(List::of).orElseGet(() -> definitions.members(owner));
    return mailboxes.stream().anyMatch(mailbox -> backlog.waiting(mailbox.id()) > 0)
        && mailboxes.stream().allMatch(mailbox -> free(mailbox, now) <= 0);
  }

  private Instant opens(LaneHead head, int owner, Instant now) {
    Optional<SequenceInfo> info = definitions.sequence(head.lane().sequence());
    if (info.isEmpty() || definitions.pausedSequence(info.get())) {
      return Gate.NEVER;
    }
    SequenceInfo sequence = info.get();
    if (head.lane().isControl() || overWithEnd(sequence, now)) {
      return Planner.later(head.due(), now);
    }
    Optional<Calendar> calendar = catalog.calendar(head.lane().calendar());
    if (calendar.isEmpty() || sequence.pastEnd(now)) {
      return Gate.NEVER;
    }
    List<Function<Instant, Gate>> gates = new ArrayList<>();
    gates.add(at -> ownerGate(owner, at));
    if (sequence.pace().isPresent()) {
      gates.add(at -> paceGate(sequence, at));
    }
    Gate gate = Order.firstLeaving(head.due(), now, calendar.get(), gates);
    boolean turn = gate.reason() == Gate.Reason.IN_FLIGHT && sequence.pace().isPresent();
    Instant opens = turn ? earlier(gate.at(), now.plus(TURN)) : gate.at();
    return sequence.pastEnd(opens) ? Gate.NEVER : opens;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Gate ownerGate(int owner, Instant at) {
    Optional<MailboxInfo> mailbox = definitions.mailbox(owner);
    if (mailbox.isPresent()) {
      return mailboxGate(mailbox.get(), at);
    }
    Gate best = new Gate(Gate.NEVER, Gate.Reason.STOPPED);
    for (MailboxInfo member : definitions.members(owner)) {
      Gate gate = mailboxGate(member, at);
      best = gate.at().isBefore(best.at()) ? gate : best;
      if (!best.at().isAfter(at)) {
        return best;
      }
    }
    return best;
  }

  private Gate mailboxGate(MailboxInfo mailbox, Instant at) {
    if (mailbox.gone()) {
      return new Gate(at, Gate.Reason.FREE);
    }
    if (definitions.pausedMailbox(mailbox)) {
      return new Gate(Gate.NEVER, Gate.Reason.STOPPED);
    }
    Gate gate = mailbox.capacity().gate(ledger(mailbox.ledger()), at);
    Instant blocked = backlog.blockedUntil(mailbox.id(), at);
    return blocked.isAfter(gate.at()) ? new Gate(blocked, Gate.Reason.ROLLING_QUOTA) : gate;
  }
}
