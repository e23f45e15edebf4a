package dev.sequencer.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A PgBouncer in transaction mode in front of a server, with two connections to it. */
final class PgBouncer implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/sbin/pgbouncer"),
          Path.of("/usr/bin/pgbouncer"),
          Path.of("/usr/local/bin/pgbouncer"),
          Path.of("/opt/homebrew/bin/pgbouncer"));

  private static final Pattern VERSION = Pattern.compile("PgBouncer 1\\.(\\d+)");

  private final Process process;
  private final int port;

  private PgBouncer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return places().findFirst().isPresent();
  }

  /** Says whether it can keep statements that drivers prepare, as 1.21 and newer do. */
  static boolean keepsStatements() {
    try {
      Process asked =
          new ProcessBuilder(places().findFirst().orElseThrow().toString(), "--version").start();
      Matcher version =
          VERSION.matcher(
              new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      return version.find() && Integer.parseInt(version.group(1)) >= 21;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> places() {
    return PLACES.stream().filter(Files::isExecutable);
  }

  /** Starts one; each transaction gets the connection that was used least recently. */
  static PgBouncer before(int server) {
    try {
      int port = freePort();
      Path configuration = Files.createTempFile("pgbouncer", ".ini");
      configuration.toFile().deleteOnExit();
      Files.writeString(
          configuration,
          """
          [databases]
          postgres = host=127.0.0.1 port=%d user=postgres
          [pgbouncer]
          listen_addr = 127.0.0.1
          listen_port = %d
          unix_socket_dir =
          auth_type = any
          pool_mode = transaction
          default_pool_size = 2
          server_round_robin = 1
          ignore_startup_parameters = extra_float_digits
          """
              .formatted(server, port));
      List<String> command = new ArrayList<>();
      command.add(places().findFirst().orElseThrow().toString());
      if (System.getProperty("user.name").equals("root")) {
        // It refuses to run as root.
        command.add("-u");
        command.add("nobody");
      }
      command.add(configuration.toString());
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      awaitUp(process);
      return new PgBouncer(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Reads what it says until it is up, and drops the rest. */
  private static void awaitUp(Process process) throws IOException {
    List<String> said = new ArrayList<>();
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      if (line.contains("process up")) {
        Thread drain = new Thread(() -> drop(lines), "drops what pgbouncer says");
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
    throw new IllegalStateException("pgbouncer did not start: " + String.join("\n", said));
  }

  private static void drop(BufferedReader lines) {
    try {
      while (lines.readLine() != null) {
        // Read, so that it never waits for a reader.
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  /** Gives the JDBC address of the server through it, without a user. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
