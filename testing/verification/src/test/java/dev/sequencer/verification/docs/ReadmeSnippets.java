package dev.sequencer.verification.docs;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.Mailbox;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.smtp.SmtpTransport;
import dev.sequencer.spi.CredentialStore;
import dev.sequencer.spi.TemplateSource;
import java.nio.file.Path;

/** The code of the README. */
final class ReadmeSnippets {
  private ReadmeSnippets() {}

  static void embed() {
    Sequence onboarding =
        Sequence.named("onboarding")
            .window(SendWindow.weekdays("09:00", "17:00"))
            .email("welcome", mail -> mail.template("welcome"))
            .waitFor(Delay.days(3).at("09:30"))
            .email("follow-up", mail -> mail.template("follow-up").inThread())
            .build();

    Sequencer sequencer =
        Sequencer.builder()
            .store(JdbcStore.sqlite(Path.of("sequencer.db")))
            .transport("smtp", SmtpTransport.to("smtp.acme.example", 587))
            .mailbox(
                Mailbox.of("ann@acme.example").via("smtp").credentials("ann").perDay(30).evenly())
            .credentials(CredentialStore.environment())
            .templates(TemplateSource.classpath("mail"))
            .defaultZone("Europe/Berlin")
            .sequence(onboarding)
            .build();

    sequencer.start();
    sequencer.enroll("onboarding", Contact.of("bo@example.com").zone("Asia/Tokyo"));
  }
}
