package dev.sequencer.inmemory;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What people look at; each read is a transaction of its own. */
final class Views implements StoreViews {
  private final Memory memory;
  private final Selection selection;

  Views(Memory memory) {
    this.memory = memory;
    this.selection = new Selection(memory);
  }

  @Override
  public List<Work> enrollments(EnrollmentFilter filter, long after, int limit) {
    return memory.transaction(() -> selection.enrollments(filter, after, limit));
  }

  @Override
  public List<Delivery> deliveries(
      DeliveryFilter filter, long afterEnrollment, int afterStep, int limit) {
    return memory.transaction(
        () -> selection.deliveries(filter, afterEnrollment, afterStep, limit));
  }

  @Override
  public Optional<Delivery> byActualMessageId(String messageId) {
    return memory.transaction(() -> memory.enrollments.byActualMessageId(messageId));
  }

  @Override
  public List<LogEntry> log(String tenant, long enrollment, long after, int limit) {
    return memory.transaction(
        () ->
            enrollment > 0
                ? memory.log.ofRow(tenant, memory.enrollments.byNumber(enrollment), after, limit)
                : memory.log.ofTenant(tenant, after, limit));
  }

  @Override
  public List<LogEntry> follow(long after, int limit) {
    return memory.transaction(() -> memory.log.after(after, limit));
  }

  @Override
  public Optional<StoredContact> contactById(String tenant, String id) {
    return memory.transaction(() -> memory.contacts.byId(tenant, id).map(person -> person.contact));
  }

  @Override
  public List<StoredContact> contactsByAddress(String tenant, String normalized) {
    return memory.transaction(
        () ->
            memory.contacts.byAddress(tenant, normalized).stream()
                .map(person -> person.contact)
                .toList());
  }

  @Override
  public List<StoredContact> contacts(Collection<Long> numbers) {
    return memory.transaction(
        () ->
            numbers.stream()
                .flatMap(number -> memory.contacts.byNumber(number).stream())
                .map(person -> person.contact)
                .toList());
  }

  @Override
  public List<Suppression> suppressions(String tenant, String afterTarget, int limit) {
    return memory.transaction(() -> memory.suppressions.page(tenant, afterTarget, limit));
  }

  @Override
  public List<Suppression> suppressionsOf(String tenant, String normalized) {
    return memory.transaction(() -> memory.suppressions.matching(tenant, normalized));
  }

  @Override
  public Ledger ledger(LedgerKey key) {
    return memory.transaction(() -> memory.ledgers.read(key));
  }

  @Override
  public Optional<Instant> nthNewest(int mailbox, int n) {
    return memory.transaction(() -> memory.departures.nthNewest(mailbox, n));
  }

  @Override
  public List<StateCount> states(int sequence) {
    return memory.transaction(
        () -> {
          Map<State, Long> counts = new LinkedHashMap<>();
          for (Row row : rows(sequence)) {
            State state = row.work.state();
            counts.merge(
                new State(state.status(), state.phase(), state.ending(), ""), 1L, Long::sum);
          }
          return counts.entrySet().stream()
              .map(count -> new StateCount(count.getKey(), count.getValue()))
              .toList();
        });
  }

  @Override
  public List<OutcomeCount> outcomes(int sequence) {
    return memory.transaction(
        () -> {
          Map<Integer, Map<DeliveryStatus, Long>> counts = new TreeMap<>();
          for (Row row : rows(sequence)) {
            for (Delivery delivery : row.deliveries) {
              counts
                  .computeIfAbsent(delivery.step(), step -> new EnumMap<>(DeliveryStatus.class))
                  .merge(delivery.status(), 1L, Long::sum);
            }
          }
          List<OutcomeCount> list = new ArrayList<>();
          counts.forEach(
              (step, outcomes) ->
                  outcomes.forEach(
                      (status, count) -> list.add(new OutcomeCount(step, status, count))));
          return list;
        });
  }

  @Override
  public List<LaneHead> heads() {
    return memory.transaction(memory.queues::heads);
  }

  @Override
  public List<Work> firstOf(Lane lane, int limit) {
    return memory.transaction(() -> memory.queues.firstOf(lane, limit));
  }

  @Override
  public int inFlight(EnrollmentFilter filter) {
    return memory.transaction(() -> selection.count(memory.queues.sending(), filter));
  }

  private List<Row> rows(int sequence) {
    NumberList numbers = memory.enrollments.ofSequence(sequence);
    List<Row> rows = new ArrayList<>(numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      rows.add(memory.enrollments.byNumber(numbers.get(i)).orElseThrow());
    }
    return rows;
  }
}
