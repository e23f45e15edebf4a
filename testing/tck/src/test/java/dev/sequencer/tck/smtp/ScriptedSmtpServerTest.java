package dev.sequencer.tck.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class ScriptedSmtpServerTest {
  private static final Duration SOON = Duration.ofSeconds(2);

  @Test
  void acceptsAMailAndRecordsEnvelopeAndUnstuffedBody() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        RawClient client = new RawClient(server.port())) {
      assertThat(client.untilData()).startsWith("354");
      assertThat(client.say("Subject: hi\r\n\r\n..dot\r\n."))
          .isEqualTo("250 2.0.0 ok queued as test-1-1");

      assertThat(server.awaitAccepted(1, SOON)).isTrue();
      AcceptedMail mail = server.accepted().get(0);
      assertThat(mail.sender()).isEqualTo("ann@acme.example");
      assertThat(mail.mailParameters()).isEqualTo("SIZE=10");
      assertThat(mail.recipients()).containsExactly("bo@example.com");
      assertThat(mail.text()).isEqualTo("Subject: hi\r\n\r\n.dot\r\n");
      assertThat(mail.header("subject")).isEqualTo("hi");
    }
  }

  @Test
  void aLoneLineFeedBeforeADotEndsNothing() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        RawClient client = new RawClient(server.port())) {
      client.untilData();
      client.send("one\n.\ntwo\r\n");
      assertThat(server.acceptedCount()).isZero();
      assertThat(client.say(".")).startsWith("250");
      assertThat(server.accepted().get(0).text()).isEqualTo("one\n.\ntwo\r\n");
    }
  }

  @Test
  void queuedActionsComeOnceAndInOrderStandingOnesAlways() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        RawClient client = new RawClient(server.port())) {
      server.next(SmtpMoment.NOOP, SmtpAction.reply(251, "first"), SmtpAction.reply(252, "second"));
      server.always(SmtpMoment.NOOP, line -> SmtpAction.reply(253, line));
      client.reply();
      assertThat(client.say("NOOP")).isEqualTo("251 first");
      assertThat(client.say("NOOP")).isEqualTo("252 second");
      assertThat(client.say("NOOP")).isEqualTo("253 NOOP");
      server.behave();
      assertThat(client.say("NOOP")).isEqualTo("250 2.0.0 ok");
    }
  }

  @Test
  void repliesInSeveralLines() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      server.next(SmtpMoment.GREETING, SmtpAction.reply(421, "4.3.2 busy", "4.3.2 later"));
      try (RawClient client = new RawClient(server.port())) {
        assertThat(client.reply()).isEqualTo("421-4.3.2 busy|421 4.3.2 later");
      }
    }
  }

  @Test
  void hasTheMailAndDropsWithoutAReply() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        RawClient client = new RawClient(server.port())) {
      server.next(SmtpMoment.DOT, SmtpAction.accept().then(SmtpAction.drop()));
      client.untilData();
      assertThat(client.say("x\r\n.")).isEqualTo("EOF");
      assertThat(server.acceptedCount()).isEqualTo(1);
    }
  }

  @Test
  void aRefusalAfterTheDotAcceptsNothing() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        RawClient client = new RawClient(server.port())) {
      server.next(SmtpMoment.DOT, SmtpAction.reply(554, "5.7.1 no"));
      client.untilData();
      assertThat(client.say("x\r\n.")).isEqualTo("554 5.7.1 no");
      assertThat(server.acceptedCount()).isZero();
    }
  }

  @Test
  void cutsInTheMiddleOfABody() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        RawClient client = new RawClient(server.port())) {
      server.cutNextBody(3, SmtpAction.drop());
      client.untilData();
      client.send("abc");
      assertThat(client.reply()).isEqualTo("EOF");
      assertThat(server.acceptedCount()).isZero();
    }
  }

  @Test
  void resetsInsteadOfClosing() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        RawClient client = new RawClient(server.port())) {
      server.next(SmtpMoment.NOOP, SmtpAction.reset());
      client.reply();
      assertThatThrownBy(() -> client.say("NOOP")).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void hangsUntilItIsClosed() throws Exception {
    ScriptedSmtpServer server = ScriptedSmtpServer.start();
    try (RawClient client = new RawClient(server.port())) {
      server.next(SmtpMoment.NOOP, SmtpAction.hang());
      client.reply();
      client.send("NOOP\r\n");
      assertThat(server.awaitCommands(SmtpMoment.NOOP, 1, SOON)).isTrue();
      server.close();
      assertThat(client.reply()).isEqualTo("EOF");
    }
  }

  @Test
  void waitsForALatchBeforeItAnswers() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        RawClient client = new RawClient(server.port())) {
      server.next(SmtpMoment.NOOP, SmtpAction.after(latch).then(SmtpAction.standard()));
      client.reply();
      client.send("NOOP\r\n");
      latch.countDown();
      assertThat(client.reply()).isEqualTo("250 2.0.0 ok");
    }
  }

  @Test
  void dribblesLinesThatNeverEndTheReply() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        RawClient client = new RawClient(server.port())) {
      server.next(
          SmtpMoment.NOOP,
          SmtpAction.dribble(250, Duration.ofMillis(1), 3).then(SmtpAction.drop()));
      client.reply();
      assertThat(client.say("NOOP")).isEqualTo("250-wait|250-wait|250-wait|EOF");
    }
  }

  @Test
  void closesAfterSoManyMails() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().mailsPerConnection(1).start();
        RawClient client = new RawClient(server.port())) {
      client.untilData();
      assertThat(client.say("x\r\n.")).startsWith("250");
      assertThat(client.reply()).isEqualTo("EOF");
    }
  }

  @Test
  void saysGoodbyeOnIdleConnections() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        RawClient client = new RawClient(server.port())) {
      client.reply();
      client.say("NOOP");
      server.closeIdleConnections(SmtpAction.reply(421, "4.4.2 idle"));
      assertThat(client.reply()).isEqualTo("421 4.4.2 idle");
      assertThat(server.awaitNoConnections(SOON)).isTrue();
    }
  }

  @Test
  void checksLoginsOfAllThreeMechanisms() throws Exception {
    try (ScriptedSmtpServer server =
            ScriptedSmtpServer.builder()
                .auth("PLAIN", "LOGIN", "XOAUTH2")
                .user("ann", "secret")
                .xoauth2Refusal("{\"status\":\"401\"}")
                .requiresLogin()
                .start();
        RawClient client = new RawClient(server.port())) {
      client.reply();
      assertThat(client.say("EHLO me")).contains("AUTH PLAIN LOGIN XOAUTH2");
      assertThat(client.say("MAIL FROM:<a@b>")).startsWith("530");
      assertThat(client.say("AUTH PLAIN " + base64("\0ann\0wrong"))).startsWith("535");
      assertThat(client.say("AUTH XOAUTH2 " + base64("user=ann\1auth=Bearer old\1\1")))
          .isEqualTo("334 " + base64("{\"status\":\"401\"}"));
      assertThat(client.say("")).startsWith("535");
      assertThat(client.say("AUTH LOGIN")).isEqualTo("334 " + base64("Username:"));
      assertThat(client.say(base64("ann"))).isEqualTo("334 " + base64("Password:"));
      assertThat(client.say(base64("secret"))).startsWith("235");
      assertThat(client.say("MAIL FROM:<a@b>")).startsWith("250");
      assertThat(server.logins())
          .containsExactly(
              new SmtpLogin("PLAIN", "ann", "wrong"),
              new SmtpLogin("XOAUTH2", "ann", "old"),
              new SmtpLogin("LOGIN", "ann", "secret"));
    }
  }

  @Test
  void shortenedLinesAreRefusedAsGmailDoes() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().longestLine(10).start();
        RawClient client = new RawClient(server.port())) {
      client.reply();
      assertThat(client.say("NOOP 67890")).startsWith("250");
      assertThat(client.say("NOOP 678901")).startsWith("555-5.5.2");
    }
  }

  @Test
  void speaksTlsWithACertificateThatItsClientsCanTrust() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().implicitTls().start();
        SSLSocket socket =
            (SSLSocket)
                server.trust().getSocketFactory().createSocket("localhost", server.port())) {
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat((char) socket.getInputStream().read()).isEqualTo('2');
    }
  }

  @Test
  void aMailThatCannotBeStoredIsNotAccepted() throws Exception {
    try (ScriptedSmtpServer server =
            ScriptedSmtpServer.builder()
                .sink(
                    mail -> {
                      throw new IOException("disk full");
                    })
                .start();
        RawClient client = new RawClient(server.port())) {
      client.untilData();
      assertThat(client.say("x\r\n.")).startsWith("451");
      assertThat(server.acceptedCount()).isZero();
    }
  }

  private static String base64(String text) {
    return SmtpAuthentication.encode(text);
  }
}
