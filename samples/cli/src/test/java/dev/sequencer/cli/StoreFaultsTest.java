package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.cli.Project.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFaultsTest {
  @TempDir private Path folder;

  @Test
  void aFileThatIsNoDatabaseIsNamedAndLeftAlone() throws Exception {
    Project project = Project.example(folder);
    String garbage = "this is no database, it is a letter to my grandmother\n".repeat(50);
    Files.writeString(project.path("sequencer.db"), garbage);
    for (String command : new String[] {"status", "enrollments", "run"}) {
      Outcome outcome = project.run(command);
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("sequencer.db").doesNotContain("\tat ");
    }
    assertThat(Files.readString(project.path("sequencer.db"))).isEqualTo(garbage);
  }

  @Test
  void aFileThatSomebodyHoldsIsToldAndNothingIsDone() throws Exception {
    Project project = Project.enrolled(folder);
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + project.file("sequencer.db"));
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      Outcome outcome = project.run("pause", "1");
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("sequencer.db").doesNotContain("\tat ");
      statement.execute("rollback");
    }
    assertThat(project.run("enrollment", "1", "--json").json("status")).isEqualTo("active");
  }

  @Test
  void aFolderInTheStoresPlaceIsNamed() throws Exception {
    Project project = Project.example(folder);
    Files.createDirectory(project.path("sequencer.db"));
    Outcome outcome = project.run("status");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("sequencer.db").doesNotContain("\tat ");
  }

  @Test
  void aNegativeGraceIsRefused() {
    Outcome outcome = Project.example(folder).run("run", "--grace", "-1");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("--grace").contains("-1");
    assertThat(Project.empty(folder).run("run", "--grace", "long").code()).isEqualTo(2);
  }
}
