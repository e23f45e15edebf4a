package dev.sequencer.tck.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a {@link RecordingSmtpServer} with the class path of this JVM and gives its port and its
 * mails. Close it: that closes its standard input, at which it ends. Not thread-safe.
 */
public final class RecordingSmtpProcess implements AutoCloseable {
  private static final long ENDING_SECONDS = 10;

  private final Process process;
  private final Path folder;
  private final int port;

  private RecordingSmtpProcess(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a server that records into the folder, on a free port.
   *
   * @throws IllegalStateException when the process does not come up; the message has its output
   */
  public static RecordingSmtpProcess start(Path folder) {
    return start(folder, 0);
  }

  /** Starts a server like {@link #start(Path)} on that port, 0 for a free one. */
  public static RecordingSmtpProcess start(Path folder, int port) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            RecordingSmtpServer.class.getName(),
            folder.toString(),
            Integer.toString(port));
    builder.redirectErrorStream(true);
    try {
      Process process = builder.start();
      return new RecordingSmtpProcess(process, folder, readPort(process));
    } catch (IOException e) {
      throw new UncheckedIOException("a recording server must start with " + java, e);
    }
  }

  private static int readPort(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(RecordingSmtpServer.PORT_LINE)) {
        return Integer.parseInt(line.substring(RecordingSmtpServer.PORT_LINE.length()).strip());
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException(
        "a recording server must print its port, but ended and said: " + said);
  }

  /** Gives the port on loopback. */
  public int port() {
    return port;
  }

  /** Gives the process id. */
  public long pid() {
    return process.pid();
  }

  /** Gives the mails that are on the disk now, in the order of acceptance. */
  public List<AcceptedMail> mails() {
    return RecordedMail.readAll(folder);
  }

  /** Kills the server (SIGKILL), as a power cut would. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Says whether it runs. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** Closes its standard input and waits for its end; kills it when it stays. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException ignored) {
      // it is dead already
    }
    if (!awaitEnd()) {
      process.destroyForcibly();
    }
  }

  private boolean awaitEnd() {
    try {
      return process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
