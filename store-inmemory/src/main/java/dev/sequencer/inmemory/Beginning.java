package dev.sequencer.inmemory;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Begins attempts: the gate. */
final class Beginning {
  private final Memory memory;

  Beginning(Memory memory) {
    this.memory = memory;
  }

  List<Answer> begin(BeginCall call, Instant now) {
    boolean stale = call.definitions() != memory.documents.definitions();
    List<Answer> answers = new ArrayList<>(call.rows().size());
    for (BeginCall.Row row : call.rows()) {
      answers.add(stale ? refused(row, Verdict.STALE) : begin(row, call, now));
    }
    return answers;
  }

  private Answer begin(BeginCall.Row asked, BeginCall call, Instant now) {
    Optional<Row> known = memory.enrollments.byNumber(asked.enrollment());
    if (known.isEmpty() || !isAsPrepared(known.get().work, asked)) {
      return refused(asked, Verdict.CHANGED);
    }
    Row row = known.get();
    if (isSettled(row, asked.resendOf())) {
      return refused(asked, Verdict.SETTLED);
    }
    boolean suppressed =
        memory
            .suppressions
            .blocking(row.person.contact, row.work.origin().sequence(), asked.transactional())
            .isPresent();
    if (suppressed) {
      return refused(asked, Verdict.SUPPRESSED);
    }
    Take take =
        call.capacity().take(asked, row.work, ledgers(asked), memory.departures::nthNewest, now);
    if (take instanceof NotNow notNow) {
      return new Answer(
          asked.enrollment(), Verdict.NO_CAPACITY, Optional.empty(), Optional.of(notNow));
    }
    return start(row, asked, (Taken) take, now);
  }

  private static boolean isAsPrepared(Work work, BeginCall.Row asked) {
    State state = work.state();
    return work.rev() == asked.rev()
        && state.status() == EnrollmentStatus.ACTIVE
        && state.phase() == EnrollmentPhase.WAITING;
  }

  private static boolean isSettled(Row row, int resendOf) {
    Optional<Delivery> delivery = row.delivery(row.work.cursor().step());
    boolean repeats =
        delivery.isPresent()
            && delivery.get().status() == DeliveryStatus.IN_DOUBT
            && delivery.get().attempt() == resendOf;
    return delivery.isPresent() && !repeats;
  }

  private Map<LedgerKey, Ledger> ledgers(BeginCall.Row asked) {
    Map<LedgerKey, Ledger> ledgers = new LinkedHashMap<>();
    for (LedgerKey key : asked.ledgers()) {
      ledgers.put(key, memory.ledgers.read(key));
    }
    return ledgers;
  }

  private Answer start(Row row, BeginCall.Row asked, Taken taken, Instant now) {
    taken.ledgers().forEach(memory.ledgers::write);
    Work work = row.work;
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
    memory.enrollments.write(row, begun, work.rev());
    memory.enrollments.begunAt(now);
    return new Answer(asked.enrollment(), Verdict.BEGUN, Optional.of(row.work), Optional.empty());
  }

  private static Answer refused(BeginCall.Row asked, Verdict verdict) {
    return new Answer(asked.enrollment(), verdict, Optional.empty(), Optional.empty());
  }
}
