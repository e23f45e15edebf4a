package dev.sequencer.jdbc.internal;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.spi.store.BeginCall.RollingCounter;
import dev.sequencer.spi.store.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The outcomes of steps that one call reads and writes. */
final class Deliveries {
  /** Steps are numbered from 1 in the order in which their keys were first published. */
  static final int STEPS = 65_536;

  private final Map<Long, Delivery> known = new HashMap<>();
  private final Set<Long> revived = new LinkedHashSet<>();
  private final Map<Long, Delivery> written = new LinkedHashMap<>();
  private final List<Delivery> sentAgain = new ArrayList<>();

  private Deliveries(List<Delivery> rows) {
    rows.forEach(row -> known.put(key(row.enrollment(), row.step()), row));
  }

  static long key(long enrollment, int step) {
    return enrollment * STEPS + step;
  }

  static Deliveries of(List<Delivery> rows) {
    return new Deliveries(rows);
  }

  /** Reads those with the given keys. */
  static Deliveries read(Tx tx, Collection<Long> keys) {
    return new Deliveries(tx.listed(Sql.DELIVERIES, "keys", keys, Readers.DELIVERY));
  }

  /** Gives those of enrollments, by step. */
  static Map<Long, List<Delivery>> byEnrollment(Tx tx, Collection<Long> enrollments) {
    Map<Long, List<Delivery>> byEnrollment = new HashMap<>();
    tx.listed(Sql.DELIVERIES_OF, "ids", enrollments, Readers.DELIVERY)
        .forEach(
            row ->
                byEnrollment.computeIfAbsent(row.enrollment(), any -> new ArrayList<>()).add(row));
    return byEnrollment;
  }

  Optional<Delivery> get(long enrollment, int step) {
    return Optional.ofNullable(known.get(key(enrollment, step)));
  }

  /** Writes an outcome over none, one in doubt or one of a smaller attempt. */
  void put(Delivery next) {
    long key = key(next.enrollment(), next.step());
    Delivery old = known.get(key);
    if (old == null || old.status() == DeliveryStatus.IN_DOUBT || old.attempt() < next.attempt()) {
      if (old != null && mayHaveLeft(old) && old.attempt() < next.attempt()) {
        sentAgain.add(old);
      }
      known.put(key, next);
      written.put(key, next);
    }
  }

  private static boolean mayHaveLeft(Delivery delivery) {
    return delivery.status() == DeliveryStatus.SENT || delivery.status() == DeliveryStatus.IN_DOUBT;
  }

  /** Takes away the outcome of a step that is tried again, unless its mail left or may have. */
  void revive(long enrollment, int step) {
    long key = key(enrollment, step);
    Delivery old = known.get(key);
    if (old != null
        && (old.status() == DeliveryStatus.FAILED || old.status() == DeliveryStatus.SKIPPED)) {
      known.remove(key);
      written.remove(key);
      revived.add(key);
    }
  }

  void write(Tx tx) {
    if (!revived.isEmpty()) {
      Batch keys = tx.batch(Sql.DELIVERY_REVIVE);
      revived.forEach(key -> keys.bind("key", key).add());
      keys.execute();
    }
    if (!written.isEmpty()) {
      Batch rows = tx.batch(Sql.DELIVERY);
      for (Delivery delivery : written.values()) {
        Writers.delivery(rows, delivery);
        rows.add();
      }
      rows.execute();
    }
    if (!sentAgain.isEmpty()) {
      writeDepartures(tx);
    }
  }

  private void writeDepartures(Tx tx) {
    for (Delivery delivery : sentAgain) {
      Optional<Instant> at = delivery.leftAt().or(delivery::begunAt);
      if (at.isPresent()) {
        Batch rows = tx.batch(Sql.DEPARTURE);
        Writers.departure(rows, delivery, at.get());
        rows.add();
        rows.execute();
        tx.update(Sql.DEPARTURES_OVER)
            .bind("mailbox", delivery.mailbox())
            .bind("before", Millis.of(at.get().minus(RollingCounter.KEPT)))
            .execute();
      }
    }
  }
}
