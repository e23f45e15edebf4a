package dev.sequencer.inmemory;

import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import java.security.SecureRandom;

/**
 * A real store for one process: everything is kept in memory and gone when the process ends.
 * Several engines of the process may open one store. Safe for use by several threads; calls run one
 * after another. Transactions of a host cannot be joined: {@code join} throws {@link
 * IllegalStateException}.
 */
public final class InMemoryStore implements Store {
  private static final int KEY_BYTES = 16;

  private final Memory memory = new Memory();
  private final byte[] messageKey;

  private InMemoryStore(byte[] messageKey) {
    this.messageKey = messageKey;
  }

  /**
   * Gives an empty store. Its message key is random, the one thing by chance, so that no two stores
   * make the same Message-ID.
   */
  public static InMemoryStore create() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new InMemoryStore(key);
  }

  /**
   * Gives an empty store with a message key of its own, for tests and forecasts.
   *
   * @throws IllegalArgumentException when it has other than 16 bytes
   */
  public static InMemoryStore withKey(byte[] messageKey) {
    if (messageKey.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "a message key must have "
              + KEY_BYTES
              + " bytes, but has "
              + messageKey.length
              + ": hand in the one of the store that is copied");
    }
    return new InMemoryStore(messageKey.clone());
  }

  @Override
  public StoreHandle open(StoreSetup setup) {
    return new Handle(memory, messageKey, setup.clock());
  }
}
