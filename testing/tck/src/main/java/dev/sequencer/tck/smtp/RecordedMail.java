package dev.sequencer.tck.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mail in the folder of a {@link RecordingSmtpServer}: the envelope as {@code MAIL FROM:<..>} and
 * {@code RCPT TO:<..>} lines, an empty line, then the bytes of the mail.
 */
final class RecordedMail {
  private static final String SUFFIX = ".mail";
  private static final String FROM = "MAIL FROM:<";
  private static final String TO = "RCPT TO:<";

  private RecordedMail() {}

  /** Writes a mail so that a crash leaves all of it or nothing: temporary file, fsync, rename. */
  static void write(Path folder, long number, AcceptedMail mail) throws IOException {
    Path part = folder.resolve(number + ".part");
    byte[] bytes = bytes(mail);
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Path target = folder.resolve(String.format("%09d%s", number, SUFFIX));
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(folder);
  }

  private static byte[] bytes(AcceptedMail mail) {
    StringBuilder envelope = new StringBuilder();
    envelope.append(FROM).append(mail.sender()).append("> ").append(mail.mailParameters());
    envelope.append('\n');
    for (String recipient : mail.recipients()) {
      envelope.append(TO).append(recipient).append(">\n");
    }
    envelope.append('\n');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(envelope.toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(mail.content());
    return out.toByteArray();
  }

  /** Makes the rename durable where folders can be opened (not on Windows). */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notSupportedHere) {
      // the file itself is durable; its name is as durable as the file system makes it
    }
  }

  /** Gives the number after the highest that the folder has, from 1. */
  static long nextNumber(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return 1
          + files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(SUFFIX))
              .mapToLong(name -> Long.parseLong(name.substring(0, name.length() - SUFFIX.length())))
              .max()
              .orElse(0);
    }
  }

  /** Reads all mails of a folder, in the order of acceptance. */
  static List<AcceptedMail> readAll(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .sorted()
          .map(RecordedMail::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("recorded mails must be readable in " + folder, e);
    }
  }

  private static AcceptedMail read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      List<String> envelope = new ArrayList<>();
      int start = 0;
      for (int end = lineEnd(bytes, start); end > start; end = lineEnd(bytes, start)) {
        envelope.add(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        start = end + 1;
      }
      byte[] content = java.util.Arrays.copyOfRange(bytes, start + 1, bytes.length);
      return mail(envelope, content);
    } catch (IOException e) {
      throw new UncheckedIOException("a recorded mail must be readable: " + file, e);
    }
  }

  private static int lineEnd(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private static AcceptedMail mail(List<String> envelope, byte[] content) {
    String first = envelope.get(0);
    int close = first.lastIndexOf('>');
    List<String> recipients =
        envelope.stream()
            .skip(1)
            .map(line -> line.substring(TO.length(), line.length() - 1))
            .toList();
    return new AcceptedMail(
        0,
        first.substring(FROM.length(), close),
        first.substring(close + 1).strip(),
        recipients,
        content);
  }
}
