package dev.sequencer.internal.dispatch;

import dev.sequencer.Attributes;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.OnFailure;
import dev.sequencer.SequencerEvent;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.Snapshot;
import dev.sequencer.internal.catalog.Version;
import dev.sequencer.internal.mail.Composition;
import dev.sequencer.spi.ModelSource.MailSubject;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes claimed rows ready to begin, a batch at a time, outside transactions.
 *
 * <ol>
 *   <li>Rows in a control lane, rows that are not due any more by today's rules, and rows of an
 *       archived sequence past its end are planned anew, without a mail.
 *   <li>Deal the others to the mailboxes that may send now, best row first; give back the rest.
 *   <li>Ask the host for fresh values, fill the templates.
 * </ol>
 */
final class Preparer {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");

  private static final Comparator<Subject> BEST_FIRST =
      Comparator.comparing(
          Subject::work,
          Comparator.<Work>comparingInt(row -> row.lane().priority())
              .thenComparing(row -> !row.lane().bound())
              .thenComparing(Work::due)
              .thenComparingLong(Work::enrollment));

  /** Calls that may reach their limit in one batch; outcomes wait to be written meanwhile. */
  private static final int MOST_SLOW = 2;

  private final Parts parts;
  private final Mails mails;
  private final HostCode host;

  Preparer(Parts parts, HostCode host) {
    this.parts = parts;
    this.mails = new Mails(parts);
    this.host = host;
  }

  /**
   * What became of a batch of claimed rows.
   *
   * @param ready mails that may begin
   * @param settled rows that need no mail
   * @param released rows to give back
   */
  record Batch(List<Prepared> ready, List<Settled> settled, List<Work> released) {
    static Batch released(List<Subject> rows) {
      return new Batch(List.of(), List.of(), rows.stream().map(Subject::work).toList());
    }
  }

  private record Dealt(Item item, MailboxInfo mailbox) {}

  Batch prepare(
      List<Subject> claimed, Snapshot definitions, Gatekeeper gate, Instant until, Instant now) {
    Batch batch = new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Dealt> dealt = new ArrayList<>();
    for (Subject subject : claimed.stream().sorted(BEST_FIRST).toList()) {
      sort(subject, definitions, gate, now, batch, dealt);
    }
    Map<EnrollmentId, Attributes> fresh = new HashMap<>();
    Map<EnrollmentId, String> failures = new HashMap<>();
    List<Dealt> asked = load(dealt, fresh, failures, batch);
    compose(asked, fresh, failures, until, now, batch);
    return batch;
  }

  private void sort(
      Subject subject,
      Snapshot definitions,
      Gatekeeper gate,
      Instant now,
      Batch batch,
      List<Dealt> dealt) {
    Work row = subject.work();
    Optional<SequenceInfo> info = definitions.sequence(row.origin().sequence());
    if (info.isEmpty()) {
      batch.released().add(row);
      return;
    }
    SequenceInfo sequence = info.get();
    Version version = parts.catalog().version(row.origin().version());
    if (Gatekeeper.overWithEnd(sequence, now)) {
      Work ended = row.state(State.WAITING.ended(Ending.STOPPED, "past the end date"));
      batch.settled().add(walked(sequence, ended, row, now, "stopped"));
      return;
    }
    Facts facts = new Facts(subject);
    if (!isReadable(facts)) {
      return;
    }
    Optional<Work> instead = planAnew(facts, version, now);
    if (instead.isPresent()) {
      batch.settled().add(walked(sequence, instead.get(), row, now, "planned"));
      return;
    }
    int step = row.cursor().step();
    Item item = new Item(sequence, version, step, version.graph().email(step).orElseThrow(), facts);
    deal(item, definitions, gate, now, batch, dealt);
  }

  /**
   * Says whether this node can read what is stored of an enrollment; one that it cannot read stays
   * claimed until the claim expires, so that others are not held up and a newer node may take it.
   */
  private static boolean isReadable(Facts facts) {
    try {
      facts.attributes();
      return true;
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "the attributes of the contact of enrollment {}, or its data, cannot be read by this node"
              + " ({}): its mail waits; update this node when a newer one wrote them, else mend them",
          facts.work().enrollment(),
          e.getMessage());
      return false;
    }
  }

  /** Gives the row as it is planned now, when it needs no mail or not yet. */
  private Optional<Work> planAnew(Facts facts, Version version, Instant now) {
    Work row = facts.work();
    boolean atMail = version.graph().email(row.cursor().step()).isPresent();
    boolean settled =
        facts.subject().deliveries().stream()
            .anyMatch(
                d -> d.step() == row.cursor().step() && d.status() != DeliveryStatus.IN_DOUBT);
    if (row.lane().isControl() || !atMail || settled) {
      return Optional.of(parts.planner().replan(facts, version, now));
    }
    boolean byIntent =
        row.cursor().after() != Planner.PLACED
            && row.lane().priority() != 0
            && row.attempt().number() == 0
            && row.attempt().tries() == 0;
    if (!byIntent) {
      return Optional.empty();
    }
    // Due is a hint of the index: the intent decides, with the zone rules of today.
    Work again = parts.planner().replan(facts, version, now);
    return again.due().isAfter(now) ? Optional.of(again) : Optional.empty();
  }

  private void deal(
      Item item,
      Snapshot definitions,
      Gatekeeper gate,
      Instant now,
      Batch batch,
      List<Dealt> dealt) {
    int owner = item.work().lane().owner();
    Optional<MailboxInfo> named = definitions.mailbox(owner);
    if (named.filter(MailboxInfo::gone).isPresent()) {
      batch.settled().add(mailboxGone(item, now));
      return;
    }
    Optional<MailboxInfo> mailbox =
        named.isPresent() ? named : freest(owner, definitions, gate, now);
    if (mailbox.isEmpty() || gate.free(mailbox.get(), now) <= 0) {
      batch.released().add(item.work());
      return;
    }
    gate.takeFree(mailbox.get());
    dealt.add(new Dealt(item, mailbox.get()));
  }

  private Optional<MailboxInfo> freest(
      int pool, Snapshot definitions, Gatekeeper gate, Instant now) {
    return definitions.members(pool).stream()
        .filter(member -> gate.free(member, now) > 0)
        .min(
            Comparator.<MailboxInfo>comparingInt(member -> gate.usedToday(member))
                .thenComparingInt(MailboxInfo::id));
  }

  private Settled mailboxGone(Item item, Instant now) {
    Work row = item.work();
    Work held =
        row.state(
            State.WAITING.status(
                EnrollmentStatus.HELD, "its mailbox was removed: move it to another or end it"));
    return walked(item.sequence(), held, row, now, "held");
  }

  /** Asks for fresh values; gives those that were asked for. The others go back. */
  private List<Dealt> load(
      List<Dealt> dealt,
      Map<EnrollmentId, Attributes> fresh,
      Map<EnrollmentId, String> failures,
      Batch batch) {
    if (dealt.isEmpty()) {
      return dealt;
    }
    List<MailSubject> subjects = dealt.stream().map(one -> mails.subject(one.item())).toList();
    try {
      fresh.putAll(loaded(subjects));
      return dealt;
    } catch (HostCode.HostCodeException together) {
      return loadEach(dealt, subjects, fresh, failures, batch);
    }
  }

  private List<Dealt> loadEach(
      List<Dealt> dealt,
      List<MailSubject> subjects,
      Map<EnrollmentId, Attributes> fresh,
      Map<EnrollmentId, String> failures,
      Batch batch) {
    int slow = 0;
    for (int i = 0; i < dealt.size(); i++) {
      if (slow == MOST_SLOW) {
        dealt.subList(i, dealt.size()).forEach(one -> batch.released().add(one.item().work()));
        return dealt.subList(0, i);
      }
      MailSubject one = subjects.get(i);
      try {
        fresh.putAll(loaded(List.of(one)));
      } catch (HostCode.HostCodeException e) {
        failures.put(one.enrollment(), Optional.ofNullable(e.getMessage()).orElse(""));
        slow += e.tooSlow() ? 1 : 0;
      }
    }
    return dealt;
  }

  private Map<EnrollmentId, Attributes> loaded(List<MailSubject> subjects) {
    return host.call(
        "the model source", () -> Map.copyOf(parts.config().mail().models().load(subjects)));
  }

  private void compose(
      List<Dealt> dealt,
      Map<EnrollmentId, Attributes> fresh,
      Map<EnrollmentId, String> failures,
      Instant until,
      Instant now,
      Batch batch) {
    List<Dealt> toCompose = new ArrayList<>();
    for (Dealt one : dealt) {
      String failure = failures.get(new EnrollmentId(one.item().work().enrollment()));
      if (failure == null) {
        toCompose.add(one);
      } else {
        batch.settled().add(laterOrFailed(one.item(), failure, now));
      }
    }
    List<Composition> composed = composeAll(toCompose, fresh);
    toCompose.stream()
        .skip(composed.size())
        .forEach(one -> batch.released().add(one.item().work()));
    for (int i = 0; i < composed.size(); i++) {
      Dealt one = toCompose.get(i);
      Composition composition = composed.get(i);
      if (composition instanceof Composition.Composed mail) {
        ready(one, mail, until, now, batch);
      } else if (composition instanceof Composition.Refused refused) {
        batch.settled().add(failed(one.item(), refused.reason(), now));
      } else {
        String reason = ((Composition.Unavailable) composition).reason();
        batch.settled().add(laterOrFailed(one.item(), reason, now));
      }
    }
  }

  private void ready(
      Dealt one, Composition.Composed composed, Instant until, Instant now, Batch batch) {
    Optional<Prepared> prepared =
        mails.prepared(one.item(), one.mailbox(), composed.mail(), until, now);
    if (prepared.isPresent()) {
      batch.ready().add(prepared.get());
    } else {
      String reason =
          "this node has no transport '" + one.mailbox().mailbox().transport() + "': add it";
      batch.settled().add(laterOrFailed(one.item(), reason, now));
    }
  }

  /**
   * Composes a batch in one call of host code; when that does not end, each on its own. Gives fewer
   * when some were too slow: the others were not asked for.
   */
  private List<Composition> composeAll(List<Dealt> dealt, Map<EnrollmentId, Attributes> fresh) {
    if (dealt.isEmpty()) {
      return List.of();
    }
    try {
      return host.call(
          "a template source or renderer",
          () -> dealt.stream().map(one -> mails.compose(one.item(), fresh)).toList());
    } catch (HostCode.HostCodeException batch) {
      List<Composition> results = new ArrayList<>();
      int slow = 0;
      for (Dealt one : dealt) {
        if (slow == MOST_SLOW) {
          break;
        }
        try {
          results.add(
              host.call("a template source or renderer", () -> mails.compose(one.item(), fresh)));
        } catch (HostCode.HostCodeException e) {
          slow += e.tooSlow() ? 1 : 0;
          results.add(
              new Composition.Unavailable(
                  Optional.ofNullable(e.getMessage()).orElse(""), Optional.of(e)));
        }
      }
      return results;
    }
  }

  private Settled walked(SequenceInfo sequence, Work next, Work row, Instant now, String kind) {
    List<LogEntry> log =
        next.state().status() == EnrollmentStatus.ACTIVE
            ? List.of()
            : List.of(Details.entry(row, now, kind(next, kind), "reason", next.state().reason()));
    List<SequencerEvent> events =
        Endings.event(next, sequence.name(), now).map(List::of).orElse(List.of());
    return new Settled(
        new Completion(0, row.rev(), new Transition(next, Optional.empty(), log), List.of())
            .seen(row),
        Optional.empty(),
        events,
        false);
  }

  private static String kind(Work next, String otherwise) {
    return next.state()
        .ending()
        .map(ending -> ending.name().toLowerCase(java.util.Locale.ROOT))
        .orElse(otherwise);
  }

  /** Gives the failure of a step whose mail cannot be made. */
  Settled failed(Item item, String reason, Instant now) {
    Work row = item.work();
    Work next =
        item.version().definition().rules().onFailure() == OnFailure.CONTINUE
            ? parts.planner().after(item.facts(), item.version(), item.step(), now, now)
            : row.state(State.WAITING.ended(Ending.FAILED, reason));
    return settled(item, DeliveryStatus.FAILED, next, reason, now);
  }

  /** Gives the end of a step whose address is suppressed. */
  Settled suppressed(Item item, Instant now) {
    String reason = "suppressed";
    Work next = item.work().state(State.WAITING.ended(Ending.STOPPED, reason));
    return settled(item, DeliveryStatus.SKIPPED, next, reason, now);
  }

  /** An attempt in doubt that is not repeated stays so until somebody decides: it may have left. */
  private static Settled settled(
      Item item, DeliveryStatus status, Work next, String reason, Instant now) {
    Work row = item.work();
    boolean doubtful = item.resendOf() > 0;
    Delivery delivery =
        new Delivery(
            row.enrollment(),
            item.step(),
            status,
            0,
            row.attempt().mailbox(),
            now,
            Optional.empty(),
            Optional.empty(),
            Delivery.Ids.NONE,
            Details.of("reason", reason));
    String kind = status == DeliveryStatus.FAILED ? "failed" : "skipped";
    List<SequencerEvent> events = new ArrayList<>();
    if (!doubtful) {
      events.add(
          status == DeliveryStatus.FAILED
              ? new SequencerEvent.MailFailed(now, item.ref(Optional.empty(), 0), reason)
              : new SequencerEvent.MailSkipped(now, item.ref(Optional.empty(), 0), reason));
    }
    Endings.event(next, item.sequence().name(), now).ifPresent(events::add);
    return new Settled(
        new Completion(
            0,
            row.rev(),
            new Transition(
                next,
                doubtful ? Optional.empty() : Optional.of(delivery),
                List.of(Details.entry(row, now, kind, "reason", reason))),
            List.of(),
            Optional.of(row)),
        Optional.empty(),
        events,
        false);
  }

  /** Gives a step whose host code failed another try after a pause, as the retry policy says. */
  Settled laterOrFailed(Item item, String reason, Instant now) {
    List<Duration> pauses = item.version().definition().rules().retry().pauses();
    Work row = item.work();
    Attempt attempt = row.attempt();
    int tries = attempt.tries() + 1;
    if (tries > pauses.size()) {
      return failed(item, "not prepared after " + tries + " tries: " + reason, now);
    }
    Instant due = now.plus(pauses.get(tries - 1));
    Lane lane = Planner.plain(row.lane());
    Work next =
        row.waitingIn(lane, due)
            .state(State.WAITING.status(EnrollmentStatus.ACTIVE, reason))
            .attempt(attempt.counts(tries, attempt.strikes()));
    return new Settled(
        new Completion(
            0,
            row.rev(),
            Transition.of(next, Details.entry(row, now, "not-prepared", "reason", reason)),
            List.of(),
            Optional.of(row)),
        Optional.empty(),
        List.of(),
        false);
  }
}
