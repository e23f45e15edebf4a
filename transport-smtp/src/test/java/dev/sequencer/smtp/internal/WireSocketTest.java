package dev.sequencer.smtp.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WireSocketTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(10);

  private ServerSocket listener;
  private WireSocket wire;
  private Socket peer;

  @BeforeEach
  void connect() throws IOException {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    wire = WireSocket.connect("127.0.0.1", listener.getLocalPort(), LONG, Deadline.in(LONG));
    peer = listener.accept();
  }

  @AfterEach
  void close() throws IOException {
    Thread.interrupted();
    wire.close();
    peer.close();
    listener.close();
  }

  @Test
  void bytesGoBothWays() throws Exception {
    wire.getOutputStream().write("hello".getBytes(US_ASCII));
    assertThat(peer.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
    assertThat(wire.written()).isEqualTo(5);
    peer.getOutputStream().write("bye".getBytes(US_ASCII));
    assertThat(wire.getInputStream().readNBytes(3)).asString().isEqualTo("bye");
    peer.close();
    assertThat(wire.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aReadEndsAtItsTimeoutAndTheSocketGoesOn() throws Exception {
    wire.limit(SHORT, Deadline.in(LONG));
    assertThatThrownBy(() -> wire.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    peer.getOutputStream().write('x');
    wire.limit(LONG, Deadline.in(LONG));
    assertThat(wire.getInputStream().read()).isEqualTo('x');
  }

  @Test
  void aReadEndsAtTheDeadlineThoughBytesKeepComing() throws Exception {
    wire.limit(LONG, Deadline.in(Duration.ZERO));
    peer.getOutputStream().write("abc".getBytes(US_ASCII));
    assertThatThrownBy(() -> wire.getInputStream().readNBytes(3))
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void aWriteEndsAtItsTimeoutWhenThePeerDoesNotRead() {
    wire.limit(SHORT, Deadline.in(LONG));
    assertThatThrownBy(() -> wire.getOutputStream().write(new byte[64 * 1024 * 1024]))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(wire.written()).isPositive().isLessThan(64 * 1024 * 1024);
  }

  @Test
  void anInterruptEndsAReadAndStaysSet() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> wire.getInputStream().read())
        .isInstanceOf(InterruptedIOException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void anInterruptDoesNotKeepWhatCanBeDoneWithoutWaiting() throws Exception {
    Thread.currentThread().interrupt();
    wire.getOutputStream().write('x');
    assertThat(Thread.interrupted()).isTrue();
    assertThat(peer.getInputStream().read()).isEqualTo('x');
  }

  @Test
  void aClosedPeerIsSeenWithoutWaitingAndNothingIsLost() throws Exception {
    assertThat(wire.peerHasClosed()).isFalse();
    peer.getOutputStream().write("late".getBytes(US_ASCII));
    peer.close();
    // the bytes come first; until they are read the end behind them cannot be seen
    while (wire.getInputStream().available() == 0) {
      assertThat(wire.peerHasClosed()).isFalse();
    }
    assertThat(wire.getInputStream().readNBytes(4)).asString().isEqualTo("late");
    assertThat(wire.getInputStream().read()).isEqualTo(-1);
    assertThat(wire.peerHasClosed()).isTrue();
  }

  @Test
  void anAnswerHasAnEnd() throws Exception {
    Thread flood =
        new Thread(
            () -> {
              try {
                while (true) {
                  peer.getOutputStream().write(new byte[64 * 1024]);
                }
              } catch (IOException closed) {
                // the end of the test
              }
            });
    flood.start();
    byte[] buffer = new byte[8 * 1024];
    for (int read = 0; read < 900_000; ) {
      read += wire.getInputStream().read(buffer);
    }
    assertThatThrownBy(
            () -> {
              while (true) {
                wire.getInputStream().read(buffer);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1048576 bytes");
    wire.expectAnswer();
    assertThat(wire.getInputStream().read(buffer)).isPositive();
    wire.close();
    flood.join();
  }

  @Test
  void connectingToNobodyOrNowhereFails() throws Exception {
    listener.close();
    assertThatThrownBy(
            () -> WireSocket.connect("127.0.0.1", listener.getLocalPort(), LONG, Deadline.in(LONG)))
        .isInstanceOf(ConnectException.class);
    assertThatThrownBy(
            () -> WireSocket.connect("no-such-host.invalid", 25, LONG, Deadline.in(LONG)))
        .isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> WireSocket.connect("127.0.0.1", 25, LONG, Deadline.in(Duration.ZERO)))
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void theNameThatWasGivenIsKeptSoThatNobodyLooksItUpBackwards() {
    assertThat(wire.getInetAddress().getHostName()).isEqualTo("127.0.0.1");
  }
}
