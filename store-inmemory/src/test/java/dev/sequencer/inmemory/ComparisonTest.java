package dev.sequencer.inmemory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.tck.store.StoreComparison;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The comparison of stores, on stores of which is known whether they differ. */
final class ComparisonTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void twoStoresThatAreCalledTheSameAreTheSame(long seed) {
    StoreComparison.compare(InMemoryStore.create(), InMemoryStore.create(), seed, 300);
  }

  @Test
  void aStoreThatAsksTheGateBackwardsIsNoticed() {
    InMemoryStore plain = InMemoryStore.create();
    Store backwards = setup -> backwards(plain.open(setup));
    assertThatThrownBy(() -> StoreComparison.compare(InMemoryStore.create(), backwards, 1, 300))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 1, step ");
  }

  /** Gives a handle that begins the last row of a call first. */
  private static StoreHandle backwards(StoreHandle plain) {
    return (StoreHandle)
        Proxy.newProxyInstance(
            StoreHandle.class.getClassLoader(),
            new Class<?>[] {StoreHandle.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("begin")
                    ? reversed(plain.begin(reversed((BeginCall) arguments[0])))
                    : method.invoke(plain, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static BeginCall reversed(BeginCall call) {
    return new BeginCall(call.definitions(), reversed(call.rows()), call.capacity());
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }
}
