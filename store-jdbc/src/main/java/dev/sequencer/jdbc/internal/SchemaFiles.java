package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The files of statements that make the tables for one database, each once and in their order.
 *
 * @param folder where they lie in the jar, with a slash at both ends
 * @param names their names; the first makes version 1
 */
public record SchemaFiles(String folder, List<String> names) {
  /** Gives the version that all of them make. */
  public int newest() {
    return names.size();
  }

  /** Gives the name of the file that makes a version. */
  public String name(int version) {
    return names.get(version - 1);
  }

  /** Gives the statements that make a version. */
  public String text(int version) {
    String file = folder + name(version);
    try (InputStream in = SchemaFiles.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(
            "the jar of the store must hold " + file + ", but it does not: build it anew");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks that this program can use a version: one newer than its own is, so that programs can be
   * updated one after another.
   *
   * @param store names what has it
   * @throws StoreException when it is newer still
   */
  public void checkUsable(String store, int stored) {
    if (stored > newest() + 1) {
      throw new StoreException(
          "a schema may be at most one version newer than the program that uses it, but "
              + store
              + " has version "
              + stored
              + " and this program knows version "
              + newest()
              + ": update Sequencer");
    }
  }
}
