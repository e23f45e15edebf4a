package dev.sequencer.inmemory;

import dev.sequencer.spi.store.MemoryStoreProvider;
import dev.sequencer.spi.store.Store;

/** Gives {@link InMemoryStore}s to who knows the API only. */
public final class InMemoryStores implements MemoryStoreProvider {
  /** Made by {@link java.util.ServiceLoader}. */
  public InMemoryStores() {}

  @Override
  public Store create() {
    return InMemoryStore.create();
  }
}
