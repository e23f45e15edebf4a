package dev.sequencer.internal.catalog;

import java.util.List;

/**
 * Mailboxes that share work.
 *
 * @param id its document
 * @param tenant its tenant
 * @param members their normalised addresses; empty for all of the tenant
 */
public record Pool(int id, String tenant, List<String> members) {
  /** Copies the list. */
  public Pool {
    members = List.copyOf(members);
  }
}
