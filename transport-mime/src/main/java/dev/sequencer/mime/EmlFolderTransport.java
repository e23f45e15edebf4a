package dev.sequencer.mime;

import dev.sequencer.spi.Found;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.TransportLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes each mail as an {@code .eml} file into a folder instead of sending it: for dry runs, demos
 * and tests. Safe for use by several threads; one process at a time for a folder.
 *
 * <p>A file is named by date, mailbox and Message-ID and is complete or not there. A Message-ID
 * that the folder has already is not written twice. Nothing is flushed to the disk by force: a
 * crash of the machine, not of the process, may lose the newest files.
 */
public final class EmlFolderTransport implements MailTransport {
  private static final TransportLimits LIMITS =
      TransportLimits.of(Duration.ofSeconds(30), Duration.ofSeconds(30));
  private static final String SUFFIX = ".eml";
  private static final int HASH_LENGTH = 24;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Map<String, String> fileByHash = new HashMap<>();
  private boolean read;

  private EmlFolderTransport(Path folder) {
    this.folder = folder;
  }

  /** Gives a transport that writes into this folder, which is made when it is missing. */
  public static EmlFolderTransport into(Path folder) {
    return new EmlFolderTransport(folder);
  }

  @Override
  public TransportLimits limits() {
    return LIMITS;
  }

  /**
   * Writes the mail beside its place and asks the permit before it moves it there.
   *
   * @return sent, with the file's name as the provider's id; refused message; or not handed over
   *     when the permit has expired or the folder cannot be written
   */
  @Override
  public SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException {
    MimeMail bytes;
    try {
      bytes = MimeMail.of(mail);
    } catch (IllegalArgumentException e) {
      return SendResult.refusedMessage("", String.valueOf(e.getMessage()));
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the file was in its place");
    }
    return write(bytes, hash(mail.messageId()), name(mail), permit);
  }

  private synchronized SendResult write(MimeMail mail, String hash, String name, Permit permit) {
    Path part = folder.resolve(hash + ".part");
    try {
      readFolder();
      Files.write(part, mail.bytes());
    } catch (IOException e) {
      return SendResult.notHandedOver("the folder cannot be written: " + reason(e));
    }
    if (!permit.check()) {
      return remove(part, SendResult.notHandedOver("the permit has expired"));
    }
    String existing = fileByHash.get(hash);
    if (existing != null) {
      return remove(part, sent(existing));
    }
    String file = name + "_" + hash + SUFFIX;
    try {
      Files.move(part, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // an atomic move that fails has moved nothing
      return remove(part, SendResult.notHandedOver("the file cannot be moved: " + reason(e)));
    }
    fileByHash.put(hash, file);
    return sent(file);
  }

  private static SendResult sent(String file) {
    return SendResult.sent(
        new Receipt(Optional.empty(), Optional.of(file), Optional.empty(), "written"));
  }

  private static SendResult remove(Path part, SendResult result) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException leftOver) {
      // the next attempt of the same mail writes over it
      return result;
    }
    return result;
  }

  /** Says whether the folder has the mail: it cannot be there later than its attempt. */
  @Override
  public synchronized Found find(Sender sender, SendKey key) {
    try {
      readFolder();
    } catch (IOException e) {
      return Found.CANNOT_TELL;
    }
    String file = fileByHash.get(hash(key.messageId()));
    return file == null
        ? Found.NOT_SENT
        : Found.sent(new Receipt(Optional.empty(), Optional.of(file), Optional.empty(), "written"));
  }

  private void readFolder() throws IOException {
    if (read) {
      return;
    }
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX) && file.length() > HASH_LENGTH + SUFFIX.length())
          .forEach(
              file -> {
                int end = file.length() - SUFFIX.length();
                fileByHash.put(file.substring(end - HASH_LENGTH, end), file);
              });
    }
    read = true;
  }

  private static String name(OutgoingMail mail) {
    String mailbox = mail.sender().address().normalized().replaceAll("[^A-Za-z0-9@.+-]", "_");
    return DATE.format(mail.date()) + "_" + mailbox.substring(0, Math.min(80, mailbox.length()));
  }

  private static String hash(String messageId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(messageId.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_LENGTH / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName();
  }
}
