package dev.sequencer.verification.store;

import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.store.StoreComparison;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forecast's store must decide as the host's does. */
class StoresAgreeTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSameCallsGiveTheSameAnswersInMemoryAndOnSqlite(long seed, @TempDir Path folder) {
    StoreComparison.compare(
        InMemoryStore.create(), JdbcStore.sqlite(folder.resolve("store.db")), seed, 200);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSameCallsGiveTheSameAnswersInMemoryAndOnPostgres(long seed) {
    PostgresServer server = PostgresServer.shared();
    StoreComparison.compare(
        InMemoryStore.create(),
        JdbcStore.postgres(server.source()).schema(server.freshSchema()),
        seed,
        200);
  }
}
