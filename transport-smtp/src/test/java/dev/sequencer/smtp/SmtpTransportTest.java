package dev.sequencer.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.tck.smtp.AcceptedMail;
import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.smtp.SmtpAction;
import dev.sequencer.tck.smtp.SmtpCommand;
import dev.sequencer.tck.smtp.SmtpMoment;
import dev.sequencer.tck.transport.TestMails;
import dev.sequencer.tck.transport.TestPermit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SmtpTransportTest {
  @Test
  void theDialogueIsTheShortestThereIs() throws Exception {
    try (ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().extension("SIZE 1000000").start();
        SmtpTransport transport = Servers.patient(server).localName("host.acme.example")) {
      SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
      int size = server.accepted().get(0).content().length;
      assertThat(server.commands())
          .extracting(SmtpCommand::line)
          .containsExactly(
              "EHLO host.acme.example",
              "MAIL FROM:<ann@acme.example> SIZE=" + size,
              "RCPT TO:<bo1@example.com>",
              "DATA",
              ".");
      assertThat(result.receipt().text()).isEqualTo("ok queued as test-1-1");
      assertThat(result.receipt().providerId()).contains("test-1-1");
      assertThat(result.receipt().actualMessageId()).isEmpty();
    }
  }

  @Test
  void withoutANameEhloSaysTheAddressOfTheSocket() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        SmtpTransport transport = Servers.patient(server)) {
      transport.connect(TestMails.mail(1).sender());
      assertThat(server.commands().get(0).line()).isIn("EHLO [127.0.0.1]", "EHLO [IPv6:::1]");
    }
  }

  @Test
  void whatArrivesIsWhatWasWrittenDotsAndAll() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        SmtpTransport transport = Servers.patient(server)) {
      String text = ".\n..\n.x\nend without line end\n.".repeat(3_000);
      OutgoingMail mail =
          TestMails.with(TestMails.mail(1), OutgoingMail.Content.ofText("dots", text));
      assertThat(transport.send(mail, TestPermit.granting()).outcome()).isEqualTo(Outcome.SENT);
      assertThat(server.accepted().get(0).content())
          .isEqualTo(dev.sequencer.mime.MimeMail.of(mail).bytes());
    }
  }

  @Test
  void thePermitIsAskedWhenTheBodyHasLeftAndTheDotHasNot() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        SmtpTransport transport = Servers.patient(server)) {
      TestPermit permit =
          TestPermit.granting()
              .atCheck(
                  () ->
                      assertThat(server.commands())
                          .extracting(SmtpCommand::moment)
                          .endsWith(SmtpMoment.DATA));
      transport.send(TestMails.mail(1), permit);
      assertThat(permit.asked()).isEqualTo(1);
    }
  }

  @Test
  void aBigMailArrivesWhole() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        SmtpTransport transport = Servers.patient(server)) {
      OutgoingMail big =
          TestMails.with(
              TestMails.mail(1),
              OutgoingMail.Content.ofText("big", "0123456789\n".repeat(500_000)));
      assertThat(transport.send(big, TestPermit.granting()).outcome()).isEqualTo(Outcome.SENT);
      assertThat(server.accepted().get(0).content()).hasSizeGreaterThan(5_000_000);
    }
  }

  @Test
  void aMailAboveTheServersSizeIsRefusedBeforeItIsSent() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().extension("SIZE 500").start();
        SmtpTransport transport = Servers.patient(server)) {
      OutgoingMail big =
          TestMails.with(TestMails.mail(1), OutgoingMail.Content.ofText("big", "x".repeat(500)));
      SendResult result = transport.send(big, TestPermit.granting());
      assertThat(result.outcome()).isEqualTo(Outcome.REFUSED_MESSAGE);
      assertThat(result.text()).endsWith("the server takes at most 500");
      assertThat(server.commands()).hasSize(1);
    }
  }

  @Test
  void aSizeOfZeroIsNoLimit() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().extension("SIZE 0").start();
        SmtpTransport transport = Servers.patient(server)) {
      assertThat(transport.send(TestMails.mail(1), TestPermit.granting()).outcome())
          .isEqualTo(Outcome.SENT);
    }
  }

  @Test
  void copiesGoInTheSameTransaction() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        SmtpTransport transport = Servers.patient(server)) {
      OutgoingMail mail =
          TestMails.withCopies(
              TestMails.mail(1), List.of("carl@example.com"), List.of("dora@example.com"));
      assertThat(transport.send(mail, TestPermit.granting()).outcome()).isEqualTo(Outcome.SENT);
      AcceptedMail accepted = server.accepted().get(0);
      assertThat(accepted.recipients())
          .containsExactly("bo1@example.com", "carl@example.com", "dora@example.com");
      assertThat(server.acceptedCount()).isEqualTo(1);
    }
  }

  @Test
  void wordsFromOutsideAreCleanedAndCut() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        SmtpTransport transport = Servers.patient(server)) {
      server.next(SmtpMoment.RCPT, SmtpAction.raw("550 5.6.0 a\0b " + "x".repeat(5_000) + "\r\n"));
      SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
      assertThat(result.text()).startsWith("a\uFFFDb xxx").hasSize(500);
    }
  }

  @Test
  void longWindedRepliesAreNoTroubleAsLongAsEachHasAnEnd() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        SmtpTransport transport = Servers.patient(server)) {
      server.always(SmtpMoment.MAIL, SmtpAction.reply(250, "x".repeat(600_000)));
      for (int i = 1; i <= 4; i++) {
        SendResult result = transport.send(TestMails.mail(i), TestPermit.granting());
        assertThat(result.outcome()).as(result.text()).isEqualTo(Outcome.SENT);
      }
      assertThat(server.connectionCount()).isEqualTo(1);
    }
  }

  @Test
  void aReplyInUtf8IsReadAsThat() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        SmtpTransport transport = Servers.patient(server)) {
      String latin1OfUtf8 = "550 5.6.0 Empf\u00C3\u00A4nger\r\n";
      server.next(SmtpMoment.RCPT, SmtpAction.raw(latin1OfUtf8));
      SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
      assertThat(result.text()).isEqualTo("Empfänger");
    }
  }

  @Test
  void greylistingIsDeferredWithAHint() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        SmtpTransport transport = Servers.patient(server)) {
      server.next(SmtpMoment.RCPT, SmtpAction.reply(451, "4.7.1 Greylisted, please come back"));
      SendResult result = transport.send(TestMails.mail(1), TestPermit.granting());
      assertThat(result.outcome()).isEqualTo(Outcome.DEFERRED);
      assertThat(result.retryAfter()).contains(Duration.ofMinutes(15));
    }
  }

  @Test
  void defaultsAreTwoMinutesAndTen() {
    assertThat(SmtpTransport.to("mail.acme.example", 587).limits().handOver())
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(SmtpTransport.to("mail.acme.example", 587).limits().answer())
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(
            SmtpTransport.to("mail.acme.example", 587)
                .answer(Duration.ofMinutes(5))
                .handOver(Duration.ofMinutes(1))
                .limits()
                .answer())
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void port465MeansTlsFromTheFirstByteAndOthersStartTls() {
    assertThat(SmtpConfig.to("mail.acme.example", 465).encryption())
        .isEqualTo(SmtpConfig.Encryption.TLS);
    assertThat(SmtpConfig.to("mail.acme.example", 587).encryption())
        .isEqualTo(SmtpConfig.Encryption.STARTTLS);
  }

  @Test
  void badArgumentsFailAtTheLineThatPassedThem() {
    SmtpTransport transport = SmtpTransport.to("mail.acme.example", 587);
    refused(() -> SmtpTransport.to(" ", 587), "an SMTP host must be a host name");
    refused(() -> SmtpTransport.to("a\r\nb", 587), "an SMTP host must be a host name");
    refused(() -> SmtpTransport.to("mail.acme.example", 0), "between 1 and 65535, but is 0");
    refused(() -> SmtpTransport.to("mail.acme.example", 65_536), "but is 65536");
    refused(() -> transport.handOver(Duration.ZERO), "handOver must be between");
    refused(() -> transport.answer(Duration.ofHours(2)), "answer must be between");
    refused(() -> transport.readTimeout(Duration.ZERO), "readTimeout must be between");
    refused(() -> transport.connectTimeout(Duration.ofDays(1)), "connectTimeout must be");
    refused(() -> transport.maxMailsPerConnection(0), "must be at least 1, but is 0");
    refused(() -> transport.idle(Duration.ofSeconds(-1)), "idle must be between 0 and 1 hour");
    refused(() -> transport.localName("a b"), "localName must be a host name");
  }

  @Test
  void anInternationalHostIsTakenInAscii() {
    assertThat(SmtpTransport.to("mail.exämple.com", 587).toString())
        .isEqualTo("SmtpTransport[mail.xn--exmple-cua.com:587]");
  }

  private static void refused(Runnable call, String why) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(why);
  }
}
