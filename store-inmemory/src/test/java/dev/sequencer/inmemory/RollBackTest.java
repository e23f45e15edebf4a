package dev.sequencer.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.tck.store.RandomCalls;
import dev.sequencer.tck.store.StoreBench;
import dev.sequencer.tck.store.StorePicture;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random calls, each first with a function that throws somewhere: then nothing has changed. */
final class RollBackTest {
  private int calls;
  private int fuse = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aCallThatThrowsHasChangedNothing(long seed) {
    Random random = new Random(seed);
    int thrown = 0;
    try (StoreBench bench = new StoreBench(InMemoryStore.create())) {
      RandomCalls randomCalls = new RandomCalls(bench, seed, this::tick);
      for (int step = 0; step < 400; step++) {
        Supplier<Object> call = randomCalls.next();
        List<String> before = StorePicture.of(bench);
        if (fails(call, random.nextInt(4))) {
          thrown++;
          assertThat(StorePicture.of(bench)).as("seed %d, step %d", seed, step).isEqualTo(before);
          assertThat(call.get()).isNotNull();
        }
      }
    }
    assertThat(thrown).as("seed %d", seed).isGreaterThan(100);
  }

  private boolean fails(Supplier<Object> call, int at) {
    calls = 0;
    fuse = at;
    try {
      return call.get() == null;
    } catch (FuseBlown e) {
      return true;
    } finally {
      fuse = Integer.MAX_VALUE;
    }
  }

  /** Throws at the call that the fuse names. */
  private void tick() {
    if (calls++ == fuse) {
      throw new FuseBlown();
    }
  }

  /** What a function throws when its turn has come. */
  private static final class FuseBlown extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
