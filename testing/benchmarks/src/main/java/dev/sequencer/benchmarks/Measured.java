package dev.sequencer.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What one run took.
 *
 * @param rate how much of the work a second of real time
 * @param processor microseconds of this process's processor time for one piece of it
 */
record Measured(double rate, double processor) {
  /** Runs from when it is made. */
  static final class Stopwatch {
    private static final OperatingSystemMXBean SYSTEM =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long from = System.nanoTime();
    private final long processor = SYSTEM.getProcessCpuTime();

    /** Ends the measurement of so many pieces of work. */
    Measured stop(long pieces) {
      double seconds = (System.nanoTime() - from) / 1e9;
      double micros = (SYSTEM.getProcessCpuTime() - processor) / 1e3;
      return new Measured(pieces / seconds, micros / pieces);
    }
  }
}
