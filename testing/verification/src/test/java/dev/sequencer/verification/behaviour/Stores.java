package dev.sequencer.verification.behaviour;

import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The stores on which each behaviour is shown. */
enum Stores {
  IN_MEMORY,
  SQLITE,
  POSTGRES;

  private static final AtomicInteger FILES = new AtomicInteger();

  /** Gives a new, empty store. */
  Store create(Path folder) {
    return switch (this) {
      case IN_MEMORY -> InMemoryStore.create();
      case SQLITE -> JdbcStore.sqlite(folder.resolve(FILES.incrementAndGet() + ".db"));
      case POSTGRES -> {
        PostgresServer server = PostgresServer.shared();
        yield JdbcStore.postgres(server.source()).schema(server.emptySchema());
      }
    };
  }

  /** Begins an engine on a new store. */
  TestSequencerBuilder engine(Path folder) {
    return TestSequencer.builder().store(create(folder));
  }
}
