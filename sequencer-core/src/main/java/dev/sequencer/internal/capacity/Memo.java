package dev.sequencer.internal.capacity;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers some results of a pure function that is asked for few keys again and again. Safe for
 * use by several threads: entries are immutable, so that one that races with another at worst
 * calculates a result twice.
 */
final class Memo<K, V> {
  private static final int SLOTS = 256;

  private final Function<K, V> function;
  private final @Nullable Entry<K, V>[] slots;

  @SuppressWarnings("unchecked")
  Memo(Function<K, V> function) {
    this.function = function;
    this.slots = (@Nullable Entry<K, V>[]) new Entry<?, ?>[SLOTS];
  }

  V of(K key) {
    int hash = key.hashCode();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    Entry<K, V> known = slots[slot];
    if (known != null && known.key().equals(key)) {
      return known.value();
    }
    V value = function.apply(key);
    slots[slot] = new Entry<>(key, value);
    return value;
  }

  private record Entry<K, V>(K key, V value) {}
}
