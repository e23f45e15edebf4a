package dev.sequencer.tck.faults;

/**
 * The end of a process in the middle of a call, for a test that lives on. An error, so that what
 * handles exceptions does not handle it.
 */
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  /** Makes one that names the call. */
  public SimulatedCrash(String message) {
    super(message);
  }
}
