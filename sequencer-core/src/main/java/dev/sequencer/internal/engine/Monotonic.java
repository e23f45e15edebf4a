package dev.sequencer.internal.engine;

/** The machine's monotonic reading, the second clock of permits (KERNEL K1). */
final class Monotonic {
  private Monotonic() {}

  static long nanos() {
    return System.nanoTime();
  }
}
