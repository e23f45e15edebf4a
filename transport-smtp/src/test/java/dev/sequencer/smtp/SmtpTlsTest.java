package dev.sequencer.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.Credential;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.smtp.SmtpAction;
import dev.sequencer.tck.smtp.SmtpMoment;
import dev.sequencer.tck.transport.TestMails;
import dev.sequencer.tck.transport.TestPermit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SmtpTlsTest {
  private static final Credential PASSWORD = new Credential.Password("ann", "secret");

  @Test
  void startTlsIsRequiredUnlessAnythingElseIsSaid() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().auth("PLAIN").start();
        SmtpTransport transport = SmtpTransport.to(server.host(), server.port())) {
      SendResult result =
          transport.send(TestMails.from(Servers.mailbox(PASSWORD), 1), TestPermit.granting());
      assertThat(result.kind()).contains(Kind.LOGIN);
      assertThat(result.text())
          .startsWith("STARTTLS is required, but localhost:")
          .endsWith("does not offer it: use tls() or, where nobody listens, plaintext()");
      assertThat(server.logins()).isEmpty();
      assertThat(server.acceptedCount()).isZero();
    }
  }

  @Test
  void loginAndMailGoOverStartTls() throws Exception {
    try (ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().startTls().auth("PLAIN").requiresLogin().start();
        SmtpTransport transport = Servers.patient(server).starttls().trusting(server.trust())) {
      assertSent(transport, server);
      assertThat(server.awaitCommands(SmtpMoment.STARTTLS, 1, Servers.LONG)).isTrue();
      assertThat(server.awaitCommands(SmtpMoment.EHLO, 2, Servers.LONG)).isTrue();
    }
  }

  @Test
  void loginAndMailGoOverTlsFromTheFirstByte() throws Exception {
    try (ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().implicitTls().auth("PLAIN").requiresLogin().start();
        SmtpTransport transport = Servers.patient(server).tls().trusting(server.trust())) {
      assertSent(transport, server);
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsNotTalkedTo() throws Exception {
    try (ScriptedSmtpServer starttls = ScriptedSmtpServer.builder().startTls().start();
        ScriptedSmtpServer implicit = ScriptedSmtpServer.builder().implicitTls().start()) {
      assertNoTls(Servers.patient(starttls).starttls());
      assertNoTls(Servers.patient(implicit).tls());
      assertThat(starttls.acceptedCount() + implicit.acceptedCount()).isZero();
    }
  }

  @Test
  void aCertificateForAnotherNameIsNotTalkedTo() throws Exception {
    try (ScriptedSmtpServer starttls =
            ScriptedSmtpServer.builder().startTls().certificateFor("mail.evil.example").start();
        ScriptedSmtpServer implicit =
            ScriptedSmtpServer.builder()
                .implicitTls()
                .certificateFor("mail.evil.example")
                .start()) {
      assertNoTls(Servers.patient(starttls).starttls().trusting(starttls.trust()));
      assertNoTls(Servers.patient(implicit).tls().trusting(implicit.trust()));
    }
  }

  @Test
  void aStartTlsThatIsRefusedOrBreaksHandsNothingOver() throws Exception {
    for (SmtpAction action :
        new SmtpAction[] {
          SmtpAction.reply(454, "4.7.0 TLS not available now"),
          SmtpAction.drop(),
          SmtpAction.reset(),
          SmtpAction.raw("220 go ahead\r\nnot TLS at all\r\n").then(SmtpAction.drop())
        }) {
      try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().startTls().start();
          SmtpTransport transport = Servers.patient(server).starttls().trusting(server.trust())) {
        server.next(SmtpMoment.STARTTLS, action);
        SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
        assertThat(result.outcome()).as("%s", action).isEqualTo(Outcome.NOT_HANDED_OVER);
        assertThat(server.acceptedCount()).isZero();
      }
    }
  }

  @Test
  void extensionsThatWereOfferedInClearAreForgottenWhenEhloFailsAfterwards() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().startTls().auth("PLAIN").start();
        SmtpTransport transport = Servers.patient(server).starttls().trusting(server.trust())) {
      server.next(SmtpMoment.EHLO, SmtpAction.standard(), SmtpAction.reply(502, "5.5.1 no"));
      SendResult result = transport.connect(Servers.mailbox(PASSWORD)).orElseThrow();
      assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
      assertThat(server.logins()).isEmpty();
    }
  }

  @Test
  void aServerWithoutTlsOnATlsPortHandsNothingOver() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      assertNoTls(Servers.patient(server).tls());
    }
  }

  private static void assertSent(SmtpTransport transport, ScriptedSmtpServer server)
      throws InterruptedException {
    SendResult result =
        transport.send(TestMails.from(Servers.mailbox(PASSWORD), 1), TestPermit.granting());
    assertThat(result.outcome()).as(result.text()).isEqualTo(Outcome.SENT);
    assertThat(server.acceptedCount()).isEqualTo(1);
    assertThat(server.accepted().get(0).text()).contains("This is mail 1.\r\n");
  }

  private static void assertNoTls(SmtpTransport transport) throws InterruptedException {
    SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
    assertThat(result.outcome()).as(result.text()).isEqualTo(Outcome.NOT_HANDED_OVER);
    assertThat(result.text()).startsWith("TLS with localhost:");
    transport.close();
  }
}
