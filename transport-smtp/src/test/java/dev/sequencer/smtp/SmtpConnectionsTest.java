package dev.sequencer.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.Credential;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.spi.Sender;
import dev.sequencer.tck.smtp.AcceptedMail;
import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.smtp.SmtpAction;
import dev.sequencer.tck.smtp.SmtpCommand;
import dev.sequencer.tck.smtp.SmtpMoment;
import dev.sequencer.tck.transport.TestMails;
import dev.sequencer.tck.transport.TestPermit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SmtpConnectionsTest {
  private final ScriptedSmtpServer server = ScriptedSmtpServer.builder().auth("PLAIN").start();
  private SmtpTransport transport = Servers.patient(server);

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  @Test
  void connectOpensWhatTheNextMailGoesOver() throws Exception {
    Sender sender = Servers.mailbox(new Credential.Password("ann", "secret"));
    assertThat(transport.connect(sender)).isEmpty();
    assertThat(transport.connect(sender)).isEmpty();
    assertSent(TestMails.from(sender, 1));
    assertSent(TestMails.from(sender, 2));
    assertThat(server.connectionCount()).isEqualTo(1);
    assertThat(server.logins()).hasSize(1);
  }

  @Test
  void eachMailboxHasAConnectionOfItsOwn() throws Exception {
    Sender ann = Sender.of(EmailAddress.of("ann@acme.example"));
    Sender ben = Sender.of(EmailAddress.of("ben@acme.example"));
    for (int round = 0; round < 3; round++) {
      assertSent(TestMails.from(ann, 2 * round));
      assertSent(TestMails.from(ben, 2 * round + 1));
    }
    assertThat(server.connectionCount()).isEqualTo(2);
    assertThat(server.accepted())
        .allSatisfy(
            mail ->
                assertThat(mail.connection())
                    .isEqualTo(mail.sender().equals("ann@acme.example") ? 1 : 2));
  }

  @Test
  void aConnectionIsReplacedAfterSoManyMails() throws Exception {
    use(transport.maxMailsPerConnection(3));
    for (int i = 1; i <= 7; i++) {
      assertSent(TestMails.mail(i));
    }
    assertThat(server.accepted())
        .extracting(AcceptedMail::connection)
        .containsExactly(1, 1, 1, 2, 2, 2, 3);
  }

  @Test
  void aServerThatClosesAfterSoManyMailsCostsNoMail() throws Exception {
    try (ScriptedSmtpServer own = ScriptedSmtpServer.builder().mailsPerConnection(2).start();
        SmtpTransport other = Servers.patient(own)) {
      for (int i = 1; i <= 5; i++) {
        SendResult result = other.send(TestMails.mail(i), TestPermit.granting());
        assertThat(result.outcome()).as(result.text()).isEqualTo(Outcome.SENT);
      }
      assertThat(own.acceptedCount()).isEqualTo(5);
      assertThat(own.connectionCount()).isEqualTo(3);
    }
  }

  @Test
  void withoutRestEachMailHasAConnectionOfItsOwn() throws Exception {
    use(transport.idle(Duration.ZERO));
    assertSent(TestMails.mail(1));
    assertThat(server.awaitNoConnections(Servers.LONG)).isTrue();
    assertSent(TestMails.mail(2));
    assertThat(server.connectionCount()).isEqualTo(2);
  }

  @Test
  void whatRestedTooLongIsClosedWhenAnotherMailboxSends() throws Exception {
    use(transport.idle(Duration.ofMillis(1)));
    Sender ben = Sender.of(EmailAddress.of("ben@acme.example"));
    CountDownLatch never = new CountDownLatch(1);
    assertSent(TestMails.mail(1));
    assertThat(never.await(5, TimeUnit.MILLISECONDS)).isFalse();
    transport.connect(ben);
    assertThat(never.await(5, TimeUnit.MILLISECONDS)).isFalse();
    transport.connect(ben);
    assertThat(server.awaitCommands(SmtpMoment.QUIT, 2, Servers.LONG)).isTrue();
  }

  @Test
  void aRefusedMailLeavesTheConnectionForTheNext() throws Exception {
    server.next(SmtpMoment.RCPT, SmtpAction.reply(550, "5.1.1 no such user"));
    transport.send(TestMails.mail(1), TestPermit.granting());
    server.next(SmtpMoment.DATA, SmtpAction.reply(451, "later"));
    transport.send(TestMails.mail(2), TestPermit.granting());
    server.next(SmtpMoment.DOT, SmtpAction.reply(554, "5.6.0 bad content"));
    transport.send(TestMails.mail(3), TestPermit.granting());
    assertSent(TestMails.mail(4));
    assertThat(server.connectionCount()).isEqualTo(1);
    assertThat(server.accepted().get(0).recipients()).containsExactly("bo4@example.com");
  }

  @Test
  void aConnectionWhoseResetFailsIsNotUsedAgain() throws Exception {
    server.next(SmtpMoment.RCPT, SmtpAction.reply(550, "5.1.1 no such user"));
    server.next(SmtpMoment.RSET, SmtpAction.reply(500, "what?"));
    SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
    assertThat(result.outcome()).isEqualTo(Outcome.REFUSED_RECIPIENT);
    assertSent(TestMails.mail(2));
    assertThat(server.connectionCount()).isEqualTo(2);
  }

  @Test
  void anAbortedMailClosesTheConnectionWithoutQuit() throws Exception {
    SendResult result = transport.send(TestMails.mail(1), TestPermit.refusing());
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
    assertThat(server.awaitNoConnections(Servers.LONG)).isTrue();
    assertThat(server.commands())
        .extracting(SmtpCommand::moment)
        .contains(SmtpMoment.DATA)
        .doesNotContain(SmtpMoment.DOT, SmtpMoment.QUIT);
  }

  @Test
  void aFailingQuitChangesNoOutcome() throws Exception {
    use(transport.maxMailsPerConnection(1));
    server.always(SmtpMoment.QUIT, SmtpAction.reset());
    assertSent(TestMails.mail(1));
    server.always(SmtpMoment.QUIT, SmtpAction.hang());
    assertSent(TestMails.mail(2));
  }

  @Test
  void closeSaysGoodbyeAndLaterSendsHandNothingOver() throws Exception {
    assertSent(TestMails.mail(1));
    transport.close();
    assertThat(server.awaitCommands(SmtpMoment.QUIT, 1, Servers.LONG)).isTrue();
    assertThat(server.awaitNoConnections(Servers.LONG)).isTrue();
    SendResult late = transport.send(TestMails.mail(2), TestPermit.granting());
    assertThat(late.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
    assertThat(transport.connect(TestMails.mail(1).sender())).isPresent();
    assertThat(server.connectionCount()).isEqualTo(1);
  }

  @Test
  void aConnectionInUseEndsWithItsMailWhenTheTransportCloses() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    server.next(SmtpMoment.DOT, SmtpAction.after(answer).then(SmtpAction.standard()));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<SendResult> sending =
          executor.submit(() -> transport.send(TestMails.mail(1), TestPermit.granting()));
      assertThat(server.awaitCommands(SmtpMoment.DOT, 1, Servers.LONG)).isTrue();
      transport.close();
      answer.countDown();
      assertThat(sending.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.SENT);
      assertThat(server.awaitNoConnections(Servers.LONG)).isTrue();
    } finally {
      executor.shutdownNow();
    }
  }

  private void use(SmtpTransport other) {
    transport.close();
    transport = other;
  }

  private void assertSent(OutgoingMail mail) throws InterruptedException {
    SendResult result = transport.send(mail, TestPermit.granting());
    assertThat(result.outcome()).as(result.text()).isEqualTo(Outcome.SENT);
  }
}
