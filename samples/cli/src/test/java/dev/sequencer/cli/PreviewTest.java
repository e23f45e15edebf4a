package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.cli.Project.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewTest {
  @TempDir private Path folder;

  @Test
  void allMailsOfASequenceAreShownAndNoStoreIsMade() {
    Outcome outcome =
        Project.example(folder)
            .run("preview", "onboarding", "--to", "Bo <bo@example.com>", "-d", "company=Acme");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("Subject  Welcome, Bo")
        .contains("Subject  Re: Welcome, Bo")
        .contains("your free plan")
        .contains("--- HTML");
    assertThat(Files.exists(folder.resolve("sequencer.db"))).isFalse();
  }

  @Test
  void oneMailIsShownInTheContactsLanguage() {
    Outcome outcome =
        Project.example(folder)
            .run(
                "preview",
                "onboarding",
                "welcome",
                "--to",
                "Bo <bo@example.com>",
                "--locale",
                "de-AT",
                "-d",
                "company=Acme",
                "--json");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.json("mails", 0, "step")).isEqualTo("welcome");
    assertThat(outcome.json("mails", 0, "subject")).isEqualTo("Willkommen, Bo");
    assertThat(outcome.json("mails", 0, "html")).isNull();
    assertThat((String) outcome.json("mails", 0, "text")).contains("schön");
  }

  @Test
  void aVariableWithoutValueIsNamed() {
    Outcome outcome =
        Project.example(folder)
            .run("preview", "onboarding", "welcome", "--to", "Bo <bo@example.com>");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("company");
  }

  @Test
  void anUnknownSequenceOrStepIsRefused() {
    Project project = Project.example(folder);
    Outcome sequence = project.run("preview", "onbording", "--to", "bo@example.com");
    assertThat(sequence.code()).isEqualTo(1);
    assertThat(sequence.err()).contains("onbording");
    Outcome step = project.run("preview", "onboarding", "welcom", "--to", "bo@example.com");
    assertThat(step.code()).isEqualTo(1);
    assertThat(step.err()).contains("welcom");
  }

  @Test
  void aConfigurationWithFaultsShowsThem() {
    Project project =
        Project.example(folder).replace("sequencer.yaml", "template: tips", "template: tipps");
    Outcome outcome = project.run("preview", "onboarding", "--to", "bo@example.com");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("fault: ").contains("tipps");
  }

  @Test
  void aTestMailReallyLeaves() throws Exception {
    Project project = Project.example(folder);
    Outcome outcome =
        project.run(
            "test",
            "onboarding",
            "welcome",
            "--from",
            "ann@acme.example",
            "--to",
            "Me <me@acme.example>",
            "-d",
            "company=Acme");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("sent");
    try (Stream<Path> files = Files.list(project.path("outbox"))) {
      List<Path> mails = files.toList();
      assertThat(mails).hasSize(1);
      assertThat(Files.readString(mails.get(0))).contains("To: Me <me@acme.example>");
    }
  }

  @Test
  void aTestMailFromAnUnknownMailboxOrToNowhereIsRefused() {
    Project project = Project.example(folder);
    Outcome outcome =
        project.run(
            "test",
            "onboarding",
            "welcome",
            "--from",
            "zoe@acme.example",
            "--to",
            "me@acme.example");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("zoe@acme.example");
    // port 1 of the loopback interface: nobody listens there
    project.replace(
        "sequencer.yaml",
        "files: {type: eml, folder: ./outbox}",
        "files: {type: smtp, host: 127.0.0.1, port: 1, security: none}");
    Outcome nowhere =
        project.run(
            "test",
            "onboarding",
            "welcome",
            "--from",
            "ann@acme.example",
            "--to",
            "Me <me@acme.example>",
            "-d",
            "company=Acme");
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.err()).contains("not handed over");
  }
}
