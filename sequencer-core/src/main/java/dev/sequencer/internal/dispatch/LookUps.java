package dev.sequencer.internal.dispatch;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Which attempts without outcome are being looked up. A transport that is slow to tell holds up
 * neither the pass nor the look-ups of other transports: few at a time ask the same one. Used by
 * the one pass that runs at a time.
 */
final class LookUps {
  private static final int MOST_OF_TRANSPORT = 4;

  private final Map<Long, String> running = new HashMap<>();
  private final int most;
  private boolean leftSome;

  /** Makes one; on the caller's thread look-ups come one after the other without a bound. */
  LookUps(boolean direct) {
    most = direct ? Integer.MAX_VALUE : MOST_OF_TRANSPORT;
  }

  boolean runs(long enrollment) {
    return running.containsKey(enrollment);
  }

  /** Begins one; false when it must wait for others of its transport. */
  boolean begin(long enrollment, String transport) {
    if (Collections.frequency(running.values(), transport) >= most) {
      leftSome = true;
      return false;
    }
    running.put(enrollment, transport);
    return true;
  }

  /** Ends one that nobody took; it is tried again later. */
  void cancel(long enrollment) {
    running.remove(enrollment);
  }

  /** Ends one; says whether others have waited for it. */
  boolean end(long enrollment) {
    running.remove(enrollment);
    boolean others = leftSome;
    leftSome = false;
    return others;
  }

  /** Says whether some wait for others of their transport. */
  boolean leftSome() {
    return leftSome;
  }

  int running() {
    return running.size();
  }
}
