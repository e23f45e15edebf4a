package dev.sequencer.jdbc.internal.sqlite;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The locks of this process, one for each file, whoever opens it. */
final class WriterLocks {
  private static final Map<Path, WeakReference<WriterLock>> BY_FILE = new HashMap<>();

  private WriterLocks() {}

  /** Gives the lock of a file; kept as long as somebody has it. */
  static WriterLock of(Path file) {
    synchronized (BY_FILE) {
      WeakReference<WriterLock> known = BY_FILE.get(file);
      WriterLock lock = known == null ? null : known.get();
      if (lock == null) {
        BY_FILE.values().removeIf(old -> old.get() == null);
        lock = new WriterLock();
        BY_FILE.put(file, new WeakReference<>(lock));
      }
      return lock;
    }
  }
}
