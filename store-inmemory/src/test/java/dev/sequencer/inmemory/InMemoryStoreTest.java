package dev.sequencer.inmemory;

import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.store.StoreContract;

final class InMemoryStoreTest extends StoreContract {
  @Override
  protected Store create() {
    return InMemoryStore.create();
  }
}
