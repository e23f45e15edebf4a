package dev.sequencer.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** An SMTP server that accepts whatever comes and throws it away. */
final class SmtpSink implements AutoCloseable {
  private static final int DOT = ('\r' << 24) | ('\n' << 16) | ('.' << 8) | '\r';

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong mails = new AtomicLong();

  SmtpSink() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  String host() {
    return server.getInetAddress().getHostAddress();
  }

  long mails() {
    return mails.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException closed) {
      // Closed on purpose.
    }
  }

  private void serve(Socket connection) {
    try (Socket socket = connection;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 65_536);
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1_024)) {
      socket.setTcpNoDelay(true);
      say(out, "220 sink ready");
      boolean on = true;
      while (on) {
        on = answer(line(in), in, out);
      }
    } catch (IOException cut) {
      // The peer is gone.
    }
  }

  private boolean answer(String line, InputStream in, OutputStream out) throws IOException {
    String verb =
        line.length() < 4 ? line : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
    switch (verb) {
      case "EHLO" -> say(out, "250-sink\r\n250-8BITMIME\r\n250 SIZE 10000000");
      case "DATA" -> {
        say(out, "354 go on");
        body(in);
        mails.incrementAndGet();
        say(out, "250 2.0.0 accepted");
      }
      case "QUIT" -> say(out, "221 bye");
      default -> say(out, "250 2.0.0 ok");
    }
    return !verb.equals("QUIT") && !line.isEmpty();
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      if (c != '\r') {
        line.append((char) c);
      }
      c = in.read();
    }
    return line.toString();
  }

  /** Reads to the line that is a dot. */
  private static void body(InputStream in) throws IOException {
    int last = ('\r' << 8) | '\n';
    int c = in.read();
    while (c >= 0) {
      if (c == '\n' && last == DOT) {
        return;
      }
      last = (last << 8) | c;
      c = in.read();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
