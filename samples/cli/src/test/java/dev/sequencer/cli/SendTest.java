package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.cli.Project.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendTest {
  @TempDir private Path folder;

  private Outcome send(Project project, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("send", "--from", "ann@acme.example", "--to", "Bo <bo@example.com>"));
    arguments.addAll(List.of(more));
    return project.run(arguments.toArray(String[]::new));
  }

  @Test
  void aMailIsKeptUntilItsTime() {
    Project project = Project.example(folder);
    Outcome outcome = send(project, "--template", "welcome", "-d", "company=Acme", "--at", "+2m");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("send 1-1, due 2");
  }

  @Test
  void aLocalTimeIsThatOfTheRecipient() {
    Outcome outcome =
        send(
            Project.example(folder),
            "--text",
            "Hello",
            "--subject",
            "Hi",
            "--zone",
            "Asia/Tokyo",
            "--at",
            "2099-12-01T10:00",
            "--json");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.json("id")).isEqualTo("1-1");
    assertThat(outcome.json("due")).isEqualTo("2099-12-01T01:00:00Z");
    assertThat(outcome.json("status")).isEqualTo("active");
  }

  @Test
  void aSecondSendWithTheSameKeyIsTheFirst() {
    Project project = Project.example(folder);
    String[] mail = {"--text", "Hello", "--subject", "Hi", "--key", "hello:bo", "--json"};
    assertThat(send(project, mail).json("id")).isEqualTo("1-1");
    assertThat(send(project, mail).json("id")).isEqualTo("1-1");
  }

  @Test
  void aSendCanBeTakenBack() {
    Project project = Project.example(folder);
    send(project, "--text", "Hello", "--subject", "Hi", "--at", "+1h");
    Outcome outcome = project.run("cancel", "1-1", "--why", "a mistake");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("done: ");
  }

  @Test
  void aBadTimeIsRefusedWithExamples() {
    Outcome outcome = send(Project.example(folder), "--template", "welcome", "--at", "tomorrow");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("WHEN must be").contains("+2m").contains("'tomorrow'");
  }

  @Test
  void aMailWithoutABodyIsRefused() {
    Outcome outcome = send(Project.example(folder), "--subject", "Hi");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("--template");
  }

  @Test
  void anUnknownTemplateIsRefused() {
    Outcome outcome = send(Project.example(folder), "--template", "welcom");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("'welcom'").contains("did you mean 'welcome'");
  }

  @Test
  void anUnknownMailboxIsRefused() {
    Outcome outcome =
        Project.example(folder)
            .run(
                "send",
                "--from",
                "zoe@acme.example",
                "--to",
                "bo@example.com",
                "--template",
                "welcome");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("zoe@acme.example");
  }

  @Test
  void wrongValuesAreNamedWithTheirOption() {
    Project project = Project.example(folder);
    assertThat(send(project, "--text", "x", "--zone", "Mars/Olympus").err())
        .contains("--zone 'Mars/Olympus'");
    assertThat(send(project, "--text", "x", "--locale", "12345678901").err())
        .contains("--locale '12345678901'");
    assertThat(project.run("send", "--from", "ann", "--to", "bo@example.com", "--text", "x").err())
        .contains("--from 'ann'");
    assertThat(project.run("send", "--from", "ann@acme.example", "--to", "bo", "--text", "x").err())
        .contains("--to 'bo'");
  }

  @Test
  void anUnknownKindIsNotUnderstood() {
    Outcome outcome = send(Project.example(folder), "--text", "x", "--kind", "spam");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--kind").contains("spam");
  }

  @Test
  void bulkWithoutAWayToUnsubscribeIsRefused() {
    Outcome outcome =
        send(Project.example(folder), "--text", "x", "--subject", "Hi", "--kind", "bulk");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).containsIgnoringCase("unsubscribe");
  }
}
