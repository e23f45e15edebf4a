package dev.sequencer.internal.catalog;

import dev.sequencer.Mailbox;
import dev.sequencer.internal.capacity.Capacity;
import dev.sequencer.spi.store.LedgerKey;
import java.time.ZoneId;

/**
 * A mailbox as it is defined now.
 *
 * @param id its document
 * @param tenant its tenant
 * @param mailbox its definition
 * @param gone whether it was removed
 * @param zone its zone, else the engine's, else UTC where nothing local is asked
 * @param capacity what it may send when
 */
public record MailboxInfo(
    int id, String tenant, Mailbox mailbox, boolean gone, ZoneId zone, Capacity capacity) {
  /** Gives its address as it was written. */
  public String address() {
    return mailbox.address().address();
  }

  /** Gives the key of its ledger. */
  public LedgerKey ledger() {
    return new LedgerKey(LedgerKey.Kind.MAILBOX, id);
  }
}
