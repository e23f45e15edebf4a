package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.Batch;
import dev.sequencer.jdbc.internal.Ledgers;
import dev.sequencer.jdbc.internal.Locks;
import dev.sequencer.jdbc.internal.Tx;
import dev.sequencer.spi.store.LedgerKey;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Locks of rows, and of the gate by an advisory lock that ends with its transaction. */
final class PostgresLocks implements Locks {
  private static final String LEDGERS =
      """
      select l.id from {rows kind text, id bigint}
      join sequencer_ledger l on l.kind = r.kind and l.id = r.id order by l.kind, l.id
      for update of l
      """;

  private static final String CONTACTS =
      """
      select id from sequencer_contact where id in {ids} order by id for no key update
      """;

  private static final String WORKS =
      """
      select enrollment from sequencer_work where enrollment in {ids} order by enrollment for update
      """;

  private final Tx tx;
  private final long gate;

  PostgresLocks(Tx tx, long gate) {
    this.tx = tx;
    this.gate = gate;
  }

  @Override
  public void gate() {
    lockGate("pg_advisory_xact_lock_shared");
  }

  @Override
  public void shutGate() {
    lockGate("pg_advisory_xact_lock");
  }

  private void lockGate(String function) {
    tx.query("select 1 from (select " + function + "(:gate)) as held")
        .bind("gate", gate)
        .mapTo(Integer.class)
        .one();
  }

  /** A ledger that nobody has written is made first: two must not both take it for a fresh one. */
  @Override
  public void ledgers(Collection<LedgerKey> keys) {
    TreeSet<LedgerKey> sorted = new TreeSet<>(keys);
    if (sorted.isEmpty()) {
      return;
    }
    if (lockLedgers(sorted) < sorted.size()) {
      Ledgers.make(tx, sorted);
      lockLedgers(sorted);
    }
  }

  private int lockLedgers(Collection<LedgerKey> keys) {
    Batch rows = tx.batch(LEDGERS);
    keys.forEach(key -> Ledgers.name(rows, key).add());
    return rows.written(List.of()).size();
  }

  @Override
  public boolean contacts(Collection<Long> numbers) {
    return !lock(CONTACTS, numbers).isEmpty();
  }

  @Override
  public void works(Collection<Long> enrollments) {
    lock(WORKS, enrollments);
  }

  private List<Long> lock(String text, Collection<Long> numbers) {
    return numbers.isEmpty()
        ? List.of()
        : tx.list(tx.query(text), "ids", numbers).mapTo(Long.class).list();
  }
}
