package dev.sequencer.files;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a configuration keeps everything. Further kinds may come: a {@code switch} over them needs
 * a default.
 */
public sealed interface StoreSettings {
  /** In memory, until the process ends: the default. */
  record Memory() implements StoreSettings {}

  /**
   * In a SQLite file.
   *
   * @param file the file, resolved against the folder of the configuration
   */
  record Sqlite(Path file) implements StoreSettings {
    /** Checks that it is there. */
    public Sqlite {
      Objects.requireNonNull(file, "file");
    }
  }
}
