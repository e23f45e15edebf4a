package dev.sequencer.tck.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An SMTP server that runs as a process of its own and outlives the killing of its clients: each
 * mail is on the disk (fsync) before its 250. {@link RecordingSmtpProcess} starts it from a test.
 *
 * <pre>{@code java -cp ... dev.sequencer.tck.smtp.RecordingSmtpServer FOLDER [PORT]}</pre>
 *
 * It prints {@code PORT n} as its only line, serves many connections at once in clear and without
 * login, and stops when its standard input is closed, so that it never outlives its test.
 */
public final class RecordingSmtpServer {
  /** What stands before the port on the line that it prints. */
  static final String PORT_LINE = "PORT ";

  private RecordingSmtpServer() {}

  /**
   * Runs the server.
   *
   * @param arguments the folder, which is made when it is missing, and optionally the port
   * @throws IOException when the folder cannot be used
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 1 || arguments.length > 2) {
      throw new IllegalArgumentException(
          "usage: RecordingSmtpServer FOLDER [PORT], but there are "
              + arguments.length
              + " arguments");
    }
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int port = arguments.length == 2 ? Integer.parseInt(arguments[1]) : 0;
    AtomicLong next = new AtomicLong(RecordedMail.nextNumber(folder));
    try (ScriptedSmtpServer server =
        ScriptedSmtpServer.builder()
            .port(port)
            .extension("SIZE " + SmtpSettings.LONGEST_BODY)
            .extension("8BITMIME")
            .extension("SMTPUTF8")
            .keepingAtMost(0)
            .sink(mail -> RecordedMail.write(folder, next.getAndIncrement(), mail))
            .start()) {
      announce(System.out, server.port());
      waitForEndOfInput();
    }
  }

  private static void announce(PrintStream out, int port) {
    out.println(PORT_LINE + port);
    out.flush();
  }

  private static void waitForEndOfInput() throws IOException {
    System.in.transferTo(OutputStream.nullOutputStream());
  }
}
