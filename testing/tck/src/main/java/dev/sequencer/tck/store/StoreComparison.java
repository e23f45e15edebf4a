package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.Store;
import java.util.List;

/**
 * Calls two stores the same at random and compares every answer and all that can be seen: what a
 * forecast on one store says must be what happens on the other.
 */
public final class StoreComparison {
  private StoreComparison() {}

  /**
   * Makes random calls on two empty stores.
   *
   * @param steps how many calls; the stores are looked at after each
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
        assertThat(rightAnswer).as("answer, seed %d, step %d", seed, step).isEqualTo(leftAnswer);
        List<String> leftPicture = StorePicture.of(left);
        assertThat(StorePicture.of(right))
            .as("picture, seed %d, step %d", seed, step)
            .isEqualTo(leftPicture);
      }
    }
  }
}
