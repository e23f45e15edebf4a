package dev.sequencer.verification.kernel;

import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.postgres.PostgresServer;
import java.nio.file.Path;

/** Where a scenario keeps its state. */
enum Kept {
  IN_MEMORY,
  SQLITE,
  POSTGRES;

  /** Gives an empty store. */
  Store in(Path folder) {
    return in(folder, "store");
  }

  /** Gives an empty store of a name that is new in the folder. */
  Store in(Path folder, String name) {
    return switch (this) {
      case IN_MEMORY -> InMemoryStore.create();
      case SQLITE -> JdbcStore.sqlite(folder.resolve(name + ".db"));
      case POSTGRES -> {
        PostgresServer server = PostgresServer.shared();
        yield JdbcStore.postgres(server.source()).schema(server.emptySchema());
      }
    };
  }
}
