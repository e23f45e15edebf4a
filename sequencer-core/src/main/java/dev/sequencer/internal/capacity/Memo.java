package dev.sequencer.internal.capacity;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * Remembers some results of a pure function that is asked for few keys again and again. Safe for
 * use by several threads, which at worst calculate a result twice.
 */
final class Memo<K, V> {
  private static final int SLOTS = 256;

  private final Function<K, V> function;
  private final AtomicReferenceArray<Entry<K, V>> slots = new AtomicReferenceArray<>(SLOTS);

  Memo(Function<K, V> function) {
    this.function = function;
  }

  V of(K key) {
    int hash = key.hashCode();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    Entry<K, V> known = slots.get(slot);
    if (known != null && known.key().equals(key)) {
      return known.value();
    }
    V value = function.apply(key);
    slots.set(slot, new Entry<>(key, value));
    return value;
  }

  private record Entry<K, V>(K key, V value) {}
}
