package dev.sequencer.internal.dispatch;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What this node knows of each mailbox beyond its ledger: how many mails it holds ready, and until
 * when begin said that its rolling quota is used up. Safe for use by several threads.
 */
final class Backlog {
  private final Map<Integer, Integer> waiting = new HashMap<>();
  private final Map<Integer, Instant> blocked = new HashMap<>();

  synchronized int waiting(int mailbox) {
    return waiting.getOrDefault(mailbox, 0);
  }

  synchronized void add(int mailbox) {
    waiting.merge(mailbox, 1, Integer::sum);
  }

  synchronized void remove(int mailbox) {
    waiting.merge(mailbox, -1, Integer::sum);
  }

  synchronized void block(int mailbox, Instant until) {
    blocked.merge(mailbox, until, (one, other) -> one.isAfter(other) ? one : other);
  }

  synchronized boolean blocked(int mailbox, Instant now) {
    return blockedUntil(mailbox, now).isAfter(now);
  }

  /** Gives the later of the given instant and the end of the block. */
  synchronized Instant blockedUntil(int mailbox, Instant at) {
    Instant until = blocked.get(mailbox);
    return until == null || !until.isAfter(at) ? at : until;
  }

  /** Forgets what begin said, since definitions have changed. */
  synchronized void unblock() {
    blocked.clear();
  }

  synchronized void unblock(int mailbox) {
    blocked.remove(mailbox);
  }
}
