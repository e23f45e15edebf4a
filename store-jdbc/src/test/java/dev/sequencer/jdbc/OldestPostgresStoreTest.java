package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.store.StoreContract;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The same on the oldest version that is supported. */
final class OldestPostgresStoreTest extends StoreContract {
  private static final PostgresServer SERVER =
      PostgresServer.start(Path.of("target", "postgres-oldest.jar"));
  private static final String SCHEMA = SERVER.freshSchema();

  @Override
  protected Store create() {
    SERVER.empty(SCHEMA);
    return store();
  }

  @Override
  protected Store reopen(Store closed) {
    return store();
  }

  private static Store store() {
    return JdbcStore.postgres(SERVER.source()).schema(SCHEMA);
  }

  @Test
  void itIsVersion14() {
    String version =
        Jdbi.create(SERVER.source())
            .withHandle(
                handle -> handle.createQuery("show server_version").mapTo(String.class).one());
    assertThat(version).startsWith("14.");
  }
}
