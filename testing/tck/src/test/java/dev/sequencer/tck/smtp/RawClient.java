package dev.sequencer.tck.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The plainest client there is: sends what it is told, gives what comes. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(2_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a line and gives the whole reply. */
  String say(String line) throws IOException {
    send(line + "\r\n");
    return reply();
  }

  void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives a reply with its lines joined by a bar; {@code EOF} when the server closed. */
  String reply() throws IOException {
    StringBuilder reply = new StringBuilder();
    while (true) {
      String line = line();
      if (line.equals("EOF")) {
        return reply + "EOF";
      }
      reply.append(line);
      if (line.length() < 4 || line.charAt(3) != '-') {
        return reply.toString();
      }
      reply.append('|');
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return line + "EOF";
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /** Goes through a session up to the reply to DATA. */
  String untilData() throws IOException {
    reply();
    say("EHLO me");
    say("MAIL FROM:<ann@acme.example> SIZE=10");
    say("RCPT TO:<bo@example.com>");
    return say("DATA");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
