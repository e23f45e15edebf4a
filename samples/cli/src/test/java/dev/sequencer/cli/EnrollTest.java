package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.cli.Project.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrollTest {
  @TempDir private Path folder;

  private static Outcome enroll(Project project, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "enroll";
    arguments[1] = "onboarding";
    arguments[2] = "--contacts";
    arguments[3] = project.file("contacts.csv");
    System.arraycopy(more, 0, arguments, 4, more.length);
    return project.run(arguments);
  }

  @Test
  void contactsAreEnrolledOnce() {
    Project project = Project.example(folder);
    Outcome first = enroll(project);
    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isZero();
    assertThat(first.out())
        .contains("onboarding: enrolled 3, already enrolled 0, suppressed 0, invalid 0");
    Outcome second = enroll(project, "--json");
    assertThat(second.code()).isZero();
    assertThat(second.json("enrolled")).isEqualTo(0L);
    assertThat(second.json("alreadyEnrolled")).isEqualTo(3L);
  }

  @Test
  void aBadRowIsToldWithItsLineAndTheOthersGoIn() {
    Project project =
        Project.example(folder)
            .write(
                "contacts.csv",
                "email,note,zone",
                "\"bo@example.com\",\"a note",
                "on two lines\",Asia/Tokyo",
                "no address,Ann,",
                "cy@example.com,Cy,Mars/Olympus",
                "di@example.com,Di",
                "ed@example.com,Ed,Europe/Berlin");
    Outcome outcome = enroll(project);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).contains("enrolled 2").contains("invalid 3");
    assertThat(outcome.errors()).hasSize(3);
    // rows that cannot be read are told when they are read, the others when they are answered
    assertThat(outcome.err())
        .containsPattern("contacts\\.csv:4: .*@")
        .containsPattern("contacts\\.csv:5: .*Mars/Olympus")
        .containsPattern("contacts\\.csv:6: .*fields");
  }

  @Test
  void jsonTellsTheBadRows() {
    Project project =
        Project.example(folder).write("contacts.csv", "email", "bo@example.com", "nobody");
    Outcome outcome = enroll(project, "--json");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.json("enrolled")).isEqualTo(1L);
    assertThat(outcome.json("invalid")).isEqualTo(1L);
    assertThat(outcome.json("faults", 0, "line")).isEqualTo(3L);
    assertThat((String) outcome.json("faults", 0, "reason")).contains("'@'");
  }

  @Test
  void aSuppressedContactIsNoFault() {
    Project project = Project.enrolled(folder);
    project.run("suppress", "gone.example");
    project.write("contacts.csv", "email", "bo@gone.example");
    Outcome outcome = enroll(project);
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("suppressed 1");
  }

  @Test
  void aFileWithoutTheColumnEmailIsRefused() {
    Project project = Project.example(folder).write("contacts.csv", "mail,name", "a@b.example,A");
    Outcome outcome = enroll(project);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("contacts.csv").contains("email");
  }

  @Test
  void aFileInUtf16IsRefused() throws Exception {
    Project project = Project.example(folder);
    Files.write(
        project.path("contacts.csv"), "email\nbo@example.com\n".getBytes(StandardCharsets.UTF_16));
    Outcome outcome = enroll(project);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("UTF-8");
  }

  @Test
  void aRowInLatin1IsToldAndTheOthersGoIn() throws Exception {
    Project project = Project.example(folder);
    Files.write(
        project.path("contacts.csv"),
        "email,name\nbo@example.com,Bö\nal@example.com,Al\n".getBytes(StandardCharsets.ISO_8859_1));
    Outcome outcome = enroll(project);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("UTF-8");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Project project = Project.example(folder);
    Outcome outcome = project.run("enroll", "onboarding", "--contacts", folder + "/none.csv");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("none.csv");
    assertThat(Files.exists(project.path("sequencer.db"))).isFalse();
  }

  @Test
  void anUnknownSequenceIsRefused() {
    Project project = Project.example(folder);
    Outcome outcome =
        project.run("enroll", "onbording", "--contacts", project.file("contacts.csv"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("onbording").contains("did you mean 'onboarding'");
  }

  @Test
  void aStoreInMemoryIsRefused() {
    Project project =
        Project.example(folder)
            .replace("sequencer.yaml", "store: {sqlite: ./sequencer.db}", "store: memory");
    Outcome outcome = enroll(project);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("'enroll' needs a store that outlives it")
        .contains("sqlite");
  }

  @Test
  void aSequenceThatIsArchivedIsRefused() {
    Project project = Project.enrolled(folder);
    project.run("archive", "onboarding");
    Outcome outcome = enroll(project);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("archived");
  }

  @Test
  void onATerminalABarIsShown() {
    StringBuilder rows = new StringBuilder("email\n");
    for (int i = 0; i < 20_000; i++) {
      rows.append("user").append(i).append("@example.com\n");
    }
    Project project = Project.example(folder).write("contacts.csv", rows.toString());
    Outcome outcome = enroll(project.onTerminal());
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).contains("\r[").contains("100 %");
    assertThat(outcome.out()).contains("enrolled 20000");
  }
}
