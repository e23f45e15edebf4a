package dev.sequencer.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.Credential;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.tck.smtp.AcceptedMail;
import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.smtp.SmtpAction;
import dev.sequencer.tck.smtp.SmtpCommand;
import dev.sequencer.tck.smtp.SmtpMoment;
import dev.sequencer.tck.transport.TestMails;
import dev.sequencer.tck.transport.TestPermit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Public bug reports of others, each named with what it is about (MAIL facts, section 7). */
@Timeout(60)
class SmtpReportsTest {
  private ScriptedSmtpServer server = ScriptedSmtpServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void report11AConnectionCutAfterTheDotIsInDoubtAndNothingIsSentAgain() throws Exception {
    server.next(SmtpMoment.DOT, SmtpAction.accept().then(SmtpAction.drop()));
    SendResult result = send(TestMails.mail(1));
    assertThat(result.outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(server.acceptedCount()).isEqualTo(1);
    assertThat(commands(SmtpMoment.DOT)).hasSize(1);
    assertThat(server.connectionCount()).isEqualTo(1);
  }

  @Test
  void report12AServerThatDropsEveryConnectionIsTriedOncePerSend() throws Exception {
    server.always(SmtpMoment.GREETING, SmtpAction.drop());
    try (SmtpTransport transport = Servers.patient(server)) {
      for (int attempt = 1; attempt <= 3; attempt++) {
        SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
        assertThat(server.connectionCount()).isEqualTo(attempt);
      }
    }
  }

  @Test
  void report13AConnectionThatTheServerClosedWhileItRestedIsReplacedOnce() throws Exception {
    List<SmtpAction> farewells =
        List.of(
            SmtpAction.drop(),
            SmtpAction.reply(421, "4.4.2 idle too long"),
            SmtpAction.reply(451, "4.4.2 timeout"),
            SmtpAction.reset());
    try (SmtpTransport transport = Servers.patient(server)) {
      transport.send(TestMails.mail(0), TestPermit.granting());
      int number = 1;
      for (SmtpAction farewell : farewells) {
        server.closeIdleConnections(farewell);
        SendResult result = transport.send(TestMails.mail(number), TestPermit.granting());
        assertThat(result.outcome()).as("%s: %s", farewell, result.text()).isEqualTo(Outcome.SENT);
        number++;
        assertThat(server.acceptedCount()).isEqualTo(number);
        assertThat(server.connectionCount()).isEqualTo(number);
      }
    }
  }

  @Test
  void report13MailAnsweredBy421OrEofOnARestedConnectionGoesOverAFreshOne() throws Exception {
    for (SmtpAction answer :
        List.of(
            SmtpAction.reply(421, "4.4.2 idle").then(SmtpAction.drop()),
            SmtpAction.reply(451, "4.4.2 idle"),
            SmtpAction.drop(),
            SmtpAction.reset())) {
      try (ScriptedSmtpServer own = ScriptedSmtpServer.start();
          SmtpTransport transport = Servers.patient(own)) {
        transport.send(TestMails.mail(0), TestPermit.granting());
        own.next(SmtpMoment.MAIL, answer);
        SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
        assertThat(result.outcome()).as("%s", answer).isEqualTo(Outcome.SENT);
        assertThat(own.acceptedCount()).isEqualTo(2);
        assertThat(own.connectionCount()).isEqualTo(2);
      }
    }
  }

  @Test
  void report13AFreshConnectionThatFailsAtMailIsNotReplacedAgain() throws Exception {
    try (SmtpTransport transport = Servers.patient(server)) {
      transport.send(TestMails.mail(0), TestPermit.granting());
      server.always(SmtpMoment.MAIL, SmtpAction.drop());
      SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
      assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
      assertThat(server.connectionCount()).isEqualTo(2);
    }
  }

  @Test
  void report14AFailedSendLeavesNoConnectionBehindAndTheNextOneGoes() throws Exception {
    try (SmtpTransport transport = Servers.patient(server)) {
      server.next(SmtpMoment.DATA, SmtpAction.drop());
      transport.send(TestMails.mail(1), TestPermit.granting());
      assertThat(server.awaitNoConnections(Servers.LONG)).isTrue();
      server.next(SmtpMoment.RCPT, SmtpAction.reply(550, "5.1.1 no such user"));
      transport.send(TestMails.mail(2), TestPermit.granting());
      SendResult next = transport.send(TestMails.mail(3), TestPermit.granting());
      assertThat(next.outcome()).isEqualTo(Outcome.SENT);
      assertThat(server.openConnections()).isEqualTo(1);
    }
  }

  @Test
  void report15TooManyLoginsRestTheMailboxAndAreNoWrongPassword() throws Exception {
    try (ScriptedSmtpServer own = ScriptedSmtpServer.builder().auth("PLAIN").start();
        SmtpTransport transport = Servers.patient(own)) {
      own.next(
          SmtpMoment.AUTH,
          SmtpAction.reply(454, "4.7.0 Too many login attempts, please try again later"));
      OutgoingMail mail =
          TestMails.from(Servers.mailbox(new Credential.Password("ann", "secret")), 1);
      SendResult result = transport.send(mail, TestPermit.granting());
      assertThat(result.kind()).contains(Kind.THROTTLED);
      assertThat(result.code()).isEqualTo("454 4.7.0");
    }
  }

  @Test
  void report16TheDailyQuotaRestsTheMailboxAndBlamesNoRecipient() throws Exception {
    for (SmtpMoment moment : List.of(SmtpMoment.MAIL, SmtpMoment.RCPT, SmtpMoment.DOT)) {
      server.next(
          moment, SmtpAction.reply(550, "5.4.5 Daily user sending quota exceeded. x - gsmtp"));
      SendResult result = send(TestMails.mail(1));
      assertThat(result.kind()).as("at %s", moment).contains(Kind.DAILY_LIMIT);
      assertThat(result.hardBounce()).isFalse();
    }
    assertThat(server.acceptedCount()).isZero();
  }

  @Test
  void report17WhatRcptSaysCountsAndNotThatAngusCallsTheAddressInvalid() throws Exception {
    Map<String, Outcome> expected =
        Map.of(
            "471 4.7.1 limits exceeded", Outcome.DEFERRED,
            "550 5.4.4 Invalid domain", Outcome.REFUSED_RECIPIENT,
            "554 5.7.1 Relay access denied", Outcome.MAILBOX_TROUBLE);
    for (Map.Entry<String, Outcome> one : expected.entrySet()) {
      int code = Integer.parseInt(one.getKey().substring(0, 3));
      server.next(SmtpMoment.RCPT, SmtpAction.reply(code, one.getKey().substring(4)));
      SendResult result = send(TestMails.mail(1));
      assertThat(result.outcome()).as(one.getKey()).isEqualTo(one.getValue());
      assertThat(result.hardBounce()).as(one.getKey()).isFalse();
    }
  }

  @Test
  void report18AnyPositiveReplyToRcptIsAnAcceptance() throws Exception {
    server.next(SmtpMoment.RCPT, SmtpAction.reply(254, "ok, strange"));
    assertThat(send(TestMails.mail(1)).outcome()).isEqualTo(Outcome.SENT);
    assertThat(server.acceptedCount()).isEqualTo(1);
  }

  @Test
  void report19OneRefusedAddressMeansThatNobodyGetsTheMail() throws Exception {
    server.always(
        SmtpMoment.RCPT,
        line ->
            line.contains("gone@")
                ? SmtpAction.reply(550, "5.1.1 no such user")
                : SmtpAction.standard());
    SendResult copy =
        send(TestMails.withCopies(TestMails.mail(1), List.of("gone@example.com"), List.of()));
    assertThat(copy.outcome()).isEqualTo(Outcome.REFUSED_MESSAGE);
    assertThat(copy.hardBounce()).isFalse();
    assertThat(copy.text()).startsWith("a carbon or blind copy was refused");
    SendResult recipient = send(TestMails.to(TestMails.mail(2), "gone@example.com"));
    assertThat(recipient.outcome()).isEqualTo(Outcome.REFUSED_RECIPIENT);
    assertThat(recipient.hardBounce()).isTrue();
    assertThat(server.acceptedCount()).isZero();
  }

  @Test
  void report20AnErrorAfterTheMailWasTakenIsNeverRetriedHere() throws Exception {
    server.next(SmtpMoment.DOT, SmtpAction.accept().then(SmtpAction.raw("oops\r\n")));
    assertThat(send(TestMails.mail(1)).outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(server.acceptedCount()).isEqualTo(1);
    assertThat(commands(SmtpMoment.MAIL)).hasSize(1);
  }

  @Test
  void report21TheMessageIdOnTheWireIsTheSameInEveryAttempt() throws Exception {
    OutgoingMail mail = TestMails.mail(1);
    server.next(SmtpMoment.DOT, SmtpAction.accept().then(SmtpAction.reply(451, "4.3.0 later")));
    send(mail);
    send(mail);
    assertThat(server.accepted())
        .hasSize(2)
        .extracting(accepted -> accepted.header("Message-ID"))
        .containsOnly(mail.messageId());
  }

  @Test
  void report23ALineBreakInTheDataIsRefusedBeforeAnyConnection() throws Exception {
    List<OutgoingMail> mails =
        List.of(
            TestMails.withSubject(TestMails.mail(1), "Hi A\r\nBcc: x@y.example"),
            TestMails.withHeaders(TestMails.mail(1), Map.of("X-Acme", "A\r\nBcc: x@y.example")),
            TestMails.withHeaders(TestMails.mail(1), Map.of("X-Acme\r\nBcc", "x@y.example")));
    for (OutgoingMail mail : mails) {
      assertThat(send(mail).outcome()).isEqualTo(Outcome.REFUSED_MESSAGE);
    }
    assertThat(server.connectionCount()).isZero();
  }

  @Test
  void report24AnInternationalDomainGoesToRcptInAscii() throws Exception {
    assertThat(send(TestMails.to(TestMails.mail(1), "you@exämple.com")).outcome())
        .isEqualTo(Outcome.SENT);
    assertThat(commands(SmtpMoment.RCPT))
        .extracting(SmtpCommand::line)
        .containsExactly("RCPT TO:<you@xn--exmple-cua.com>");
  }

  @Test
  void report24ALocalPartBeyondAsciiNeedsAServerWithSmtpUtf8() throws Exception {
    SendResult without = send(TestMails.to(TestMails.mail(1), "jürgen@example.com"));
    assertThat(without.outcome()).isEqualTo(Outcome.REFUSED_RECIPIENT);
    assertThat(without.hardBounce()).isFalse();
    assertThat(commands(SmtpMoment.MAIL)).isEmpty();
    try (ScriptedSmtpServer utf8 = ScriptedSmtpServer.builder().extension("SMTPUTF8").start();
        SmtpTransport transport = Servers.patient(utf8)) {
      SendResult with =
          transport.send(
              TestMails.to(TestMails.mail(1), "jürgen@exämple.com"), TestPermit.granting());
      assertThat(with.outcome()).isEqualTo(Outcome.SENT);
      AcceptedMail mail = utf8.accepted().get(0);
      assertThat(mail.recipients()).containsExactly("jürgen@xn--exmple-cua.com");
      assertThat(mail.mailParameters()).isEqualTo("SMTPUTF8");
      assertThat(mail.header("To")).isEqualTo("jürgen@xn--exmple-cua.com");
    }
  }

  @Test
  void report25ALongTokenGoesInALineOfItsOwnAndOneThatIsTooLongIsAConfigurationFault()
      throws Exception {
    OutgoingMail mail =
        TestMails.from(Servers.mailbox(new Credential.AccessToken("ann", "t".repeat(1_500))), 1);
    try (ScriptedSmtpServer own = ScriptedSmtpServer.builder().auth("XOAUTH2").start();
        SmtpTransport transport = Servers.patient(own)) {
      assertThat(transport.send(mail, TestPermit.granting()).outcome()).isEqualTo(Outcome.SENT);
      assertThat(own.commands())
          .filteredOn(command -> command.moment() == SmtpMoment.AUTH)
          .extracting(SmtpCommand::line)
          .containsExactly("AUTH XOAUTH2");
      assertThat(own.logins().get(0).secret()).hasSize(1_500);
      own.always(SmtpMoment.AUTH_ANSWER, SmtpAction.reply(555, "5.5.2 command line too long"));
    }
    try (ScriptedSmtpServer own = ScriptedSmtpServer.builder().auth("XOAUTH2").start();
        SmtpTransport transport = Servers.patient(own)) {
      own.always(
          SmtpMoment.AUTH_ANSWER,
          SmtpAction.reply(555, "5.5.2 Syntax error, command line too long"));
      SendResult result = transport.send(mail, TestPermit.granting());
      assertThat(result.kind()).contains(Kind.LOGIN);
      assertThat(result.text())
          .startsWith("the server takes no token of 1500 characters over SMTP (555 5.5.2)")
          .doesNotContain("ttt");
    }
  }

  private SendResult send(OutgoingMail mail) throws InterruptedException {
    try (SmtpTransport transport = Servers.patient(server)) {
      return transport.send(mail, TestPermit.granting());
    }
  }

  private List<SmtpCommand> commands(SmtpMoment moment) {
    return server.commands().stream().filter(command -> command.moment() == moment).toList();
  }
}
