package dev.sequencer.testkit;

import dev.sequencer.Deliveries;
import dev.sequencer.DeliveryView;
import dev.sequencer.PassReport;
import dev.sequencer.RunScope;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerConfig;
import dev.sequencer.SequencerOperations;
import dev.sequencer.spi.SequencerProvider;
import dev.sequencer.spi.store.MemoryStoreProvider;
import dev.sequencer.spi.store.Store;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stands where the engine is: it keeps what it was made of, and has nothing to do. */
public final class StubEngine implements SequencerProvider {
  static final List<Engine> MADE = new ArrayList<>();

  @Override
  public Sequencer create(SequencerConfig config) {
    Engine engine = new Engine(config);
    MADE.add(engine);
    return engine;
  }

  static Engine newest() {
    return MADE.get(MADE.size() - 1);
  }

  /** Makes stores that nobody opens. */
  public static final class Stores implements MemoryStoreProvider {
    @Override
    public Store create() {
      return setup -> {
        throw new IllegalStateException("a stub opens no store");
      };
    }
  }

  /** An engine that has nothing to do. */
  static final class Engine extends DelegatingSequencer {
    private final SequencerConfig config;
    private int stops;

    private Engine(SequencerConfig config) {
      this.config = config;
    }

    SequencerConfig config() {
      return config;
    }

    int stops() {
      return stops;
    }

    @Override
    public Sequencer engine() {
      throw new IllegalStateException("a stub has no such operation");
    }

    @Override
    public SequencerOperations tenant(String name) {
      return this;
    }

    @Override
    public Deliveries deliveries() {
      return (Deliveries)
          Proxy.newProxyInstance(
              Deliveries.class.getClassLoader(),
              new Class<?>[] {Deliveries.class},
              (proxy, method, arguments) -> Optional.<DeliveryView>empty());
    }

    @Override
    public PassReport runDue(RunScope scope) {
      return new PassReport(config.time().clock().instant(), 0, 0, 0, 0, 0, Optional.empty());
    }

    @Override
    public void stop(Duration grace) {
      stops++;
    }
  }
}
