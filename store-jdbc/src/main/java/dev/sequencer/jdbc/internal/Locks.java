package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.LedgerKey;
import java.util.Collection;

/**
 * What a call locks before it reads what it decides by, where several may write at a time. Always
 * in this order: the gate, contacts, moving rows, ledgers, each by number (KERNEL K19); begin,
 * which decides by ledgers, takes moving rows after them, and waits for none. With one writer there
 * is nothing to lock, and these do nothing.
 */
public interface Locks {
  /** Keeps acts that shut the gate from committing while this transaction begins mails. */
  void gate();

  /** Waits for the mails that are just being begun and keeps others from beginning. */
  void shutGate();

  /** Locks ledgers; those that are unknown are made. */
  void ledgers(Collection<LedgerKey> keys);

  /** Locks contacts and says whether they may be other ones than those that were read. */
  boolean contacts(Collection<Long> numbers);

  /** Locks moving rows and waits for those that somebody else has. */
  void works(Collection<Long> enrollments);
}
