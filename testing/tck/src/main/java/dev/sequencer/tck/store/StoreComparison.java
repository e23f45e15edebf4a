package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Calls two stores the same at random and compares every answer and all that can be seen: what a
 * forecast on one store says must be what happens on the other.
 */
public final class StoreComparison {
  /** Looking at everything costs dozens of reads; what was written wrong is still there then. */
  private static final int LOOK_EVERY = 4;

  private StoreComparison() {}

  /**
   * Makes random calls on two empty stores.
   *
   * @param steps how many calls; answers are compared after each, all that can be seen after every
   *     fourth and the last
   * @throws AssertionError when they differ; the message names seed and step
   */
  public static void compare(Store one, Store other, long seed, int steps) {
    try (StoreBench left = new StoreBench(one);
        StoreBench right = new StoreBench(other)) {
      RandomCalls leftCalls = new RandomCalls(left, seed, () -> {});
      RandomCalls rightCalls = new RandomCalls(right, seed, () -> {});
      for (int step = 0; step < steps; step++) {
        Object leftAnswer = leftCalls.next().get();
        Object rightAnswer = rightCalls.next().get();
        String place = "seed " + seed + ", step " + step;
        assertThat(rightAnswer).as("answer, %s", place).isEqualTo(leftAnswer);
        if (step % LOOK_EVERY != LOOK_EVERY - 1 && step != steps - 1) {
          continue;
        }
        List<String> leftPicture = StorePicture.of(left);
        List<String> rightPicture = StorePicture.of(right);
        if (!rightPicture.equals(leftPicture)) {
          throw new AssertionError(
              place
                  + ", only the first has\n"
                  + without(leftPicture, rightPicture)
                  + "\nand only the second\n"
                  + without(rightPicture, leftPicture));
        }
      }
    }
  }

  private static String without(List<String> lines, List<String> others) {
    Set<String> known = new HashSet<>(others);
    return lines.stream()
        .filter(line -> !known.contains(line))
        .limit(20)
        .collect(Collectors.joining("\n"));
  }
}
