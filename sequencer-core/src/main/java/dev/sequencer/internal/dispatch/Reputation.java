package dev.sequencer.internal.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the last attempts of each mailbox ended with, to tell a poison mail from a refused sender
 * (KERNEL K11). Kept in this process only. Safe for use by several threads.
 */
final class Reputation {
  private static final int REMEMBERED = 20;
  private static final int DOMAINS = 3;
  private static final String SUCCESS = "";

  private final Map<Integer, Deque<String>> outcomes = new ConcurrentHashMap<>();

  void success(int mailbox) {
    add(mailbox, SUCCESS);
  }

  /**
   * Notes a refusal by policy and says whether it is the sender that is refused: three different
   * recipient domains within the last 20 attempts.
   */
  boolean policy(int mailbox, String domain) {
    add(mailbox, domain);
    Deque<String> last = of(mailbox);
    synchronized (last) {
      return last.stream().filter(d -> !d.equals(SUCCESS)).distinct().count() >= DOMAINS;
    }
  }

  /** Says whether one of the last 20 attempts succeeded. */
  boolean hasSuccess(int mailbox) {
    Deque<String> last = of(mailbox);
    synchronized (last) {
      return last.contains(SUCCESS);
    }
  }

  private void add(int mailbox, String outcome) {
    Deque<String> last = of(mailbox);
    synchronized (last) {
      last.addLast(outcome);
      if (last.size() > REMEMBERED) {
        last.removeFirst();
      }
    }
  }

  private Deque<String> of(int mailbox) {
    return outcomes.computeIfAbsent(mailbox, id -> new ArrayDeque<>());
  }
}
