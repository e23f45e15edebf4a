package dev.sequencer.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.smtp.SmtpAction;
import dev.sequencer.tck.smtp.SmtpMoment;
import dev.sequencer.tck.transport.TestMails;
import dev.sequencer.tck.transport.TestPermit;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every wait ends: by its time-out, by the deadline, by an interrupt. */
@Timeout(60)
class SmtpWaitsTest {
  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  @AfterEach
  void close() {
    executor.shutdownNow();
    server.close();
  }

  @Test
  void aServerThatSaysNothingBeforeTheDotIsLeftAfterTheReadTimeout() throws Exception {
    server.next(SmtpMoment.MAIL, SmtpAction.hang());
    SendResult result = send(Servers.hasty(server));
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
    assertThat(result.text()).contains("SocketTimeoutException");
  }

  @Test
  void aServerThatSaysNothingAfterTheDotIsInDoubtAfterTheAnswerTimeout() throws Exception {
    server.next(SmtpMoment.DOT, SmtpAction.accept().then(SmtpAction.hang()));
    SendResult result = send(Servers.patient(server).answer(Servers.SHORT));
    assertThat(result.outcome()).isEqualTo(Outcome.IN_DOUBT);
  }

  @Test
  void silenceAfterTheDotIsInDoubtOverTlsAsWell() throws Exception {
    try (ScriptedSmtpServer own = ScriptedSmtpServer.builder().startTls().start()) {
      own.next(SmtpMoment.DOT, SmtpAction.accept().then(SmtpAction.hang()));
      SendResult result =
          send(Servers.patient(own).starttls().trusting(own.trust()).answer(Servers.SHORT));
      assertThat(result.outcome()).isEqualTo(Outcome.IN_DOUBT);
      assertThat(own.acceptedCount()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatDribblesIsLeftAtTheDeadlineAlthoughEachReadIsQuick() throws Exception {
    SmtpAction endless = SmtpAction.dribble(250, Duration.ofMillis(5), 100_000);
    server.next(SmtpMoment.RCPT, endless);
    SendResult before = send(Servers.patient(server).handOver(Servers.SHORT));
    assertThat(before.outcome()).isIn(Outcome.DEFERRED, Outcome.NOT_HANDED_OVER);
    server.behave();
    server.next(SmtpMoment.DOT, SmtpAction.accept().then(endless));
    SendResult after = send(Servers.patient(server).answer(Servers.SHORT));
    assertThat(after.outcome()).isEqualTo(Outcome.IN_DOUBT);
  }

  @Test
  void thePermitsTimeIsTheDeadlineWhenItIsShorter() throws Exception {
    server.next(SmtpMoment.GREETING, SmtpAction.hang());
    try (SmtpTransport transport = Servers.patient(server)) {
      SendResult result =
          transport.send(
              TestMails.mail(1), TestPermit.granting().remaining(Duration.ofMillis(100)));
      assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
    }
  }

  @Test
  void aServerThatDoesNotReadABigBodyIsLeftAtTheDeadline() throws Exception {
    server.cutNextBody(0, SmtpAction.after(new java.util.concurrent.CountDownLatch(1)));
    try (SmtpTransport transport = Servers.patient(server).readTimeout(Servers.SHORT)) {
      OutgoingMail big =
          TestMails.with(
              TestMails.mail(1),
              OutgoingMail.Content.ofText("big", "0123456789\n".repeat(2_000_000)));
      TestPermit permit = TestPermit.granting();
      SendResult result = transport.send(big, permit);
      assertThat(result.outcome()).isEqualTo(Outcome.DEFERRED);
      assertThat(permit.asked()).isZero();
    }
  }

  @Test
  void anInterruptWhileWaitingForAReplyBeforeTheDotEndsTheSendAtOnce() throws Exception {
    server.next(SmtpMoment.RCPT, SmtpAction.hang());
    TestPermit permit = TestPermit.granting();
    Future<SendResult> sending = interruptAt(SmtpMoment.RCPT, permit, new AtomicBoolean());
    assertThatThrownBy(() -> sending.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(permit.asked()).isZero();
    assertThat(server.acceptedCount()).isZero();
  }

  @Test
  void anInterruptWhileWaitingForTheAnswerToTheDotIsInDoubtAndStaysSet() throws Exception {
    server.next(SmtpMoment.DOT, SmtpAction.accept().then(SmtpAction.hang()));
    AtomicBoolean interrupted = new AtomicBoolean();
    Future<SendResult> sending = interruptAt(SmtpMoment.DOT, TestPermit.granting(), interrupted);
    assertThat(sending.get(5, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(interrupted).isTrue();
  }

  @Test
  void anInterruptWhileConnectingEndsConnect() throws Exception {
    server.next(SmtpMoment.GREETING, SmtpAction.hang());
    AtomicReference<Thread> thread = new AtomicReference<>();
    try (SmtpTransport transport = Servers.patient(server)) {
      Future<?> connecting =
          executor.submit(
              () -> {
                thread.set(Thread.currentThread());
                return transport.connect(TestMails.mail(1).sender());
              });
      assertThat(server.awaitConnections(1, Servers.LONG)).isTrue();
      thread.get().interrupt();
      assertThatThrownBy(() -> connecting.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void aPortThatNobodyListensOnHandsNothingOver() throws Exception {
    int port = server.port();
    server.close();
    try (SmtpTransport transport = SmtpTransport.to("127.0.0.1", port).plaintext()) {
      SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
      assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
      assertThat(result.text()).startsWith("connect: 127.0.0.1:" + port + " cannot be reached");
    }
  }

  @Test
  void aHostThatDoesNotExistHandsNothingOver() throws Exception {
    try (SmtpTransport transport = SmtpTransport.to("no-such-host.invalid", 587)) {
      assertThat(transport.connect(TestMails.mail(1).sender()))
          .hasValueSatisfying(
              result -> {
                assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
                assertThat(result.text()).endsWith("cannot be reached: UnknownHostException");
              });
    }
  }

  private Future<SendResult> interruptAt(
      SmtpMoment moment, TestPermit permit, AtomicBoolean stillSet) throws InterruptedException {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<SendResult> sending =
        executor.submit(
            () -> {
              thread.set(Thread.currentThread());
              try (SmtpTransport transport = Servers.patient(server)) {
                SendResult result = transport.send(TestMails.mail(1), permit);
                stillSet.set(Thread.currentThread().isInterrupted());
                return result;
              }
            });
    assertThat(server.awaitCommands(moment, 1, Servers.LONG)).isTrue();
    thread.get().interrupt();
    return sending;
  }

  private static SendResult send(SmtpTransport transport) throws InterruptedException {
    try (transport) {
      return transport.send(TestMails.mail(1), TestPermit.granting());
    }
  }
}
