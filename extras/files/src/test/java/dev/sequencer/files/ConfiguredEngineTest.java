package dev.sequencer.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.MailboxView;
import dev.sequencer.SequenceView;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.TransportLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration and contacts from files, through the real engine. */
class ConfiguredEngineTest {
  @TempDir Path folder;

  @Test
  void sendsWhatTheFilesSay() throws Exception {
    Files.writeString(
        Files.createDirectories(folder.resolve("mail")).resolve("welcome.txt"),
        "Subject: Welcome {{name}}\n\nHello {{name}} of {{plan}}\n");
    Files.writeString(
        folder.resolve("sequencer.yaml"),
        """
        defaultZone: Etc/UTC
        node: one
        workers: 2
        templates: mail
        transports: {recorder: {type: eml, folder: ./unused}}
        mailboxes: {address: ann@acme.example, via: recorder, password: "${PASSWORD}"}
        sequences:
          name: onboarding
          steps:
            - {email: welcome, template: welcome, defaults: {plan: free}}
        """);
    Files.writeString(
        folder.resolve("contacts.csv"), "email,name,plan\nbo@x.example,Bo,pro\ncy@x.example,Cy,\n");
    Configuration configuration =
        ConfigurationFile.read(folder.resolve("sequencer.yaml"), Map.of("PASSWORD", "p"));
    Recorder recorder = new Recorder();
    Sequencer.Builder builder =
        Sequencer.builder().clock(() -> Instant.parse("2026-06-01T08:00:00Z"));
    configuration.applyTo(builder);
    configuration.transports().keySet().forEach(name -> builder.transport(name, recorder));
    try (Sequencer sequencer = builder.build()) {
      sequencer.runDue();
      assertThat(sequencer.sequences().list()).extracting(SequenceView::name).hasSize(1);
      assertThat(sequencer.mailboxes().list())
          .extracting(MailboxView::mailbox)
          .containsExactlyElementsOf(configuration.mailboxes());
      try (var rows = ContactsCsv.read(folder.resolve("contacts.csv"))) {
        sequencer.enrollAll(
            "onboarding", rows.map(row -> ((ContactRow.Good) row).contact()), each -> {});
      }
      assertThat(
              sequencer
                  .preview("onboarding", "welcome", Contact.of("dan@x.example").name("Dan"))
                  .subject())
          .isEqualTo("Welcome Dan");
      sequencer.runFor(Duration.ofSeconds(1));
    }
    assertThat(recorder.texts).containsExactlyInAnyOrder("Hello Bo of pro\n", "Hello Cy of free\n");
  }

  private static final class Recorder implements MailTransport {
    private final List<String> texts = new ArrayList<>();

    @Override
    public TransportLimits limits() {
      return TransportLimits.of(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Override
    public synchronized SendResult send(OutgoingMail mail, Permit permit) {
      if (!permit.check()) {
        return SendResult.notHandedOver("permit expired");
      }
      texts.add(mail.content().text().orElse(""));
      return SendResult.sent(mail.messageId(), "");
    }
  }
}
