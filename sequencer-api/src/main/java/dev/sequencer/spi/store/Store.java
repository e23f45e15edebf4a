package dev.sequencer.spi.store;

/**
 * Where everything is kept. One object may be opened by several engines of a process; each gets a
 * handle of its own.
 */
@FunctionalInterface
public interface Store {
  /**
   * Opens the store for one engine: makes or checks the schema and the durability of begin.
   *
   * @throws StoreException when the store cannot be used; the message says what to do
   */
  StoreHandle open(StoreSetup setup);
}
