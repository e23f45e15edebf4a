package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.BeginCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the mails of mailboxes for rolling quotas: those that left or may have by the index of
 * deliveries, those in flight by that of attempts in flight.
 */
final class RollingCount implements BeginCall.RollingCounter {
  private final Tx tx;
  private final Map<Integer, List<Long>> inFlight = new HashMap<>();

  RollingCount(Tx tx) {
    this.tx = tx;
  }

  /** Counts an attempt that this call has begun. */
  void begun(int mailbox, Instant at) {
    List<Long> flying = inFlight.get(mailbox);
    if (flying != null) {
      flying.add(Millis.of(at));
      flying.sort(Collections.reverseOrder());
    }
  }

  @Override
  public Optional<Instant> nthNewest(int mailbox, int n) {
    if (n < 1) {
      return Optional.empty();
    }
    List<Long> flying = inFlight.computeIfAbsent(mailbox, this::inFlight);
    int skipped = Math.max(0, n - 1 - flying.size());
    List<Long> left =
        tx.query(Sql.COUNTED)
            .bind("mailbox", mailbox)
            .bind("limit", n - skipped)
            .bind("offset", skipped)
            .mapTo(Long.class)
            .list();
    return newest(flying, left, n - skipped).map(Instant::ofEpochMilli);
  }

  /**
   * Gives the n-th of two descending lists together; of those left, the skipped ones are newer than
   * all in {@code left} and at most as many as make n with all those in flight.
   */
  private static Optional<Long> newest(List<Long> flying, List<Long> left, int n) {
    List<Long> all = new ArrayList<>(flying);
    all.addAll(left);
    all.sort(Collections.reverseOrder());
    return n > all.size() ? Optional.empty() : Optional.of(all.get(n - 1));
  }

  private List<Long> inFlight(int mailbox) {
    return new ArrayList<>(
        tx.query(Sql.IN_FLIGHT_OF).bind("mailbox", mailbox).mapTo(Long.class).list());
  }
}
