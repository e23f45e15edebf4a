package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.cli.Project.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateTest {
  @TempDir private Path folder;

  @Test
  void theExampleHasNeitherFaultNorLint() {
    Outcome outcome = Project.example(folder).run("validate");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("mailboxes: 2, sequences: 1, faults: 0, lints: 0");
    assertThat(Files.exists(folder.resolve("sequencer.db"))).isFalse();
  }

  @Test
  void malformedYamlIsToldWithLineAndColumn() {
    Project project = Project.empty(folder).write("bad.yaml", "store: memory", "mailboxes: [", "");
    Outcome outcome = project.run("validate", project.file("bad.yaml"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.errors()).hasSize(1);
    assertThat(outcome.err()).containsPattern("^fault: .*bad\\.yaml:\\d+:\\d+");
    assertThat(outcome.out()).contains("faults: 1");
  }

  @Test
  void everyFaultIsToldAtOnce() {
    Project project =
        Project.example(folder)
            .replace("sequencer.yaml", "perDay: 30", "perDay: 0")
            .replace("sequencer.yaml", "via: files\n    perDay: 50", "via: flies\n    perDay: 50")
            .replace("sequencer.yaml", "wait: 2d\n", "wait: 2 fortnights\n");
    Outcome outcome = project.run("validate", project.file("sequencer.yaml"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("perDay")
        .contains("did you mean 'files'?")
        .contains("2 fortnights");
    assertThat(outcome.errors()).hasSize(3).allMatch(line -> line.matches("fault: .*:\\d+:\\d+.*"));
  }

  @Test
  void anUnknownTemplateIsToldAtItsPlaceInTheSequence() {
    Project project =
        Project.example(folder).replace("sequencer.yaml", "template: tips", "template: tipps");
    Outcome outcome = project.run("validate");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .containsPattern("fault: .*sequencer\\.yaml:\\d+:\\d+.*'tipps'")
        .contains("did you mean 'tips'");
  }

  @Test
  void aLintOfATemplateIsToldAndIsNoFault() {
    Project project =
        Project.example(folder)
            .write("mail/tips.html", "<p>Hello <img src='https://acme.example/x.png'></p>");
    Outcome outcome = project.run("validate");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).startsWith("lint: ").contains("alt");
    assertThat(outcome.out()).contains("faults: 0, lints: 1");
  }

  @Test
  void aBrokenTemplateIsAFault() {
    Project project = Project.example(folder).write("mail/tips.txt", "Hello {{name");
    Outcome outcome = project.run("validate");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("fault: ");
  }

  @Test
  void jsonSaysTheSame() {
    Project project =
        Project.example(folder).replace("sequencer.yaml", "template: tips", "template: tipps");
    Outcome outcome = project.run("validate", "--json");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.json("faults")).isEqualTo(1L);
    assertThat(outcome.json("lints")).isEqualTo(0L);
    assertThat(outcome.json("problems", 0, "severity")).isEqualTo("fault");
    assertThat((String) outcome.json("problems", 0, "place")).contains("sequencer.yaml:");
    assertThat((String) outcome.json("problems", 0, "message")).contains("tipps");
  }

  @Test
  void aMissingVariableOfTheEnvironmentIsNamed() {
    Project project =
        Project.example(folder)
            .replace(
                "sequencer.yaml",
                "files: {type: eml, folder: ./outbox}",
                "files: {type: smtp, host: \"${SMTP_HOST}\"}");
    assertThat(project.run("validate").err()).contains("SMTP_HOST");
    assertThat(project.with("SMTP_HOST", "smtp.acme.example").run("validate").code()).isZero();
  }

  @Test
  void aFileThatIsNotThereIsAFault() {
    Outcome outcome = Project.empty(folder).run("validate", folder + "/none.yaml", "--json");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.json("problems"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(1);
  }

  @Test
  void aFileInTheWrongEncodingIsAFault() throws Exception {
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xfc, '\n'});
    Outcome outcome = Project.empty(folder).run("validate", folder + "/latin.yaml");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("UTF-8");
    assertThat(List.of(outcome.err().split("\n"))).hasSize(1);
  }
}
