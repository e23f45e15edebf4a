package dev.sequencer.verification.simulation;

import dev.sequencer.inmemory.InMemoryStore;
import java.util.Optional;

/**
 * Runs seeds in memory until a promise is broken, in a process of its own whose class path decides
 * which engine that is. Arguments: the first seed and how many. Its exit code is 1 when a promise
 * was broken, and the last line says which by which seed.
 */
public final class SimulationRun {
  /** How long things may go wrong at most. */
  static final int HOURS = 6;

  private SimulationRun() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    long seeds = Long.parseLong(arguments[1]);
    for (long seed = first; seed < first + seeds; seed++) {
      Optional<String> wrong = new World(seed, InMemoryStore.withKey(new byte[16]), HOURS).run();
      if (wrong.isPresent()) {
        System.out.println("seed " + seed + ": " + wrong.get().lines().findFirst().orElse(""));
        System.exit(1);
      }
    }
    System.exit(0);
  }
}
