package dev.sequencer.smtp.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connected socket whose every wait ends: at a time-out for each wait, at an overall deadline,
 * and at an interrupt of the thread, while reading as well as while writing and without a thread of
 * its own. A plain socket has none of the last three (a peer that sends a byte now and then keeps
 * it for ever, an interrupt is ignored). TLS is laid over it like over any other.
 *
 * <p>It also counts what was written, so that its user knows whether a byte of the final dot has
 * left, and limits what a peer may send in answer to one command. For one thread at a time.
 */
public final class WireSocket extends Socket {
  private static final int LONGEST_ANSWER = 1024 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final InetAddress peer;
  private final InputStream in = new In();
  private final OutputStream out = new Out();
  private final ByteBuffer readAhead = ByteBuffer.allocate(512).limit(0);
  private Socket top = this;
  private Duration patience;
  private Deadline deadline;
  private long written;
  private int answer;

  private WireSocket(SocketChannel channel, InetAddress peer, Duration patience, Deadline deadline)
      throws IOException {
    this.channel = channel;
    this.peer = peer;
    this.patience = patience;
    this.deadline = deadline;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, 0);
  }

  /**
   * Connects to the first address of a host that answers.
   *
   * @param patience the longest wait for one address
   * @param deadline the end of all waiting
   * @throws IOException when no address answers or the name is unknown
   */
  public static WireSocket connect(String host, int port, Duration patience, Deadline deadline)
      throws IOException {
    IOException last = new SocketTimeoutException("the deadline has passed");
    for (InetAddress address : InetAddress.getAllByName(host)) {
      if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
        break;
      }
      // the name goes along, so that nobody looks it up backwards
      InetAddress named = InetAddress.getByAddress(host, address.getAddress());
      try {
        return connectTo(named, port, patience, deadline);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static WireSocket connectTo(
      InetAddress address, int port, Duration patience, Deadline deadline) throws IOException {
    WireSocket socket = open(address, patience, deadline);
    boolean connected = false;
    try {
      boolean done = socket.channel.connect(new InetSocketAddress(address, port));
      Deadline end = deadline.orIn(patience);
      while (!done) {
        socket.await(SelectionKey.OP_CONNECT, end);
        done = socket.channel.finishConnect();
      }
      socket.channel.socket().setTcpNoDelay(true);
      connected = true;
      return socket;
    } finally {
      if (!connected) {
        socket.close();
      }
    }
  }

  private static WireSocket open(InetAddress address, Duration patience, Deadline deadline)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      return new WireSocket(channel, address, patience, deadline);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Sets how long one wait may take and when all waiting ends. */
  public void limit(Duration newPatience, Deadline newDeadline) {
    patience = newPatience;
    deadline = newDeadline;
  }

  /** Says that TLS was laid over this socket. */
  public void layered(Socket tls) {
    top = tls;
  }

  /** Gives the socket to talk over: the TLS one, once there is one. */
  public Socket top() {
    return top;
  }

  /** Begins a new answer: the peer may send as much as one answer may have. */
  public void expectAnswer() {
    answer = 0;
  }

  /** Gives how many bytes have gone to the operating system, TLS included. */
  public long written() {
    return written;
  }

  /** Says whether the peer is known to have closed or reset; asks without waiting. */
  public boolean peerHasClosed() {
    if (readAhead.hasRemaining()) {
      return false;
    }
    readAhead.clear();
    try {
      int read = channel.read(readAhead);
      return read < 0;
    } catch (IOException reset) {
      return true;
    } finally {
      readAhead.flip();
    }
  }

  private void await(int operation, Deadline end) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    long left = end.left().toNanos();
    if (left <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    if (!selector.isOpen()) {
      throw new SocketException("closed");
    }
    key.interestOps(operation);
    // rounded up, so that the last wait is not a busy one
    selector.select(left / 1_000_000 + 1);
    selector.selectedKeys().clear();
  }

  private final class In extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      int read = 0;
      if (readAhead.hasRemaining()) {
        read = Math.min(count, readAhead.remaining());
        readAhead.get(bytes, from, read);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, count);
      Deadline end = deadline.orIn(patience);
      while (read == 0) {
        read = channel.read(buffer);
        if (read == 0) {
          await(SelectionKey.OP_READ, end);
        }
      }
      answer += Math.max(0, read);
      if (answer > LONGEST_ANSWER) {
        throw new IOException("the peer sent more than " + LONGEST_ANSWER + " bytes at once");
      }
      // also while bytes keep coming: a peer that dribbles is no reason to wait longer
      if (deadline.hasPassed()) {
        throw new SocketTimeoutException("the deadline has passed");
      }
      return read;
    }

    @Override
    public int available() {
      return readAhead.remaining();
    }

    @Override
    public void close() throws IOException {
      WireSocket.this.close();
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, count);
      Deadline end = deadline.orIn(patience);
      while (buffer.hasRemaining()) {
        int now = channel.write(buffer);
        written += now;
        if (now > 0) {
          end = deadline.orIn(patience);
        } else {
          await(SelectionKey.OP_WRITE, end);
        }
      }
    }

    @Override
    public void close() throws IOException {
      WireSocket.this.close();
    }
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public InetAddress getInetAddress() {
    return peer;
  }

  @Override
  public InetAddress getLocalAddress() {
    return channel.socket().getLocalAddress();
  }

  @Override
  public int getPort() {
    return channel.socket().getPort();
  }

  @Override
  public int getLocalPort() {
    return channel.socket().getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return new InetSocketAddress(peer, getPort());
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return new InetSocketAddress(getLocalAddress(), getLocalPort());
  }

  @Override
  public SocketChannel getChannel() {
    return channel;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public boolean isInputShutdown() {
    return isClosed();
  }

  @Override
  public boolean isOutputShutdown() {
    return isClosed();
  }

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** Does nothing: {@link #limit} says how long to wait. */
  @Override
  public synchronized void setSoTimeout(int millis) {}

  @Override
  public synchronized int getSoTimeout() {
    return (int) Math.min(Integer.MAX_VALUE, patience.toMillis());
  }

  @Override
  public int getSoLinger() {
    return -1;
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
    selector.close();
  }

  @Override
  public String toString() {
    return "WireSocket[port=" + getPort() + "]";
  }
}
