package dev.sequencer.benchmarks;

import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.store.Store;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The stores that are measured. */
enum StoreKind {
  MEMORY {
    @Override
    Opened open(Report report) {
      return new Opened(InMemoryStore.create(), () -> 0, () -> {}, () -> {});
    }
  },
  SQLITE {
    @Override
    Opened open(Report report) {
      Scratch scratch = new Scratch();
      return new Opened(
          JdbcStore.sqlite(scratch.file("engine.db")), scratch::size, () -> {}, scratch::close);
    }
  };

  /** Makes an empty store and whatever it needs. */
  abstract Opened open(Report report);

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A store with what is behind it.
   *
   * @param disk gives its size on the disk; 0 when it is on none
   * @param settled brings it into the state in which one that runs would be
   * @param end removes it
   */
  record Opened(Store store, LongSupplier disk, Runnable settled, Runnable end)
      implements AutoCloseable {
    long bytes() {
      return disk.getAsLong();
    }

    void settle() {
      settled.run();
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
