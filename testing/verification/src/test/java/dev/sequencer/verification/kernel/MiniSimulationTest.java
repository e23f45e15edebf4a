package dev.sequencer.verification.kernel;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random faults, acts and interleavings, after which the promises are checked. */
class MiniSimulationTest {
  private static final int STEPS = 60;
  private static final long FIRST = Long.getLong("sequencer.seed", 1);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"IN_MEMORY, 1, 150", "IN_MEMORY, 2, 150", "SQLITE, 1, 6", "SQLITE, 2, 6"})
  @DisplayName("never twice, never lost, never outside the rules, whatever happens")
  void keepsItsPromises(Kept kept, int engines, int seeds) {
    for (long seed = FIRST; seed < FIRST + seeds; seed++) {
      try {
        run(kept, engines, seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "on " + kept + " with " + engines + " engines, -Dsequencer.seed=" + seed + ": " + e, e);
      }
    }
  }

  private void run(Kept kept, int engines, long seed) {
    try (SimulatedWorld world =
        new SimulatedWorld(seed, kept.in(folder, engines + "-" + seed), engines)) {
      for (int step = 0; step < STEPS; step++) {
        world.happen();
      }
      world.calmDown();
    }
  }
}
