package dev.sequencer.internal.dispatch;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What this node knows of mailboxes and sequences beyond their ledgers: how many mails it holds
 * ready, and until when begin said that a rolling quota is used up. Safe for use by several
 * threads.
 */
final class Backlog {
  private final Map<Integer, Integer> waiting = new HashMap<>();
  private final Map<Integer, Integer> ofSequence = new HashMap<>();
  private final Map<Integer, Instant> blocked = new HashMap<>();

  synchronized int waiting(int mailbox) {
    return waiting.getOrDefault(mailbox, 0);
  }

  /** Gives how many mails of a sequence are ready. */
  synchronized int waitingOf(int sequence) {
    return ofSequence.getOrDefault(sequence, 0);
  }

  synchronized void add(Prepared mail) {
    count(mail, 1);
  }

  synchronized void remove(Prepared mail) {
    count(mail, -1);
  }

  private void count(Prepared mail, int one) {
    waiting.merge(mail.mailbox().id(), one, Integer::sum);
    ofSequence.merge(mail.item().sequence().id(), one, Integer::sum);
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
