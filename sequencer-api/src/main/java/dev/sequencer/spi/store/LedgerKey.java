package dev.sequencer.spi.store;

import java.util.Objects;

/**
 * Names a ledger. Ledgers are locked in this order.
 *
 * @param kind of a mailbox or of a sequence with a pace
 * @param id the document id
 */
public record LedgerKey(Kind kind, int id) implements Comparable<LedgerKey> {
  /** The kinds of ledgers, in lock order. */
  public enum Kind {
    /** Of a mailbox. */
    MAILBOX,
    /** Of a sequence with a pace of its own. */
    SEQUENCE
  }

  /** Checks that nothing is missing. */
  public LedgerKey {
    Objects.requireNonNull(kind, "kind");
  }

  @Override
  public int compareTo(LedgerKey other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : Integer.compare(id, other.id);
  }
}
