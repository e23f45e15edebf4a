package dev.sequencer.tck.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection of a test server: lines in, bytes out, TLS, and three ways to end it. */
final class SmtpWire {
  /** A line was longer than allowed; the rest of it was read away. */
  static final class LineTooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final Socket raw;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  SmtpWire(Socket raw) throws IOException {
    this.raw = raw;
    this.socket = raw;
    this.in = new BufferedInputStream(raw.getInputStream());
    this.out = raw.getOutputStream();
    raw.setTcpNoDelay(true);
  }

  /** Switches to TLS as the server; what the client sent ahead in clear is thrown away. */
  void upgrade(SSLContext context) throws IOException {
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, null, 0, true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    socket = tls;
    in = new BufferedInputStream(tls.getInputStream());
    out = tls.getOutputStream();
  }

  boolean isTls() {
    return socket instanceof SSLSocket;
  }

  void write(String bytes) throws IOException {
    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  int read() throws IOException {
    return in.read();
  }

  /**
   * Reads a line of at most so many bytes without its end, as UTF-8 when it is that, else as ISO
   * 8859-1; empty at EOF.
   */
  Optional<String> readLine(int longest) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    int read = in.read();
    if (read < 0) {
      return Optional.empty();
    }
    boolean tooLong = false;
    while (read >= 0 && read != '\n') {
      if (line.size() <= longest) {
        line.write(read);
      } else {
        tooLong = true;
      }
      read = in.read();
    }
    if (tooLong) {
      throw new LineTooLong();
    }
    return Optional.of(decode(line.toByteArray()));
  }

  private static String decode(byte[] bytes) {
    int length =
        bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
  }

  /** Waits until the client closes; what it sends is thrown away. */
  void drain() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** Closes in order (FIN). */
  void close() {
    closeQuietly(raw);
  }

  /** Resets: SO_LINGER 0 makes the close an RST, on the raw socket so that TLS cannot say bye. */
  void reset() {
    try {
      raw.setSoLinger(true, 0);
    } catch (IOException alreadyClosed) {
      return;
    }
    closeQuietly(raw);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // it is gone either way
    }
  }
}
