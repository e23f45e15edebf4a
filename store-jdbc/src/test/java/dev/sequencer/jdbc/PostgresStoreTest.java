package dev.sequencer.jdbc;

import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.store.StoreContract;

final class PostgresStoreTest extends StoreContract {
  private static final PostgresServer SERVER = PostgresServer.shared();
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
}
