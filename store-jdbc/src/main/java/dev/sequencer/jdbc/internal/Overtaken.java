package dev.sequencer.jdbc.internal;

/**
 * Somebody else wrote, between the read and the write of a call, what it was about to write. What
 * they wrote is there now: the same call, made anew, finds it.
 */
public final class Overtaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Overtaken(String what) {
    super(what);
  }
}
