package dev.sequencer.jdbc.internal;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.BeginCall.Answer;
import dev.sequencer.spi.store.BeginCall.Take;
import dev.sequencer.spi.store.BeginCall.Take.NotNow;
import dev.sequencer.spi.store.BeginCall.Take.Taken;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Begins attempts: the gate. All it decides by was read in the transaction that writes, so what
 * others commit before it stops the mail and what they commit after it does not.
 */
final class Beginning {
  private final Tx tx;
  private final BeginCall call;
  private final Instant now;
  private final Works works;
  private final Deliveries deliveries;
  private final Set<Long> left;
  private final Suppressions suppressions = new Suppressions();
  private final Ledgers ledgers;
  private final RollingCount rolling;

  private Beginning(Tx tx, BeginCall call, Instant now) {
    this.tx = tx;
    this.call = call;
    this.now = now;
    List<LedgerKey> drawn = call.rows().stream().flatMap(row -> row.ledgers().stream()).toList();
    tx.locks().ledgers(drawn);
    List<BeginCall.Row> rows = asSeen();
    this.works = Works.of(rows.stream().map(BeginCall.Row::seen).toList());
    this.left =
        Set.copyOf(tx.inbox().concerned(rows.stream().map(BeginCall.Row::enrollment).toList()));
    this.deliveries =
        Deliveries.read(
            tx,
            rows.stream()
                .map(row -> Deliveries.key(row.enrollment(), row.seen().cursor().step()))
                .toList());
    fetchSuppressions(rows);
    this.ledgers = new Ledgers(tx);
    ledgers.fetch(drawn);
    this.rolling = new RollingCount(tx);
  }

  /**
   * Gives the rows that are still as their caller saw them; where several write, locked here and
   * had by nobody else.
   */
  private List<BeginCall.Row> asSeen() {
    Map<Long, BeginCall.Row> asked = new HashMap<>();
    call.rows().forEach(row -> asked.putIfAbsent(row.enrollment(), row));
    return tx
        .listed(
            Sql.WORKS_TO_BEGIN,
            "ids",
            asked.keySet(),
            (stored, context) -> {
              BeginCall.Row row = Objects.requireNonNull(asked.get(stored.getLong(1)), "row");
              Work seen = row.seen();
              boolean same =
                  seen.rev() == stored.getLong(2)
                      && seen.attempt().number() == stored.getInt(3)
                      && Codes.of(seen.state().status()).equals(stored.getString(4))
                      && Codes.of(seen.state().phase()).equals(stored.getString(5));
              return same ? Optional.of(row) : Optional.<BeginCall.Row>empty();
            })
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Refuses all without a look at any: for callers that know an older state of things. */
  static List<Answer> refuse(BeginCall call, Verdict verdict) {
    return call.rows().stream().map(row -> refused(row, verdict)).toList();
  }

  static List<Answer> begin(Tx tx, BeginCall call, Instant now) {
    Beginning beginning = new Beginning(tx, call, now);
    List<Answer> answers = new ArrayList<>(call.rows().size());
    call.rows().forEach(row -> answers.add(beginning.begin(row)));
    beginning.write();
    return answers;
  }

  private void fetchSuppressions(Collection<BeginCall.Row> rows) {
    Map<String, Set<String>> byTenant = new HashMap<>();
    for (BeginCall.Row row : rows) {
      byTenant
          .computeIfAbsent(row.seen().origin().tenant(), any -> new HashSet<>())
          .add(row.address());
    }
    byTenant.forEach((tenant, all) -> suppressions.fetch(tx, tenant, all));
  }

  private Answer begin(BeginCall.Row asked) {
    Work work = works.get(asked.enrollment());
    if (work == null || !isAsPrepared(work, asked)) {
      return refused(asked, Verdict.CHANGED);
    }
    if (left.contains(work.enrollment())) {
      // What a transaction of the host has left may stop it: that is carried out first.
      return refused(asked, Verdict.CHANGED);
    }
    if (isSettled(work, asked.resendOf())) {
      return refused(asked, Verdict.SETTLED);
    }
    if (isSuppressed(work, asked)) {
      return refused(asked, Verdict.SUPPRESSED);
    }
    Take take = call.capacity().take(asked, work, ledgers(asked), rolling, now);
    if (take instanceof NotNow notNow) {
      return new Answer(
          asked.enrollment(), Verdict.NO_CAPACITY, Optional.empty(), Optional.of(notNow));
    }
    return start(work, asked, (Taken) take);
  }

  private static boolean isAsPrepared(Work work, BeginCall.Row asked) {
    State state = work.state();
    return work.rev() == asked.rev()
        && state.status() == EnrollmentStatus.ACTIVE
        && state.phase() == EnrollmentPhase.WAITING;
  }

  private boolean isSettled(Work work, int resendOf) {
    Optional<Delivery> delivery = deliveries.get(work.enrollment(), work.cursor().step());
    boolean repeats =
        delivery.isPresent()
            && delivery.get().status() == DeliveryStatus.IN_DOUBT
            && delivery.get().attempt() == resendOf;
    return delivery.isPresent() && !repeats;
  }

  private boolean isSuppressed(Work work, BeginCall.Row asked) {
    return suppressions
        .blocking(
            work.origin().tenant(),
            asked.address(),
            work.origin().sequence(),
            asked.transactional())
        .isPresent();
  }

  private Map<LedgerKey, Ledger> ledgers(BeginCall.Row asked) {
    Map<LedgerKey, Ledger> taken = new LinkedHashMap<>();
    for (LedgerKey key : asked.ledgers()) {
      taken.put(key, ledgers.read(key));
    }
    return taken;
  }

  private Answer start(Work work, BeginCall.Row asked, Taken taken) {
    taken.ledgers().forEach(ledgers::put);
    Attempt old = work.attempt();
    Attempt attempt =
        new Attempt(
            old.number() + 1,
            old.tries(),
            old.strikes(),
            asked.mailbox(),
            Optional.of(new Attempt.Times(now, taken.notAfter(), taken.decideAt())),
            asked.messageId(),
            asked.stageReference());
    Work begun =
        work.waitingIn(asked.lane(), work.due())
            .state(work.state().phase(EnrollmentPhase.SENDING))
            .attempt(attempt);
    Work kept = works.put(begun);
    rolling.begun(asked.mailbox(), now);
    return new Answer(asked.enrollment(), Verdict.BEGUN, Optional.of(kept), Optional.empty());
  }

  private void write() {
    if (works.changed().isEmpty()) {
      return;
    }
    ledgers.write();
    works.write(tx);
    tx.update(Sql.STORE_BEGUN).bind("now", Millis.of(now)).execute();
  }

  private static Answer refused(BeginCall.Row asked, Verdict verdict) {
    return new Answer(asked.enrollment(), verdict, Optional.empty(), Optional.empty());
  }
}
