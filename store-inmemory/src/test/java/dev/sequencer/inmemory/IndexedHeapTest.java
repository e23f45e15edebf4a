package dev.sequencer.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexedHeapTest {
  private static final Comparator<Thing> ORDER =
      Comparator.<Thing>comparingLong(thing -> thing.order)
          .thenComparingLong(thing -> thing.number);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverIsAddedAndTakenAwayTheFirstIsTheSmallest(long seed) {
    Random random = new Random(seed);
    IndexedHeap<Thing> heap = new IndexedHeap<>();
    TreeSet<Thing> model = new TreeSet<>(ORDER);
    List<Thing> in = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      if (in.isEmpty() || random.nextInt(5) < 3) {
        Thing thing = new Thing(i);
        heap.add(thing, random.nextInt(50));
        model.add(thing);
        in.add(thing);
      } else {
        Thing gone = in.remove(random.nextInt(in.size()));
        model.remove(gone);
        heap.remove(gone);
      }
      assertThat(heap.isEmpty()).as("seed %d, step %d", seed, i).isEqualTo(model.isEmpty());
      if (!model.isEmpty()) {
        assertThat(heap.first()).as("seed %d, step %d", seed, i).isSameAs(model.first());
      }
    }
    List<Thing> drained = new ArrayList<>();
    while (!heap.isEmpty()) {
      drained.add(heap.poll());
    }
    assertThat(drained).containsExactlyElementsOf(model);
  }

  @Test
  void theFirstIsGivenUpToItsOrderOnly() {
    IndexedHeap<Thing> heap = new IndexedHeap<>();
    assertThat(heap.firstUpTo(Long.MAX_VALUE)).isEmpty();
    Thing thing = new Thing(1);
    heap.add(thing, 7);
    assertThat(heap.firstUpTo(6)).isEmpty();
    assertThat(heap.firstUpTo(7)).containsSame(thing);
  }

  private static final class Thing extends IndexedHeap.Item {
    Thing(long number) {
      super(number);
    }
  }
}
