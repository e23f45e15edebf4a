package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion.LedgerChange;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ledgers that one call reads and changes; unknown ones are fresh. */
public final class Ledgers implements ClaimCall.LedgerReader {
  private final Tx tx;
  private final Map<LedgerKey, Ledger> known = new HashMap<>();
  private final Map<LedgerKey, Ledger> changed = new TreeMap<>();

  Ledgers(Tx tx) {
    this.tx = tx;
  }

  /** Changes ledgers, last of all that a transaction does. */
  static List<LedgerChange> change(Tx tx, List<LedgerChange> changes) {
    Ledgers ledgers = new Ledgers(tx);
    Set<LedgerKey> keys = changes.stream().map(LedgerChange::key).collect(Collectors.toSet());
    tx.locks().ledgers(keys);
    ledgers.fetch(keys);
    changes.forEach(ledgers::apply);
    ledgers.write();
    return changes;
  }

  /** Makes those of some ledgers that are unknown. */
  public static void make(Tx tx, Collection<LedgerKey> keys) {
    Batch rows = tx.batch(Sql.LEDGER_MAKE);
    for (LedgerKey key : keys) {
      Writers.ledger(rows, Ledger.fresh(key));
      rows.add();
    }
    rows.execute();
  }

  /** Gives a row the name of a ledger: {@code kind} and {@code id}. */
  public static Batch name(Batch row, LedgerKey key) {
    return row.bind("kind", Codes.of(key.kind())).bind("id", key.id());
  }

  void apply(LedgerChange change) {
    put(change.change().apply(read(change.key())));
  }

  /** Reads several at once, before they are asked for one by one. */
  void fetch(Collection<LedgerKey> keys) {
    for (LedgerKey.Kind kind : LedgerKey.Kind.values()) {
      List<Integer> ids = new ArrayList<>();
      for (LedgerKey key : keys) {
        if (key.kind() == kind && !known.containsKey(key)) {
          ids.add(key.id());
          known.put(key, Ledger.fresh(key));
        }
      }
      if (!ids.isEmpty()) {
        tx.list(tx.query(Sql.LEDGERS), "ids", ids)
            .bind("kind", Codes.of(kind))
            .map(Readers.LEDGER)
            .forEach(ledger -> known.put(ledger.key(), ledger));
      }
    }
  }

  @Override
  public Ledger read(LedgerKey key) {
    if (!known.containsKey(key)) {
      fetch(List.of(key));
    }
    return Objects.requireNonNull(known.get(key));
  }

  void put(Ledger ledger) {
    known.put(ledger.key(), ledger);
    changed.put(ledger.key(), ledger);
  }

  void write() {
    if (changed.isEmpty()) {
      return;
    }
    Batch rows = tx.batch(Sql.LEDGER);
    for (Ledger ledger : changed.values()) {
      Writers.ledger(rows, ledger);
      rows.add();
    }
    rows.execute();
  }
}
