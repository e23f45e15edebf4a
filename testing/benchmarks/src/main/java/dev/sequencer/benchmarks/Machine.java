package dev.sequencer.benchmarks;

import java.lang.management.ManagementFactory;

/** Says on what was measured. */
final class Machine {
  private Machine() {}

  static String description() {
    Runtime runtime = Runtime.getRuntime();
    return String.join(
        ", ",
        runtime.availableProcessors() + " processors",
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        "Java " + Runtime.version(),
        "heap " + runtime.maxMemory() / (1 << 20) + " MB",
        "load "
            + String.format(
                java.util.Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
  }
}
