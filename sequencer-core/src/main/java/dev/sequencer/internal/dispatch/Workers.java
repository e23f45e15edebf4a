package dev.sequencer.internal.dispatch;

/** Who sends: a number of mails at a time, on some threads. */
public interface Workers {
  /** Takes a worker for a transport; false when none is free. */
  boolean take(String transport);

  /** Gives a worker back. */
  void giveBack(String transport);

  /** Runs a task that has a worker, now or soon. */
  void run(Runnable task);

  /** Runs a task that has no worker, where it holds up nobody else; false when nobody takes it. */
  boolean tryRun(Runnable task);

  /** Runs a step of the cycle that waits for the store, beside the pass. Few run at a time. */
  void aside(Runnable step);

  /** Says whether tasks run on the caller's thread before {@link #run} returns. */
  boolean direct();

  /** Gives the workers of a pass on the caller's thread: one, at once. */
  static Workers onCallersThread() {
    return new Workers() {
      private boolean taken;

      @Override
      public boolean take(String transport) {
        boolean free = !taken;
        taken = true;
        return free;
      }

      @Override
      public void giveBack(String transport) {
        taken = false;
      }

      @Override
      public void run(Runnable task) {
        task.run();
      }

      @Override
      public boolean tryRun(Runnable task) {
        task.run();
        return true;
      }

      @Override
      public void aside(Runnable step) {
        step.run();
      }

      @Override
      public boolean direct() {
        return true;
      }
    };
  }
}
