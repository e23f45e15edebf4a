package dev.sequencer.inmemory;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.BeginCall.RollingCounter;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When the mails of each mailbox left or may have left, for rolling quotas: sent and in doubt
 * deliveries, also those whose mail was sent again, and attempts in flight at their begin.
 */
final class Departures {
  private final Map<Integer, Instants> byMailbox = new HashMap<>();
  private final Map<Integer, Instants> sentAgain = new HashMap<>();

  /** Gives the n-th newest of a mailbox, 1 for the newest. */
  Optional<Instant> nthNewest(int mailbox, int n) {
    Instants instants = byMailbox.get(mailbox);
    return instants == null || n < 1 || n > instants.size
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(instants.millis[instants.size - n]));
  }

  /** Takes account of a row that became another one. */
  void moved(Work from, Work to) {
    count(from, false);
    count(to, true);
  }

  /** Takes account of deliveries that became others. */
  void moved(List<Delivery> from, List<Delivery> to) {
    from.forEach(delivery -> count(delivery, false));
    to.forEach(delivery -> count(delivery, true));
  }

  /** Counts a mail that was sent again, and forgets those that no quota looks back to. */
  void keep(Delivery delivery, Journal journal) {
    Optional<Instant> at = delivery.leftAt().or(delivery::begunAt);
    if (at.isEmpty()) {
      return;
    }
    int mailbox = delivery.mailbox();
    Instants again = sentAgain.computeIfAbsent(mailbox, id -> new Instants());
    journal.undoBy(() -> kept(again, mailbox, at.get(), false));
    kept(again, mailbox, at.get(), true);
    Instant before = at.get().minus(RollingCounter.KEPT);
    while (again.oldest().isBefore(before)) {
      Instant over = again.oldest();
      journal.undoBy(() -> kept(again, mailbox, over, true));
      kept(again, mailbox, over, false);
    }
  }

  private void kept(Instants again, int mailbox, Instant at, boolean more) {
    count(mailbox, at, more);
    if (more) {
      again.add(at.toEpochMilli());
    } else {
      again.remove(at.toEpochMilli());
    }
  }

  private void count(Work work, boolean more) {
    Optional<Attempt.Times> times = work.attempt().times();
    if (work.state().phase() == EnrollmentPhase.SENDING && times.isPresent()) {
      count(work.attempt().mailbox(), times.get().begunAt(), more);
    }
  }

  private void count(Delivery delivery, boolean more) {
    boolean mayHaveLeft =
        delivery.status() == DeliveryStatus.SENT || delivery.status() == DeliveryStatus.IN_DOUBT;
    Optional<Instant> at = delivery.leftAt().or(delivery::begunAt);
    if (mayHaveLeft && at.isPresent()) {
      count(delivery.mailbox(), at.get(), more);
    }
  }

  private void count(int mailbox, Instant at, boolean more) {
    Instants instants = byMailbox.computeIfAbsent(mailbox, id -> new Instants());
    if (more) {
      instants.add(at.toEpochMilli());
    } else {
      instants.remove(at.toEpochMilli());
    }
  }

  /** Instants in order; most are added and removed near the end. */
  private static final class Instants {
    private long[] millis = new long[4];
    private int size;

    Instant oldest() {
      return size == 0 ? Instant.MAX : Instant.ofEpochMilli(millis[0]);
    }

    void add(long instant) {
      if (size == millis.length) {
        millis = Arrays.copyOf(millis, size + (size >> 1));
      }
      int at = size;
      while (at > 0 && millis[at - 1] > instant) {
        at--;
      }
      System.arraycopy(millis, at, millis, at + 1, size - at);
      millis[at] = instant;
      size++;
    }

    void remove(long instant) {
      int at = Arrays.binarySearch(millis, 0, size, instant);
      System.arraycopy(millis, at + 1, millis, at, size - at - 1);
      size--;
    }
  }
}
