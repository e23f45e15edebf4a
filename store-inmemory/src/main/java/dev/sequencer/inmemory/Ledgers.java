package dev.sequencer.inmemory;

import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import java.util.HashMap;
import java.util.Map;

/** What mailboxes and paced sequences have used. */
final class Ledgers {
  private final Journal journal;
  private final Map<LedgerKey, Ledger> byKey = new HashMap<>();

  Ledgers(Journal journal) {
    this.journal = journal;
  }

  /** Gives a ledger, a fresh one when it is unknown. */
  Ledger read(LedgerKey key) {
    Ledger known = byKey.get(key);
    return known == null ? Ledger.fresh(key) : known;
  }

  void write(Ledger ledger) {
    Ledger old = byKey.put(ledger.key(), Millis.cut(ledger));
    journal.undoBy(
        () -> {
          if (old == null) {
            byKey.remove(ledger.key());
          } else {
            byKey.put(ledger.key(), old);
          }
        });
  }
}
