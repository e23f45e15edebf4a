package dev.sequencer.spi.store;

/**
 * Makes stores in memory for who knows the API only, such as the test kit; found through {@link
 * java.util.ServiceLoader}. There is one, in {@code sequencer-store-inmemory}, which comes with the
 * engine.
 */
@FunctionalInterface
public interface MemoryStoreProvider {
  /** Makes an empty store. Engines that share it, or follow each other on it, see the same. */
  Store create();
}
