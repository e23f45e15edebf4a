package dev.sequencer.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sequencer.ContactInput;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.files.Configuration;
import dev.sequencer.files.ConfigurationFile;
import dev.sequencer.files.ContactRow;
import dev.sequencer.files.ContactsCsv;
import dev.sequencer.files.SequenceFile;
import dev.sequencer.files.SequencerSchema;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.smtp.SmtpTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The code and the YAML of the page about configuration. */
class ConfigurationSnippetsTest {

  static Sequencer fromAFile(Path file) {
    Configuration configuration = ConfigurationFile.read(file, System.getenv());
    Sequencer.Builder builder =
        Sequencer.builder()
            .store(JdbcStore.sqlite(Path.of("sequencer.db")))
            .transport("smtp", SmtpTransport.to("smtp.acme.example", 587));
    configuration.applyTo(builder);
    return builder.build();
  }

  static void oneSequence(Sequencer sequencer) {
    Sequence onboarding = SequenceFile.read(Path.of("sequences/onboarding.yaml"));
    sequencer.publish(onboarding);
  }

  static void contacts(Sequencer sequencer) {
    try (Stream<ContactRow> rows = ContactsCsv.read(Path.of("contacts.csv"))) {
      Stream<ContactInput> contacts =
          rows.filter(ContactRow.Good.class::isInstance)
              .map(ContactRow.Good.class::cast)
              .map(ContactRow.Good::contact);
      sequencer.enrollAll("onboarding", contacts, result -> {});
    }
  }

  static void schema() throws IOException {
    Files.writeString(Path.of("sequencer.schema.json"), SequencerSchema.text());
  }

  @TestFactory
  Stream<DynamicTest> everyYamlBlockIsReadWithoutFault(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("mail"));
    Map<String, String> environment =
        Map.of(
            "SMTP_PASSWORD",
            "secret",
            "DB_PASSWORD",
            "secret",
            "BEN_TOKEN",
            "secret",
            "HOME",
            "/home/ann");
    return Pages.ofThisTree().blocks("yaml").stream()
        .map(block -> dynamicTest(block.place(), () -> read(block, folder, environment)));
  }

  private static void read(Pages.Block block, Path folder, Map<String, String> environment)
      throws IOException {
    if (block.text().startsWith("name:")) {
      assertThat(SequenceFile.parse(block.text()).steps()).isNotEmpty();
    } else {
      Path file = Files.writeString(folder.resolve("sequencer.yaml"), block.text());
      assertThat(ConfigurationFile.read(file, environment).lints()).isEmpty();
    }
  }

  @Test
  void yamlIsFound() {
    assertThat(Pages.ofThisTree().blocks("yaml")).hasSizeGreaterThan(2);
  }
}
