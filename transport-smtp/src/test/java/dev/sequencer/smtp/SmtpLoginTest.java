package dev.sequencer.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.Credential;
import dev.sequencer.spi.CredentialStore;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.spi.Sender;
import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.smtp.SmtpAction;
import dev.sequencer.tck.smtp.SmtpLogin;
import dev.sequencer.tck.smtp.SmtpMoment;
import dev.sequencer.tck.transport.TestMails;
import dev.sequencer.tck.transport.TestPermit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SmtpLoginTest {
  private static final Credential PASSWORD = new Credential.Password("ann", "secret");
  private static final Credential TOKEN = new Credential.AccessToken("ann", "token");

  @Test
  void aPasswordGoesByPlainWhereItIsOfferedElseByLogin() throws Exception {
    assertThat(logins(PASSWORD, "LOGIN", "PLAIN"))
        .containsExactly(new SmtpLogin("PLAIN", "ann", "secret"));
    assertThat(logins(PASSWORD, "LOGIN")).containsExactly(new SmtpLogin("LOGIN", "ann", "secret"));
  }

  @Test
  void aTokenGoesByXoauth2() throws Exception {
    assertThat(logins(TOKEN, "PLAIN", "XOAUTH2"))
        .containsExactly(new SmtpLogin("XOAUTH2", "ann", "token"));
  }

  @Test
  void withoutAUserTheAddressOfTheMailboxLogsIn() throws Exception {
    assertThat(logins(new Credential.Password("", "secret"), "PLAIN"))
        .containsExactly(new SmtpLogin("PLAIN", "ann@acme.example", "secret"));
  }

  @Test
  void aPasswordBeyondAsciiIsSentAsUtf8() throws Exception {
    assertThat(logins(new Credential.Password("ann", "pässwörd"), "PLAIN"))
        .containsExactly(new SmtpLogin("PLAIN", "ann", "pässwörd"));
  }

  @Test
  void aMechanismThatIsSetIsTheOnlyOne() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().auth("PLAIN", "LOGIN").start();
        SmtpTransport transport = Servers.patient(server).auth(SmtpAuth.LOGIN)) {
      assertThat(transport.connect(Servers.mailbox(PASSWORD))).isEmpty();
      assertThat(server.logins()).extracting(SmtpLogin::mechanism).containsExactly("LOGIN");
    }
  }

  @Test
  void aCredentialThatDoesNotFitTheMechanismIsSaid() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().auth("PLAIN").start()) {
      assertThat(trouble(Servers.patient(server).auth(SmtpAuth.XOAUTH2), PASSWORD))
          .isEqualTo("the transport is set to XOAUTH2, but the mailbox's credential is a password");
      assertThat(trouble(Servers.patient(server).auth(SmtpAuth.PLAIN), TOKEN))
          .isEqualTo(
              "the transport is set to PLAIN, but the mailbox's credential is an access token");
      assertThat(trouble(Servers.patient(server), TOKEN))
          .endsWith("offers no XOAUTH2 for an access token, but: PLAIN");
    }
  }

  @Test
  void aServerThatOffersNoLoginIsNotSentToWithoutOne() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        SmtpTransport transport = Servers.patient(server)) {
      SendResult result =
          transport.send(TestMails.from(Servers.mailbox(PASSWORD), 1), TestPermit.granting());
      assertThat(result.kind()).contains(Kind.LOGIN);
      assertThat(result.text()).contains("offers no login");
      assertThat(server.acceptedCount()).isZero();
    }
  }

  @Test
  void aMailboxWithoutCredentialDoesNotLogIn() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().auth("PLAIN").start();
        SmtpTransport transport = Servers.patient(server)) {
      assertThat(transport.send(TestMails.mail(1), TestPermit.granting()).outcome())
          .isEqualTo(Outcome.SENT);
      assertThat(server.logins()).isEmpty();
      assertThat(Servers.patient(server).auth(SmtpAuth.PLAIN).connect(TestMails.mail(1).sender()))
          .hasValueSatisfying(result -> assertThat(result.kind()).contains(Kind.LOGIN));
    }
  }

  @Test
  void aReferenceThatTheStoreDoesNotKnowStopsTheMailbox() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().auth("PLAIN").start();
        SmtpTransport transport = Servers.patient(server)) {
      Sender lost = sender(CredentialStore.none());
      assertThat(transport.connect(lost).orElseThrow().kind()).contains(Kind.LOGIN);
      Sender broken =
          sender(
              (tenant, reference) -> {
                throw new IllegalStateException("vault is sealed: s3cret");
              });
      SendResult result = transport.connect(broken).orElseThrow();
      assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
      assertThat(result.text()).isEqualTo("the credential store failed: IllegalStateException");
      assertThat(server.connectionCount()).isZero();
    }
  }

  @Test
  void aWrongPasswordStopsTheMailbox() throws Exception {
    for (String mechanism : List.of("PLAIN", "LOGIN")) {
      try (ScriptedSmtpServer server =
              ScriptedSmtpServer.builder().auth(mechanism).user("ann", "other").start();
          SmtpTransport transport = Servers.patient(server)) {
        SendResult result = transport.connect(Servers.mailbox(PASSWORD)).orElseThrow();
        assertThat(result.kind()).contains(Kind.LOGIN);
        assertThat(result.code()).isEqualTo("535 5.7.8");
        assertThat(server.awaitNoConnections(Servers.LONG)).isTrue();
      }
    }
  }

  @Test
  void repliesToALoginMeanWhatTheySay() throws Exception {
    Map<SmtpAction, Kind> replies =
        Map.of(
            SmtpAction.reply(534, "5.7.9 use an application password"), Kind.LOGIN,
            SmtpAction.reply(550, "5.7.30 basic authentication is off"), Kind.LOGIN,
            SmtpAction.reply(454, "4.7.0 temporary failure"), Kind.THROTTLED,
            SmtpAction.reply(421, "4.7.0 too many connections"), Kind.THROTTLED);
    for (Map.Entry<SmtpAction, Kind> one : replies.entrySet()) {
      try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().auth("PLAIN").start();
          SmtpTransport transport = Servers.patient(server)) {
        server.next(SmtpMoment.AUTH, one.getKey());
        SendResult result = transport.connect(Servers.mailbox(PASSWORD)).orElseThrow();
        assertThat(result.kind()).as("%s", one.getKey()).contains(one.getValue());
      }
    }
  }

  @Test
  void aLoginThatIsCutIsNoWrongPassword() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().auth("PLAIN").start();
        SmtpTransport transport = Servers.patient(server)) {
      for (SmtpAction cut : List.of(SmtpAction.drop(), SmtpAction.reset(), SmtpAction.raw("?\n"))) {
        server.next(SmtpMoment.AUTH, cut);
        SendResult result = transport.connect(Servers.mailbox(PASSWORD)).orElseThrow();
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
      }
    }
  }

  @Test
  void aRefusedTokenTellsTheStatusOfItsChallenge() throws Exception {
    try (ScriptedSmtpServer server =
            ScriptedSmtpServer.builder()
                .auth("XOAUTH2")
                .user("ann", "another token")
                .xoauth2Refusal("{\"status\":\"401\",\"schemes\":\"bearer\"}")
                .start();
        SmtpTransport transport = Servers.patient(server)) {
      SendResult result = transport.connect(Servers.mailbox(TOKEN)).orElseThrow();
      assertThat(result.kind()).contains(Kind.TOKEN);
      assertThat(result.text()).isEqualTo("the token was refused with status 401");
      assertThat(result.code()).isEqualTo("535 5.7.8");
      assertThat(server.logins()).hasSize(1);
    }
  }

  @Test
  void aRefusedTokenIsAskedForOnceMoreAsTheStoreMayHaveRefreshedIt() throws Exception {
    try (ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().auth("XOAUTH2").user("ann", "new").start();
        SmtpTransport transport = Servers.patient(server)) {
      Deque<String> tokens = new ArrayDeque<>(List.of("old", "new"));
      Sender sender =
          sender(
              (tenant, reference) ->
                  Optional.of(new Credential.AccessToken("ann", tokens.remove())));
      assertThat(transport.connect(sender)).isEmpty();
      assertThat(server.logins()).extracting(SmtpLogin::secret).containsExactly("old", "new");
    }
  }

  @Test
  void noSecretStandsInAResultAboutIt() throws Exception {
    try (ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().auth("PLAIN", "XOAUTH2").user("x", "x").start();
        SmtpTransport transport = Servers.patient(server)) {
      for (Credential credential : List.of(PASSWORD, TOKEN)) {
        SendResult result = transport.connect(Servers.mailbox(credential)).orElseThrow();
        assertThat(result.toString() + result.text())
            .doesNotContain("secret")
            .doesNotContain("ann");
        assertThat(result.text()).doesNotContain("token ");
      }
    }
  }

  private static List<SmtpLogin> logins(Credential credential, String... mechanisms)
      throws InterruptedException {
    try (ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().auth(mechanisms).requiresLogin().start();
        SmtpTransport transport = Servers.patient(server)) {
      SendResult result =
          transport.send(TestMails.from(Servers.mailbox(credential), 1), TestPermit.granting());
      assertThat(result.outcome()).as(result.text()).isEqualTo(Outcome.SENT);
      return server.logins();
    }
  }

  private static String trouble(SmtpTransport transport, Credential credential)
      throws InterruptedException {
    SendResult result = transport.connect(Servers.mailbox(credential)).orElseThrow();
    assertThat(result.kind()).contains(Kind.LOGIN);
    return result.text();
  }

  private static Sender sender(CredentialStore store) {
    return Sender.of("", EmailAddress.of("ann@acme.example"), Optional.of("reference"), store);
  }
}
