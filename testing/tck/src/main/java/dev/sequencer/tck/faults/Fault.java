package dev.sequencer.tck.faults;

/** One fault that a test wrote down. Guarded by the lock of its store. */
final class Fault {
  private final String call;
  private final Times times;
  private final boolean before;
  private final FaultyStore.Deed deed;
  private int seen;

  Fault(String call, Times times, boolean before, FaultyStore.Deed deed) {
    this.call = call;
    this.times = times;
    this.before = before;
    this.deed = deed;
  }

  static boolean matches(String wanted, String call) {
    return wanted.equals(call)
        || (wanted.equals(FaultyStore.ANY) && !call.equals("now") && !call.equals("close"));
  }

  /** Counts a call and says whether the fault is for it. */
  boolean strikes(String name, boolean beforeIt) {
    if (before != beforeIt || !matches(call, name)) {
      return false;
    }
    seen++;
    return times.includes(seen - 1);
  }

  FaultyStore.Deed deed() {
    return deed;
  }
}
