package dev.sequencer.jdbc.internal;

/** What a caller told of a row is not true any more: the call is made anew and reads it. */
final class Outdated extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Outdated(String what) {
    super(what);
  }
}
