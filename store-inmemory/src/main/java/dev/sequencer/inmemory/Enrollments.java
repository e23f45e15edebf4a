package dev.sequencer.inmemory;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All enrollments: by number, by run, by sequence. The one place where a row is written, so that
 * queues and counts follow and the change can be taken back.
 */
final class Enrollments {
  private static final NumberList NONE = new NumberList();

  private final Journal journal;
  private final WorkQueues queues;
  private final Departures departures;
  private final List<Row> byNumber = new ArrayList<>();
  private final Map<RunKey, Row> byRun = new HashMap<>();
  private final Map<Integer, NumberList> bySequence = new HashMap<>();
  private final SortedMap<Long, Row> inDoubt = new TreeMap<>();
  private final Map<String, DeliveryPlace> byActualMessageId = new HashMap<>();
  private Optional<Instant> newestBegun = Optional.empty();

  Enrollments(Journal journal, WorkQueues queues, Departures departures) {
    this.journal = journal;
    this.queues = queues;
    this.departures = departures;
  }

  /** The number that the next enrollment gets. */
  long nextNumber() {
    return byNumber.size() + 1L;
  }

  Optional<Row> byNumber(long number) {
    return number < 1 || number > byNumber.size()
        ? Optional.empty()
        : Optional.of(byNumber.get((int) number - 1));
  }

  Optional<Row> byRun(RunKey key) {
    return Optional.ofNullable(byRun.get(key));
  }

  /** Gives all rows by number. */
  List<Row> all() {
    return byNumber;
  }

  /** Gives the numbers of the enrollments of a sequence. */
  NumberList ofSequence(int sequence) {
    return bySequence.getOrDefault(sequence, NONE);
  }

  /** Gives the rows with a delivery in doubt, by number. */
  SortedMap<Long, Row> inDoubt() {
    return inDoubt;
  }

  Optional<Delivery> byActualMessageId(String messageId) {
    DeliveryPlace place = byActualMessageId.get(folded(messageId));
    return place == null ? Optional.empty() : place.row().delivery(place.step());
  }

  /** Gives the newest begin of all. */
  Optional<Instant> newestBegun() {
    return newestBegun;
  }

  void begunAt(Instant now) {
    Optional<Instant> old = newestBegun;
    if (old.isEmpty() || old.get().isBefore(now)) {
      journal.undoBy(() -> newestBegun = old);
      newestBegun = Optional.of(now);
    }
  }

  /** Adds an enrollment under the keys that make it the same as another. */
  void add(Row row, List<RunKey> keys) {
    NumberList sequence =
        bySequence.computeIfAbsent(row.work.origin().sequence(), id -> new NumberList());
    byNumber.add(row);
    sequence.add(row.number);
    row.person.enrollments.add(row.number);
    keys.forEach(key -> byRun.put(key, row));
    queues.place(row);
    journal.undoBy(
        () -> {
          queues.remove(row);
          keys.forEach(byRun::remove);
          row.person.enrollments.removeLast();
          sequence.removeLast();
          byNumber.remove(byNumber.size() - 1);
        });
    queues.wakeFor(row);
  }

  /** Writes a row with another rev; a claim on it ends. */
  void write(Row row, Work next, long rev) {
    Work kept = Millis.row(next.waitingIn(queues.shared(next.lane()), next.due()), rev);
    Work old = row.work;
    long claim = row.claimedUntil;
    journal.undoBy(() -> set(row, old, claim));
    set(row, kept, Row.FREE);
    queues.wakeFor(row);
  }

  /** Marks a row as claimed until an instant, or as free. */
  void claim(Row row, long until) {
    long old = row.claimedUntil;
    journal.undoBy(() -> set(row, row.work, old));
    set(row, row.work, until);
    queues.wakeFor(row);
  }

  /** Writes the deliveries of a row. */
  void deliveries(Row row, List<Delivery> next) {
    List<Delivery> old = row.deliveries;
    journal.undoBy(() -> set(row, old));
    set(row, next);
  }

  /** Goes on counting a mail that left or may have, and was sent again. */
  void sentAgain(Delivery delivery) {
    departures.keep(delivery, journal);
  }

  private void set(Row row, Work work, long claimedUntil) {
    departures.moved(row.work, work);
    row.work = work;
    row.claimedUntil = claimedUntil;
    queues.place(row);
  }

  /** Other systems hand Message-IDs back in any case. */
  private static String folded(String messageId) {
    return messageId.toLowerCase(Locale.ROOT);
  }

  private void set(Row row, List<Delivery> deliveries) {
    departures.moved(row.deliveries, deliveries);
    row.deliveries.forEach(
        old -> old.ids().actual().map(Enrollments::folded).ifPresent(byActualMessageId::remove));
    row.deliveries = deliveries;
    boolean doubtful = false;
    for (Delivery delivery : deliveries) {
      doubtful |= delivery.status() == DeliveryStatus.IN_DOUBT;
      delivery
          .ids()
          .actual()
          .map(Enrollments::folded)
          .ifPresent(id -> byActualMessageId.put(id, new DeliveryPlace(row, delivery.step())));
    }
    if (doubtful) {
      inDoubt.put(row.number, row);
    } else {
      inDoubt.remove(row.number);
    }
  }

  /**
   * What makes two enrollments the same.
   *
   * @param contact its number; 0 for whoever it is
   */
  record RunKey(int sequence, long contact, String run) {}

  /** Where a delivery is. */
  private record DeliveryPlace(Row row, int step) {}
}
