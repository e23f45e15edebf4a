package dev.sequencer.jdbc;

import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends StoreContract {
  @TempDir private Path folder;

  @Override
  protected Store create() {
    return JdbcStore.sqlite(folder.resolve("mail.db"));
  }

  @Override
  protected Store reopen(Store closed) {
    return JdbcStore.sqlite(folder.resolve("mail.db"));
  }
}
