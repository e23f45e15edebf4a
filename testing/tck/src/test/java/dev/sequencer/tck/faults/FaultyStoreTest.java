package dev.sequencer.tck.faults;

import static dev.sequencer.tck.faults.Times.always;
import static dev.sequencer.tck.faults.Times.nth;
import static dev.sequencer.tck.faults.Times.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.HostTransaction;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.StoreViews;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyStoreTest {
  private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

  private final List<String> done = new ArrayList<>();
  private final FaultyStore store = FaultyStore.around(setup -> plain());
  private final StoreHandle handle = store.open(new StoreSetup(() -> NOW, "test"));

  /** A handle that writes down what is done with it. */
  private StoreHandle plain() {
    return (StoreHandle)
        Proxy.newProxyInstance(
            StoreHandle.class.getClassLoader(),
            new Class<?>[] {StoreHandle.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "now" -> {
                  return NOW;
                }
                case "views" -> {
                  return views();
                }
                case "join" -> {
                  return plain();
                }
                default -> {
                  done.add(method.getName());
                  return method.getReturnType() == long.class ? 7L : null;
                }
              }
            });
  }

  private StoreViews views() {
    return (StoreViews)
        Proxy.newProxyInstance(
            StoreViews.class.getClassLoader(),
            new Class<?>[] {StoreViews.class},
            (proxy, method, arguments) -> {
              done.add("views." + method.getName());
              return List.of();
            });
  }

  @Test
  void doesWhatTheStoreDoesWithoutFaults() {
    assertThat(handle.definitions()).isEqualTo(7);
    assertThat(handle.now()).isEqualTo(NOW);
    assertThat(handle.views().heads()).isEmpty();
    assertThat(store.calls()).containsExactly("definitions", "views.heads");
    assertThat(store.calls("definitions")).isEqualTo(1);
    assertThat(store.calls(FaultyStore.ANY)).isEqualTo(2);
  }

  @Test
  void failsBeforeACallWithoutDoingIt() {
    store.failBefore("definitions", times(1));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(handle::definitions)
        .withMessageContaining("definitions")
        .matches(StoreException::isTransient);
    assertThat(done).isEmpty();
    assertThat(handle.definitions()).isEqualTo(7);
  }

  @Test
  void losesTheAnswerOfACallThatWasDone() {
    store.failAfter("definitions", times(1));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(handle::definitions)
        .withMessageContaining("outcome is unknown");
    assertThat(done).containsExactly("definitions");
  }

  @Test
  void throwsWhatTheTestWants() {
    store
        .failBefore("position", always(), () -> new IllegalStateException("mine"))
        .failAfter("definitions", always(), () -> new IllegalStateException("mine too"));

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(handle::position).hasMessage("mine");
      assertThatThrownBy(handle::definitions).hasMessage("mine too");
    }
    assertThat(done).containsOnly("definitions").hasSize(3);
  }

  @Test
  void countsTheCallsFromWhenAFaultWasWrittenDown() {
    handle.definitions();
    store.failBefore("definitions", nth(2));

    handle.definitions();
    assertThatThrownBy(handle::definitions).isInstanceOf(StoreException.class);
    handle.definitions();
    assertThat(done).hasSize(3);
  }

  @Test
  void endsAnEngineForGoodAndLeavesOthersAlone() {
    StoreHandle other = store.open(new StoreSetup(() -> NOW, "other"));
    store.crashBefore("definitions", times(1));

    assertThatThrownBy(handle::definitions).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(handle::position).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(() -> handle.views().heads()).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(handle::now).isInstanceOf(SimulatedCrash.class);
    assertThat(done).isEmpty();
    assertThat(other.definitions()).isEqualTo(7);
    handle.close();
    assertThat(done).containsExactly("definitions", "close");
  }

  @Test
  void endsAnEngineAfterACallThatWasDone() {
    store.crashAfter("definitions", times(1));

    assertThatThrownBy(handle::definitions).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(handle::position).isInstanceOf(SimulatedCrash.class);
    assertThat(done).containsExactly("definitions");
  }

  @Test
  void runsCodeBeforeAndAfterACall() {
    store
        .onCall("definitions", () -> done.add("before"))
        .afterCall("definitions", times(1), () -> done.add("after"));

    handle.definitions();
    handle.definitions();
    assertThat(done).containsExactly("before", "definitions", "after", "before", "definitions");
  }

  @Test
  void allowsCodeToCallTheStoreAgain() {
    store.onCall("position", times(1), handle::definitions);

    handle.position();
    assertThat(store.calls()).containsExactly("position", "definitions");
    assertThat(done).containsExactly("definitions", "position");
  }

  @Test
  void strikesAtAnyCallButNeverAtTheClockOrTheEnd() {
    store.failBefore(FaultyStore.ANY, nth(2));

    assertThat(handle.now()).isEqualTo(NOW);
    handle.definitions();
    assertThatThrownBy(() -> handle.views().heads()).isInstanceOf(StoreException.class);
    store.failBefore(FaultyStore.ANY, always());
    assertThat(handle.now()).isEqualTo(NOW);
    handle.close();
  }

  @Test
  void coversWhatJoinsATransaction() {
    store.failBefore("definitions", times(1));
    StoreHandle joined = handle.join(new HostTransaction() {});

    assertThatThrownBy(joined::definitions).isInstanceOf(StoreException.class);
  }

  @Test
  void forgetsFaultsWhenHealed() {
    store.failBefore("definitions", always()).heal();
    assertThat(handle.definitions()).isEqualTo(7);
  }

  @Test
  void knowsTheNamesOfCalls() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.failBefore("compleet", times(1)))
        .withMessageContaining("'compleet'")
        .withMessageContaining("complete")
        .withMessageContaining("views.ledger");
  }

  @Test
  void refusesTimesThatNeverCome() {
    assertThatIllegalArgumentException().isThrownBy(() -> times(0));
    assertThatIllegalArgumentException().isThrownBy(() -> nth(0));
  }
}
