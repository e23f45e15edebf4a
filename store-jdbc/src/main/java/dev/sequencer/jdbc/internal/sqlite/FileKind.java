package dev.sequencer.jdbc.internal.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Guesses from its first bytes what a file is that is no database, so that people recognise it. */
final class FileKind {
  private static final int HEAD = 512;

  private FileKind() {}

  static String of(Path file) {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    } catch (IOException e) {
      return "not readable";
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("SQLite format 3\0")) {
      return "an SQLite file that is damaged or encrypted behind its first bytes";
    }
    if (text.startsWith("PK\3\4")) {
      return "a ZIP archive";
    }
    if (text.startsWith("\u001f\u008b")) {
      return "a GZIP archive (unpack a backup first)";
    }
    if (text.startsWith("PGDMP")) {
      return "a dump of PostgreSQL";
    }
    if (text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t')
        && text.chars().noneMatch(c -> c == 127)) {
      return "a text file";
    }
    return "none (a database that is encrypted looks like that too)";
  }
}
