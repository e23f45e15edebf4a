package dev.sequencer.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps each mail as an {@code .eml} file, byte for byte as it came over the wire. */
class FolderMailroom implements Mailroom {
  private static final Pattern MESSAGE_ID =
      Pattern.compile("(?im)^Message-ID:[ \t]*(?:\r\n[ \t]+)?(<[^>\r\n]+>)");
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final InstantSource clock;
  private final List<ArrivedMail> arrived = new ArrayList<>();

  /** Makes one over a folder that is there; the clock names the files. */
  FolderMailroom(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public void keep(byte[] bytes, String recipient) throws IOException {
    Instant at = clock.instant();
    Matcher id = MESSAGE_ID.matcher(header(bytes));
    String messageId = id.find() ? id.group(1) : "";
    synchronized (arrived) {
      Path file = folder.resolve(fileName(arrived.size() + 1, at, recipient));
      Files.write(file, bytes);
      arrived.add(new ArrivedMail(messageId, recipient, at, file));
    }
  }

  @Override
  public List<ArrivedMail> arrived() {
    synchronized (arrived) {
      return List.copyOf(arrived);
    }
  }

  /** Headers are ASCII; whatever a body is in does not matter for finding one of them. */
  private static String header(byte[] bytes) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = all.indexOf("\r\n\r\n");
    return end < 0 ? all : all.substring(0, end);
  }

  private static String fileName(int number, Instant at, String recipient) {
    return String.format(
        Locale.ROOT,
        "%03d_%s_%s.eml",
        number,
        FILE_TIME.format(at),
        recipient.replaceAll("[^A-Za-z0-9@.+-]", "_"));
  }
}
