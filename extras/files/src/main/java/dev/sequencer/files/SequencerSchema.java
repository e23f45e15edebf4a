package dev.sequencer.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON Schema (draft 2020-12) of configurations and sequence files, for editors. It lies in the
 * jar as {@code dev/sequencer/files/sequencer.schema.json}.
 *
 * <p>It sees unknown and missing fields, wrong types and wrong words; what needs more than one look
 * (names that fit each other, delays, zones, variables) the reader alone sees. Whatever the reader
 * takes, the schema takes.
 */
public final class SequencerSchema {
  private static final String RESOURCE = "sequencer.schema.json";

  private SequencerSchema() {}

  /** Gives the schema as JSON text, to be written to a file for an editor. */
  public static String text() {
    try (InputStream in = SequencerSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar has lost its " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
