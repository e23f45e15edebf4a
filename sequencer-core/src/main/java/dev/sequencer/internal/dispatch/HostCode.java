package dev.sequencer.internal.dispatch;

import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs code of the host so that it can neither stop the engine nor hold it for ever. */
public interface HostCode {
  /**
   * Runs it.
   *
   * @param what whose code it is, for messages
   * @throws HostCodeException when it throws or does not end in time
   */
  <T> T call(String what, Supplier<T> code);

  /** Gives how many calls have not ended in time and still run. */
  int stuck();

  /** Runs it on the caller's thread, without a limit: the direct executor's way. */
  static HostCode direct() {
    return new HostCode() {
      @Override
      public <T> T call(String what, Supplier<T> code) {
        try {
          return code.get();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
          throw new HostCodeException(what + " threw " + e.getClass().getName(), e);
        }
      }

      @Override
      public int stuck() {
        return 0;
      }
    };
  }

  /** Code of the host threw or did not end in time. */
  final class HostCodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one with the culprit and what it threw. */
    public HostCodeException(String message, Throwable cause) {
      super(message, cause);
    }

    /** Says whether it did not end in time, so that calls like it may cost as much time again. */
    boolean tooSlow() {
      return getCause() instanceof TimeoutException;
    }
  }
}
