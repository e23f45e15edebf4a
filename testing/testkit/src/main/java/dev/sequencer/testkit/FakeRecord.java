package dev.sequencer.testkit;

import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** What a fake transport has seen. Safe for use by several threads. */
final class FakeRecord {
  private final List<OutgoingMail> attempted = new ArrayList<>();
  private final List<FakeTransport.Accepted> accepted = new ArrayList<>();
  private final List<SendKey> lookups = new ArrayList<>();
  private final Map<String, Integer> inFlight = new HashMap<>();
  private final Map<String, Integer> mostInFlight = new HashMap<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private int allInFlight;
  private int mostAllInFlight;
  private int connects;
  private int refusedPermits;
  private int closes;

  private record Waiter(boolean forAccepted, int number, CountDownLatch latch) {}

  synchronized void begins(OutgoingMail mail) {
    attempted.add(mail);
    String mailbox = mail.sender().key();
    allInFlight++;
    mostAllInFlight = Math.max(mostAllInFlight, allInFlight);
    int now = inFlight.merge(mailbox, 1, Integer::sum);
    mostInFlight.merge(mailbox, now, Math::max);
    release();
  }

  synchronized void ends(OutgoingMail mail) {
    allInFlight--;
    inFlight.merge(mail.sender().key(), -1, Integer::sum);
  }

  synchronized Receipt accepts(OutgoingMail mail, Optional<Instant> at, boolean rewrites) {
    int number = accepted.size() + 1;
    Receipt receipt =
        new Receipt(
            rewrites ? Optional.of("<fake-" + number + "@provider.example>") : Optional.empty(),
            Optional.of("fake-" + number),
            Optional.empty(),
            "accepted as fake-" + number);
    accepted.add(new FakeTransport.Accepted(number, mail, at.orElse(mail.date()), receipt));
    release();
    return receipt;
  }

  synchronized void connects() {
    connects++;
  }

  synchronized void refusesPermit() {
    refusedPermits++;
  }

  synchronized void closes() {
    closes++;
  }

  synchronized void looksUp(SendKey key) {
    lookups.add(key);
  }

  private void release() {
    waiters.removeIf(
        waiter -> {
          int reached = waiter.forAccepted() ? accepted.size() : attempted.size();
          if (reached < waiter.number()) {
            return false;
          }
          waiter.latch().countDown();
          return true;
        });
  }

  synchronized CountDownLatch when(boolean forAccepted, int number) {
    CountDownLatch latch = new CountDownLatch(1);
    waiters.add(new Waiter(forAccepted, number, latch));
    release();
    return latch;
  }

  synchronized List<OutgoingMail> attempted() {
    return List.copyOf(attempted);
  }

  synchronized List<FakeTransport.Accepted> accepted() {
    return List.copyOf(accepted);
  }

  synchronized List<SendKey> lookups() {
    return List.copyOf(lookups);
  }

  synchronized int mostInFlight() {
    return mostAllInFlight;
  }

  synchronized int mostInFlight(String senderKey) {
    return mostInFlight.getOrDefault(senderKey, 0);
  }

  synchronized int connectCount() {
    return connects;
  }

  synchronized int refusedPermitCount() {
    return refusedPermits;
  }

  synchronized int closeCount() {
    return closes;
  }

  synchronized void clear() {
    attempted.clear();
    accepted.clear();
    lookups.clear();
    mostInFlight.clear();
    mostAllInFlight = allInFlight;
    connects = 0;
    refusedPermits = 0;
    closes = 0;
  }
}
