package dev.sequencer.internal.capacity;

import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends through a capacity as the engine does: wakes at the gate's instant, begins, completes. */
final class Sender {

  private final Capacity capacity;
  private final Supplier<Duration> lateness;
  private final List<Instant> left = new ArrayList<>();
  private Ledger ledger = Ledger.fresh(new LedgerKey(LedgerKey.Kind.MAILBOX, 1));
  private Instant now;

  Sender(Capacity capacity, String now) {
    this(capacity, Instant.parse(now), () -> Duration.ZERO);
  }

  Sender(Capacity capacity, Instant now, Supplier<Duration> lateness) {
    this.capacity = capacity;
    this.now = now;
    this.lateness = lateness;
  }

  /** Sends mails that are due now, one after another, and gives when they left. */
  List<Instant> send(int mails) {
    List<Instant> sent = new ArrayList<>();
    for (int i = 0; i < mails; i++) {
      begin();
      ledger = capacity.left(ledger, now);
      left.add(now);
      sent.add(now);
    }
    return sent;
  }

  /** Begins one mail and lets the transport refuse it. */
  Instant sendRefused() {
    begin();
    ledger = capacity.givenBack(capacity.left(ledger, now), now);
    return now;
  }

  Gate gate() {
    return capacity.exactGate(ledger, this::nthNewest, now);
  }

  Ledger ledger() {
    return ledger;
  }

  void ledger(Ledger changed) {
    ledger = changed;
  }

  void now(Instant instant) {
    now = instant;
  }

  private void begin() {
    Gate gate = gate();
    while (!gate.isOpen(now)) {
      now = gate.at().plus(lateness.get());
      gate = gate();
    }
    ledger = capacity.taken(ledger, this::nthNewest, now, now.plusSeconds(60));
  }

  private Optional<Instant> nthNewest(int n) {
    return n > left.size() ? Optional.empty() : Optional.of(left.get(left.size() - n));
  }
}
