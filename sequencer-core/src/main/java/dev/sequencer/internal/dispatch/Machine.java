package dev.sequencer.internal.dispatch;

import dev.sequencer.PassReport;
import dev.sequencer.RunScope;
import dev.sequencer.SequencerConfig.Settings;
import dev.sequencer.SequencerEvent;
import dev.sequencer.Step;
import dev.sequencer.internal.capacity.Gate;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.Snapshot;
import dev.sequencer.internal.catalog.Version;
import dev.sequencer.internal.dispatch.Sends.Readiness;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.StagedTransport;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.ClaimCall.Claimed;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cycle. A pass never blocks on a send:
 *
 * <ol>
 *   <li>write the outcomes that have come in;
 *   <li>from time to time, decide attempts whose deadline has passed without outcome;
 *   <li>claim what may go now, prepare it;
 *   <li>for as many mails as have a worker: get the mailbox ready, begin, hand over;
 *   <li>from time to time, look for drafts that nobody needs;
 *   <li>say when it is needed again.
 * </ol>
 *
 * <p>One pass runs at a time. Writing outcomes, and claiming with preparing, go on beside it where
 * there are threads, one of each at a time, so that three groups are under way at once; they and
 * the workers put what they learn into a queue that the pass takes in.
 */
public final class Machine {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");
  private static final int MOST_ROUNDS = 20_000;
  private static final int MOST_MAILS = 10_000;
  private static final int OWNERS = 500;
  private static final int UNDECIDED = 100;
  private static final int MOST_UNDECIDED = 10_000;
  private static final Duration VISIT_ALL = Duration.ofSeconds(30);
  private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(5);
  private static final Duration WARM = Duration.ofSeconds(10);
  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(30);
  private static final Duration GIVE_BACK = Duration.ofMillis(100);

  /** A pass looks for work that others have left without a word, unless it has just looked. */
  private static final Duration LOOK = Duration.ofMillis(200);

  /** A claim that gave nothing is not repeated at once, whatever its wake-up says. */
  private static final Duration AFTER_NOTHING = Duration.ofMillis(20);

  private final Parts parts;
  private final Settings settings;
  private final Workers workers;
  private final Preparer preparer;
  private final Outcomes outcomes;
  private final Completer completer;
  private final Sends sends;
  private final Runnable signal;
  private final History history;
  private final Backlog backlog = new Backlog();
  private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
  private final List<Prepared> ready = new ArrayList<>();
  private final List<Prepared> readied = new ArrayList<>();
  private final DraftSweep drafts;
  private final Map<Integer, Integer> inFlight = new HashMap<>();
  private final Map<Integer, Instant> warmUntil = new HashMap<>();
  private final Set<Integer> connecting = new HashSet<>();
  private final LookUps lookUps;
  private final LostBegins lostBegins = new LostBegins();
  private final List<Claimed> release = new ArrayList<>();
  private final List<Settled> written = new ArrayList<>();
  private int claimedRows;
  private boolean claiming;
  private boolean claimsFail;
  private boolean windingUp;
  private Optional<Instant> sweptAt = Optional.empty();
  private Optional<Instant> visitedAllAt = Optional.empty();
  private Instant nextWake = Gate.NEVER;
  private Instant claimedAt = Instant.EPOCH;
  // The earliest deadline of what is in flight, as far as known since the last sweep.
  private Instant undecided = Gate.NEVER;
  private volatile boolean stirred = true;
  private Snapshot definitions;

  /**
   * Makes a machine.
   *
   * @param signal tells whoever drives it that a worker has news
   */
  public Machine(Parts parts, Workers workers, HostCode host, History history, Runnable signal) {
    this.parts = parts;
    this.settings = parts.config().settings();
    this.workers = workers;
    this.lookUps = new LookUps(workers.direct());
    this.drafts = new DraftSweep(parts, workers);
    this.preparer = new Preparer(parts, host);
    this.outcomes = new Outcomes(parts.planner(), new Reputation(), settings.inDoubt());
    this.completer = new Completer(parts);
    this.sends = new Sends(new Mails(parts));
    this.history = history;
    this.signal = signal;
    this.definitions = parts.catalog().snapshot();
  }

  /** Tells that there may be work which the last claim did not see. Safe from any thread. */
  public void stir() {
    stirred = true;
  }

  /** Makes one pass over part of the work. */
  public synchronized PassReport pass(RunScope run) {
    Tally tally = new Tally();
    Scope scope = new Scope(run);
    boolean more = true;
    for (int round = 0; more && round < MOST_ROUNDS && tally.begun < MOST_MAILS; round++) {
      reload();
      int before = tally.progress();
      lookForLostBegins();
      finish(tally);
      sweep(tally);
      if (history.intact()) {
        claim(scope);
        finish(tally);
        dispatch(tally);
      }
      more = workers.direct() && tally.progress() > before;
    }
    finish(tally);
    if (history.intact()) {
      drafts.next(definitions, parts.store().now());
    }
    return tally.report(parts.store().now(), nextNeeded());
  }

  /** Says whether the last claim whose end is known failed: a pass need not wait for its own. */
  public synchronized boolean claimsFail() {
    return claimsFail;
  }

  /** Gives how many mails this node is handing over. */
  public synchronized int inFlight() {
    return inFlight.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Begins nothing more: writes what has come in, gives back what was claimed and not begun. */
  public synchronized void windUp() {
    windingUp = true;
    finish(new Tally());
    readied.forEach(this::notBegun);
    readied.clear();
    ready.forEach(this::dropReady);
    ready.clear();
    giveBack();
  }

  private void giveBack() {
    if (release.isEmpty()) {
      return;
    }
    List<Claimed> claims = List.copyOf(release);
    release.clear();
    Gatekeeper gate =
        new Gatekeeper(parts.catalog(), definitions, new Scope(RunScope.EVERYTHING), backlog);
    parts.store().claim(new ClaimCall(settings.claimExpiry(), 0, false, claims, gate));
  }

  private void reload() {
    Snapshot now = parts.catalog().refresh();
    if (now != definitions) {
      definitions = now;
      backlog.unblock();
      warmUntil.clear();
      stir();
    }
    history.accepted(now.accepted());
  }

  private void finish(Tally tally) {
    hear();
    write();
    hear();
    for (Settled one : written) {
      tally.count(one);
      discardStage(one);
    }
    written.clear();
    tally.claimed += claimedRows;
    claimedRows = 0;
  }

  /** Takes in what workers and the steps beside the pass have learnt. */
  private void hear() {
    for (Runnable next = news.poll(); next != null; next = news.poll()) {
      next.run();
    }
  }

  private void write() {
    Instant now = parts.store().now();
    List<Settled> batch = completer.take(now, workers.direct() || windingUp);
    if (batch.isEmpty()) {
      return;
    }
    Snapshot known = definitions;
    aside(
        () -> completer.write(batch, known, now),
        result -> {
          stir();
          written.addAll(completer.wrote(result));
        },
        () -> completer.wrote(Completer.Result.nothing(batch, now)));
  }

  /**
   * Does a step that waits for the store beside the pass.
   *
   * @param then what the pass does with its result
   * @param otherwise what the pass does when the step threw, before it fails with that
   */
  private <T> void aside(Supplier<T> step, Consumer<T> then, Runnable otherwise) {
    Runnable task =
        () -> {
          try {
            T result = step.get();
            tell(() -> then.accept(result));
          } catch (RuntimeException | Error e) {
            tell(
                () -> {
                  otherwise.run();
                  throw e;
                });
          }
        };
    if (windingUp) {
      task.run();
    } else {
      workers.aside(task);
    }
  }

  /** Ends attempts that begun by a call whose answer was lost: nothing was handed over. */
  private void lookForLostBegins() {
    Instant now = parts.store().now();
    LostBegins.Look look = lostBegins.look(parts.store(), now);
    look.not().forEach(this::discardUnused);
    for (Flight flight : look.begun()) {
      SendResult result = SendResult.notHandedOver("the answer of begin was lost");
      completer.add(outcomes.of(flight.permit(Optional.empty(), true), result, now));
    }
  }

  /** Removes the staged mail of an attempt that is over without having been sent. */
  private void discardStage(Settled one) {
    Optional<Flight> flight = one.flight();
    Optional<String> staged = flight.flatMap(f -> f.row().attempt().stageReference());
    boolean kept =
        one.completion().transition().next().attempt().stageReference().isPresent()
            || one.events().stream().anyMatch(SequencerEvent.MailSent.class::isInstance)
            || one.events().stream().anyMatch(SequencerEvent.MailInDoubt.class::isInstance);
    if (staged.isEmpty() || kept) {
      return;
    }
    MailboxInfo mailbox = flight.orElseThrow().mailbox();
    parts
        .transport(mailbox.mailbox().transport())
        .ifPresent(t -> discardGivenUp(one, t, new Mails(parts).sender(mailbox), staged.get()));
  }

  /** An outcome that comes too late may be of a draft with which the mail is sent again. */
  private void discardGivenUp(Settled one, MailTransport transport, Sender sender, String draft) {
    long enrollment = one.completion().transition().next().enrollment();
    apart(
        () -> {
          try {
            boolean named =
                parts.store().subjects(List.of(enrollment)).stream()
                    .anyMatch(subject -> DraftSweep.names(subject.work(), draft));
            if (!named) {
              sends.discard(transport, sender, draft);
            }
          } catch (StoreException unknown) {
            LOG.debug("a draft is left to the sweep", unknown);
          }
        });
  }

  /** Leaves a draft to the sweep when no thread is free: a slow transport holds up no pass. */
  private void discard(MailTransport transport, Sender sender, String reference) {
    apart(() -> sends.discard(transport, sender, reference));
  }

  private void apart(Runnable discarding) {
    if (windingUp) {
      discarding.run();
    } else {
      workers.tryRun(discarding);
    }
  }

  private void sweep(Tally tally) {
    Instant now = parts.store().now();
    if (sweptAt.filter(at -> now.isBefore(at.plus(settings.sweep()))).isPresent()
        && !workers.direct()) {
      return;
    }
    sweptAt = Optional.of(now);
    undecided = workers.direct() ? Gate.NEVER : nextDecision(now);
    int limit = UNDECIDED + completer.unwritten() + lookUps.running();
    List<Work> rows = parts.store().undecided(now, limit);
    decide(rows, tally);
    // Behind many attempts of a transport that is slow to tell may be those of others.
    while (rows.size() == limit && lookUps.leftSome() && limit < MOST_UNDECIDED) {
      limit *= 4;
      rows = parts.store().undecided(now, limit);
      decide(rows, tally);
    }
  }

  private void decide(List<Work> rows, Tally tally) {
    for (Work row : rows) {
      // What is known here needs no decision, only a store that answers.
      if (!completer.knows(row) && !lookUps.runs(row.enrollment())) {
        Optional<Flight> flight = flightOf(row);
        if (flight.isPresent() && decide(row, flight.get())) {
          tally.decided++;
        }
      }
    }
  }

  /** Looks up an attempt; false when that must wait. */
  private boolean decide(Work row, Flight flight) {
    MailboxInfo mailbox = flight.mailbox();
    if (!lookUps.begin(row.enrollment(), mailbox.mailbox().transport())) {
      return false;
    }
    SendKey key =
        new SendKey(
            parts.ids().sendKey(row.enrollment(), flight.step(), mailbox.id()),
            row.attempt().messageId(),
            flight.begunAt());
    Runnable look =
        () -> {
          SendResult result =
              sends.find(parts.transport(mailbox.mailbox().transport()), mailbox, flight, key);
          tell(
              () -> {
                if (lookUps.end(row.enrollment())) {
                  sweptAt = Optional.empty();
                }
                settle(flight, result);
              });
        };
    boolean taken = workers.tryRun(look);
    if (!taken) {
      lookUps.cancel(row.enrollment());
    }
    return taken;
  }

  private Optional<Flight> flightOf(Work row) {
    List<Subject> subjects = parts.store().subjects(List.of(row.enrollment()));
    Optional<SequenceInfo> sequence = definitions.sequence(row.origin().sequence());
    Optional<MailboxInfo> mailbox = definitions.mailbox(row.attempt().mailbox());
    if (subjects.isEmpty() || sequence.isEmpty() || mailbox.isEmpty()) {
      return Optional.empty();
    }
    Version version = parts.catalog().version(row.origin().version());
    int step = row.cursor().step();
    Optional<Step.Email> email = version.graph().email(step);
    return email.map(
        e ->
            new Flight(
                Item.of(subjects.get(0), sequence.get(), version, step, e),
                mailbox.get(),
                row,
                Map.of(),
                Optional.empty(),
                true,
                Ledger.Rest.NONE,
                true));
  }

  private void claim(Scope scope) {
    Instant before = parts.store().now();
    boolean wanted = !before.isBefore(nextClaim(before)) || !before.isBefore(claimedAt.plus(LOOK));
    if (!workers.direct() && (claiming || enoughReady() || !wanted)) {
      return;
    }
    stirred = false;
    claimedAt = before;
    boolean all = visitedAllAt.filter(at -> before.isBefore(at.plus(VISIT_ALL))).isEmpty();
    if (all) {
      visitedAllAt = Optional.of(before);
    }
    Snapshot known = definitions;
    Gatekeeper gate = new Gatekeeper(parts.catalog(), known, scope, backlog);
    List<Claimed> back = List.copyOf(release);
    release.clear();
    ClaimCall call = new ClaimCall(settings.claimExpiry(), OWNERS, all, back, gate);
    claiming = true;
    aside(
        () -> claimed(call, known, gate),
        this::take,
        () -> {
          claiming = false;
          claimsFail = true;
          release.addAll(back);
        });
  }

  private boolean enoughReady() {
    return ready.size() >= 4 * settings.workers();
  }

  /**
   * Gives when to claim again. The end of a claim makes a pass, which must not make the next claim
   * for no other reason.
   */
  private Instant nextClaim(Instant now) {
    if (stirred || now.isBefore(claimedAt)) {
      return now;
    }
    Instant due = Planner.later(nextWake, claimedAt.plus(AFTER_NOTHING));
    return release.isEmpty() ? due : earlier(due, claimedAt.plus(GIVE_BACK));
  }

  /** What a claim gave: its answer, and what became of its rows. */
  private record Catch(ClaimCall.Answer answer, Preparer.Batch batch) {}

  private Catch claimed(ClaimCall call, Snapshot known, Gatekeeper gate) {
    History.Known before = history.known();
    ClaimCall.Answer answer = parts.store().claim(call);
    gate.claimed();
    boolean goesOn = history.check(answer.position(), answer.now(), before);
    List<Subject> rows = answer.subjects();
    if (!goesOn || rows.isEmpty()) {
      return new Catch(answer, Preparer.Batch.released(rows));
    }
    return new Catch(answer, preparer.prepare(rows, known, gate, answer.until(), answer.now()));
  }

  private void take(Catch caught) {
    claiming = false;
    claimsFail = false;
    ClaimCall.Answer answer = caught.answer();
    Preparer.Batch batch = caught.batch();
    nextWake = answer.nextWake();
    claimedRows += answer.subjects().size();
    if (!answer.subjects().isEmpty()) {
      stir();
    }
    batch.settled().forEach(completer::add);
    for (Work row : batch.released()) {
      release.add(new Claimed(row.enrollment(), answer.until()));
    }
    for (Prepared mail : batch.ready()) {
      ready.add(mail);
      backlog.add(mail);
    }
  }

  private void dispatch(Tally tally) {
    boolean more = true;
    while (more) {
      List<Prepared> group = takeGroup();
      begin(group, tally);
      finish(tally);
      more = workers.direct() && !group.isEmpty() && !ready.isEmpty();
    }
  }

  /** Takes mails that have a worker; those whose mailbox is cold get it ready first. */
  private List<Prepared> takeGroup() {
    Instant now = parts.store().now();
    List<Prepared> group = new ArrayList<>();
    List<Prepared> waiting = new ArrayList<>();
    for (Prepared mail : List.copyOf(ready)) {
      if (expires(mail, now)) {
        dropReady(mail);
      } else if (!hasPlace(mail) || !workers.take(transportName(mail))) {
        waiting.add(mail);
      } else {
        inFlight.merge(mail.mailbox().id(), 1, Integer::sum);
        if (needsReadying(mail, now)) {
          makeReady(mail);
        } else {
          group.add(mail);
        }
      }
    }
    ready.clear();
    ready.addAll(waiting);
    // With workers on this thread a mailbox may have become ready meanwhile.
    hear();
    Instant after = parts.store().now();
    for (Prepared mail : readied) {
      // Its claim may have run out meanwhile, and the row be here a second time by another one.
      if (expires(mail, after)) {
        notBegun(mail);
      } else {
        group.add(mail);
      }
    }
    readied.clear();
    return group;
  }

  private boolean expires(Prepared mail, Instant now) {
    return !now.isBefore(mail.until().minus(beforeExpiry()));
  }

  private Duration beforeExpiry() {
    Duration fifth = settings.claimExpiry().dividedBy(5);
    return fifth.compareTo(BEFORE_EXPIRY) < 0 ? fifth : BEFORE_EXPIRY;
  }

  private boolean hasPlace(Prepared mail) {
    int running = inFlight.getOrDefault(mail.mailbox().id(), 0);
    int most = mail.mailbox().mailbox().oneAtATime() ? 1 : mail.mailbox().mailbox().concurrency();
    return running < most && !connecting.contains(mail.mailbox().id());
  }

  private static String transportName(Prepared mail) {
    return mail.mailbox().mailbox().transport();
  }

  private boolean needsReadying(Prepared mail, Instant now) {
    boolean stages =
        mail.transport() instanceof StagedTransport && mail.mail().stageReference().isEmpty();
    return stages || cold(mail, now);
  }

  private boolean cold(Prepared mail, Instant now) {
    Instant warm = warmUntil.get(mail.mailbox().id());
    return warm == null || now.isAfter(warm);
  }

  private void makeReady(Prepared mail) {
    boolean connect = cold(mail, parts.store().now());
    if (connect) {
      connecting.add(mail.mailbox().id());
    }
    workers.run(
        () -> {
          Readiness readiness = sends.ready(mail, connect);
          tell(() -> readied(readiness, mail));
        });
  }

  private void readied(Readiness readiness, Prepared before) {
    connecting.remove(before.mailbox().id());
    stir();
    if (readiness.hindrance().isEmpty()) {
      warm(before);
      readied.add(readiness.mail());
      return;
    }
    freeWorker(before);
    backlog.remove(before);
    warmUntil.remove(before.mailbox().id());
    SendResult result = readiness.hindrance().get();
    Instant now = parts.store().now();
    completer.add(
        switch (result.outcome()) {
          case REFUSED_RECIPIENT, REFUSED_MESSAGE ->
              preparer.failed(before.item(), Outcomes.reason(result), now);
          case DEFERRED -> preparer.laterOrFailed(before.item(), Outcomes.reason(result), now);
          case SENT, MAILBOX_TROUBLE, NOT_HANDED_OVER, IN_DOUBT ->
              outcomes.notReady(before, result, now);
        });
  }

  private void warm(Prepared mail) {
    warmUntil.put(mail.mailbox().id(), parts.store().now().plus(WARM));
  }

  private void dropReady(Prepared mail) {
    backlog.remove(mail);
    release.add(new Claimed(mail.work().enrollment(), mail.until()));
  }

  private void begin(List<Prepared> group, Tally tally) {
    if (group.isEmpty()) {
      return;
    }
    stir();
    Beginning beginning =
        new Beginning(parts.catalog(), definitions, settings.decisionMargin(), group);
    List<BeginCall.Answer> answers;
    try {
      answers = parts.store().begin(beginning.call());
    } catch (RuntimeException e) {
      group.forEach(mail -> unanswered(mail, beginning.mayHaveBegun(mail)));
      throw e;
    }
    Instant longest = parts.store().now().plus(LONGEST_BLOCK);
    beginning.full().forEach((id, until) -> backlog.block(id, earlier(until, longest)));
    for (int i = 0; i < group.size(); i++) {
      Prepared mail = group.get(i);
      BeginCall.Answer answer = answers.get(i);
      if (answer.verdict() == BeginCall.Verdict.BEGUN) {
        tally.begun++;
        handOver(mail, answer.begun().orElseThrow(), beginning.rested(mail.mailbox().id()));
      } else {
        refused(mail, answer);
      }
    }
  }

  private void handOver(Prepared mail, Work begun, boolean rested) {
    Flight flight = Flight.begun(mail, begun, rested);
    lostBegins.forget(begun.enrollment()).ifPresent(this::discardUnused);
    history.begun(flight.begunAt());
    undecided = earlier(undecided, decideAt(begun, flight.begunAt()));
    backlog.remove(mail);
    TimedPermit permit =
        new TimedPermit(parts.store()::now, parts.nanos(), flight.begunAt(), flight.notAfter());
    OutgoingMail dated = Mails.begunAt(mail.mail(), flight.begunAt());
    workers.run(
        () -> {
          SendResult result = sends.send(mail, dated, permit);
          Flight after = flight.permit(permit.given(), permit.wasRefused());
          tell(
              () -> {
                freeWorker(mail);
                warmOrCold(mail, result);
                settle(after, result);
              });
        });
  }

  private void warmOrCold(Prepared mail, SendResult result) {
    switch (result.outcome()) {
      case MAILBOX_TROUBLE, NOT_HANDED_OVER, IN_DOUBT -> warmUntil.remove(mail.mailbox().id());
      case SENT, DEFERRED, REFUSED_MESSAGE, REFUSED_RECIPIENT -> warm(mail);
    }
  }

  private void settle(Flight flight, SendResult result) {
    stir();
    Flight current = flight;
    backlog.unblock(flight.mailbox().id());
    switch (result.outcome()) {
      case MAILBOX_TROUBLE, NOT_HANDED_OVER -> current = flight.rest(restOf(flight.mailbox()));
      case SENT, DEFERRED, REFUSED_MESSAGE, REFUSED_RECIPIENT, IN_DOUBT -> {}
    }
    completer.add(outcomes.of(current, result, parts.store().now()));
  }

  /** Gives the rest of a mailbox as a hint; what a transport said is not lost for want of it. */
  private Ledger.Rest restOf(MailboxInfo mailbox) {
    try {
      return parts.store().views().ledger(mailbox.ledger()).rest();
    } catch (RuntimeException e) {
      LOG.debug("the rest of a mailbox could not be read", e);
      return Ledger.Rest.NONE;
    }
  }

  private void unanswered(Prepared mail, Optional<Instant> begunAt) {
    freeWorker(mail);
    dropReady(mail);
    if (begunAt.isPresent()) {
      lostBegins.add(mail, begunAt.get());
    } else {
      discardUnused(mail);
    }
  }

  private void notBegun(Prepared mail) {
    freeWorker(mail);
    dropReady(mail);
    discardUnused(mail);
  }

  /** Removes what was staged for a mail that does not leave. */
  private void discardUnused(Prepared mail) {
    boolean stagedHere =
        mail.mail().stageReference().isPresent()
            && mail.item().work().attempt().stageReference().isEmpty();
    if (stagedHere) {
      discard(mail.transport(), mail.mail().sender(), mail.mail().stageReference().orElseThrow());
    }
  }

  private void refused(Prepared mail, BeginCall.Answer answer) {
    freeWorker(mail);
    Instant now = parts.store().now();
    switch (answer.verdict()) {
      case SUPPRESSED -> {
        backlog.remove(mail);
        completer.add(preparer.suppressed(mail.item(), now));
      }
      case CHANGED -> backlog.remove(mail);
      case BEGUN, SETTLED, STALE, NO_CAPACITY -> dropReady(mail);
    }
    discardUnused(mail);
  }

  private void freeWorker(Prepared mail) {
    workers.giveBack(transportName(mail));
    inFlight.merge(mail.mailbox().id(), -1, Integer::sum);
  }

  private void tell(Runnable what) {
    news.add(what);
    signal.run();
  }

  private Optional<Instant> nextNeeded() {
    Instant now = parts.store().now();
    // Nothing is claimed from a store that went back, and so nothing given back with a claim.
    boolean claims = history.intact() && !claiming;
    Instant next = completer.nextTry();
    if (workers.direct()) {
      next = earlier(next, claims ? nextWake : Gate.NEVER);
      next = earlier(next, claims && !release.isEmpty() ? now.plus(GIVE_BACK) : Gate.NEVER);
      next = earlier(next, nextDecision(now));
    } else {
      next = earlier(next, claims && !enoughReady() ? nextClaim(now) : Gate.NEVER);
      next = earlier(next, Planner.later(undecided, nextSweep(now)));
    }
    return next.equals(Gate.NEVER) ? Optional.empty() : Optional.of(next);
  }

  private Instant nextSweep(Instant now) {
    return sweptAt.map(at -> at.plus(settings.sweep())).orElse(now);
  }

  /** A pass on the caller's thread sweeps each time, so it is needed when a deadline passes. */
  private Instant nextDecision(Instant now) {
    return parts.store().undecided(Gate.NEVER, completer.unwritten() + 1).stream()
        .filter(row -> !completer.knows(row))
        .findFirst()
        // Due strictly after its deadline.
        .map(row -> Planner.later(decideAt(row, now).plusMillis(1), now))
        .orElse(Gate.NEVER);
  }

  private static Instant decideAt(Work row, Instant otherwise) {
    return row.attempt().times().map(Attempt.Times::decideAt).orElse(otherwise);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** What a pass has done so far. */
  private static final class Tally {
    private int claimed;
    private int begun;
    private int sent;
    private int others;
    private int inDoubt;
    private int decided;

    int progress() {
      return begun + sent + others + inDoubt + decided;
    }

    void count(Settled one) {
      if (one.events().stream().anyMatch(SequencerEvent.MailInDoubt.class::isInstance)) {
        inDoubt++;
      } else if (one.events().stream().anyMatch(SequencerEvent.MailSent.class::isInstance)) {
        sent++;
      } else {
        others++;
      }
    }

    PassReport report(Instant at, Optional<Instant> next) {
      return new PassReport(at, claimed, begun, sent, others, inDoubt, next);
    }
  }
}
