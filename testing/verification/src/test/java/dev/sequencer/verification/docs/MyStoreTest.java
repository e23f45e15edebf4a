package dev.sequencer.verification.docs;

import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.store.StoreContract;

final class MyStoreTest extends StoreContract {
  @Override
  protected Store create() {
    return InMemoryStore.create();
  }
}
