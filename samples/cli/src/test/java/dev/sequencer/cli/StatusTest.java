package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.cli.Project.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  @TempDir private Path folder;

  @Test
  void sequencesMailboxesAndHealthAreShown() {
    Outcome outcome = Project.enrolled(folder).run("status");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("Sequence   onboarding, version 1, active")
        .contains("active 3")
        .contains("ann@acme.example")
        .contains("0 of 30")
        .contains("Last pass  none so far");
  }

  @Test
  void jsonHasStableNames() {
    Outcome outcome = Project.enrolled(folder).run("status", "--json");
    assertThat(outcome.json("health", "lastPassAt")).isNull();
    assertThat(outcome.json("health", "up")).isInstanceOf(Boolean.class);
    assertThat(outcome.json("sequences", 0, "name")).isEqualTo("onboarding");
    assertThat(outcome.json("sequences", 0, "state")).isEqualTo("active");
    assertThat(outcome.json("sequences", 0, "enrollments", "active")).isEqualTo(3L);
    assertThat(outcome.json("sequences", 0, "enrollments", "inDoubt")).isEqualTo(0L);
    assertThat(outcome.json("mailboxes", 0, "address")).isEqualTo("ann@acme.example");
    assertThat(outcome.json("mailboxes", 0, "perDay")).isEqualTo(30L);
    assertThat(outcome.json("mailboxes", 0, "perHour")).isNull();
    assertThat(outcome.json("mailboxes", 0, "rest")).isNull();
  }

  @Test
  void aCheckFailsWhileWorkIsDueAndNobodyDoesIt() {
    assertThat(Project.enrolled(folder).run("status", "--check").code()).isEqualTo(1);
  }

  @Test
  void aStoreThatIsNotThereIsNotMade() {
    Outcome outcome = Project.example(folder).run("status");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("there is no store yet");
    assertThat(Files.exists(folder.resolve("sequencer.db"))).isFalse();
  }

  @Test
  void enrollmentsAreListedByPages() {
    Project project = Project.enrolled(folder);
    Outcome page = project.run("enrollments", "--limit", "2", "--json");
    assertThat(page.json("enrollments", 1, "contact", "email")).isEqualTo("bo.tanaka@example.com");
    assertThat(page.json("enrollments", 1, "contact", "zone")).isEqualTo("Asia/Tokyo");
    Outcome rest = project.run("enrollments", "--after", (String) page.json("next"), "--json");
    assertThat(rest.json("enrollments", 0, "id")).isEqualTo(3L);
    assertThat(rest.json("next")).isNull();
  }

  @Test
  void enrollmentsAreFoundByAddress() {
    Outcome outcome =
        Project.enrolled(folder).run("enrollments", "--email", "carla.souza@example.com");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("carla").doesNotContain("bo.tanaka");
  }

  @Test
  void oneEnrollmentIsShownWithItsHistory() {
    Project project = Project.enrolled(folder);
    project.run("pause", "2", "--by", "ann", "--why", "on leave");
    Outcome outcome = project.run("enrollment", "2");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("2 of onboarding, version 1")
        .contains("Bo Tanaka <bo.tanaka@example.com>")
        .contains("paused")
        .contains("on leave");
    Outcome json = project.run("enrollment", "2", "--json");
    assertThat(json.json("status")).isEqualTo("paused");
    assertThat(json.json("step")).isEqualTo("welcome");
    assertThat(json.out()).contains("\"who\": \"ann\"").contains("\"why\": \"on leave\"");
  }

  @Test
  void wrongIdsAndNamesAreRefused() {
    Project project = Project.enrolled(folder);
    assertThat(project.run("enrollment", "99").err()).contains("there is no enrollment 99");
    assertThat(project.run("enrollment", "x").err()).contains("but is 'x'");
    assertThat(project.run("enrollments", "--sequence", "nope").err()).contains("nope");
    assertThat(project.run("enrollments", "--status", "nope").code()).isEqualTo(2);
    assertThat(project.run("enrollments", "--limit", "0").err()).contains("1 to 1000");
    assertThat(project.run("enrollments", "--limit", "many").code()).isEqualTo(2);
    assertThat(project.run("enrollments", "--email", "nobody").err()).contains("--email 'nobody'");
    assertThat(project.run("deliveries", "--sequence", "nope").err()).contains("nope");
    assertThat(project.run("deliveries", "--mailbox", "x@y.example").err())
        .contains("there is no mailbox 'x@y.example'");
    assertThat(project.run("deliveries", "--status", "lost").code()).isEqualTo(2);
    assertThat(project.run("deliveries", "--after", "x").err()).contains("42-1");
    assertThat(project.run("suppressions", "--limit", "1001").code()).isEqualTo(1);
  }

  @Test
  void emptyListsSaySo() {
    Project project = Project.enrolled(folder);
    assertThat(project.run("deliveries").out()).contains("no deliveries");
    assertThat(project.run("deliveries", "--status", "in-doubt", "--json").json("next")).isNull();
    assertThat(project.run("suppressions").out()).contains("no suppressions");
  }
}
