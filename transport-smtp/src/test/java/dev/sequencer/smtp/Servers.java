package dev.sequencer.smtp;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.Credential;
import dev.sequencer.spi.CredentialStore;
import dev.sequencer.spi.Sender;
import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.transport.TakenMail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Transports to scripted servers, and mailboxes with credentials. */
final class Servers {
  /** For waits that a test lets run out. */
  static final Duration SHORT = Duration.ofMillis(200);

  /** For waits that never run out when all is well. */
  static final Duration LONG = Duration.ofSeconds(10);

  private Servers() {}

  /** Gives a transport that waits long: for servers that answer or break. */
  static SmtpTransport patient(ScriptedSmtpServer server) {
    return SmtpTransport.to(server.host(), server.port())
        .plaintext()
        .connectTimeout(LONG)
        .readTimeout(LONG)
        .answer(LONG)
        .handOver(LONG);
  }

  /** Gives a transport that waits for 200 ms: for servers that say nothing. */
  static SmtpTransport hasty(ScriptedSmtpServer server) {
    return patient(server).readTimeout(SHORT).answer(SHORT);
  }

  static Sender mailbox(Credential credential) {
    return Sender.of(
        "",
        EmailAddress.of("ann@acme.example"),
        Optional.of("ann"),
        CredentialStore.inMemory(Map.of("ann", credential)));
  }

  static List<TakenMail> taken(ScriptedSmtpServer server) {
    return server.accepted().stream()
        .map(mail -> new TakenMail(mail.header("Message-ID"), mail.recipients(), mail.text()))
        .toList();
  }

  static void settle(ScriptedSmtpServer server) {
    try {
      server.awaitNoConnections(LONG);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
