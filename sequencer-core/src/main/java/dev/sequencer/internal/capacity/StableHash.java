package dev.sequencer.internal.capacity;

/** A hash that is the same in every process, for what must look random and be the same again. */
final class StableHash {

  private StableHash() {}

  /**
   * Gives a number below a bound from a key.
   *
   * @param key a stable key
   * @param index what tells several numbers of one key apart
   * @param bound exclusive, 1 or more
   * @return 0 to {@code bound - 1}
   */
  static long below(String key, long index, long bound) {
    // FNV-1a over the key, then the finalizer of MurmurHash3 to spread it over all bits.
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    hash ^= index * 0x9e3779b97f4a7c15L;
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return Long.remainderUnsigned(hash ^ (hash >>> 33), bound);
  }
}
