package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.cli.Project.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActsTest {
  @TempDir private Path folder;
  private Project project;

  @BeforeEach
  void enroll() {
    project = Project.enrolled(folder);
  }

  private Object standing(int enrollment, String name) {
    return project.run("enrollment", Integer.toString(enrollment), "--json").json(name);
  }

  @Test
  void anEnrollmentIsPausedAndResumed() {
    assertThat(project.run("pause", "1").code()).isZero();
    assertThat(standing(1, "status")).isEqualTo("paused");
    assertThat(project.run("resume", "1").code()).isZero();
    assertThat(standing(1, "status")).isEqualTo("active");
  }

  @Test
  void aSequenceAMailboxAndEverythingArePausedAndResumed() {
    for (String target : new String[] {"onboarding", "ann@acme.example", "--everything"}) {
      Outcome paused = project.run("pause", target, "--json");
      assertThat(paused.json("outcome")).isEqualTo("done");
      assertThat(paused.json("inFlight")).isEqualTo(0L);
      assertThat(project.run("resume", target, "--json").json("outcome")).isEqualTo("done");
    }
    project.run("pause", "onboarding");
    project.run("pause", "mailbox:ann@acme.example");
    Outcome status = project.run("status", "--json");
    assertThat(status.json("sequences", 0, "state")).isEqualTo("paused");
    assertThat(status.json("mailboxes", 0, "paused")).isEqualTo(true);
  }

  @Test
  void whatIsSoAlreadyIsNoFailure() {
    project.run("pause", "1");
    Outcome again = project.run("pause", "1");
    assertThat(again.code()).isZero();
    assertThat(again.out()).startsWith("unchanged: ");
  }

  @ParameterizedTest
  @CsvSource({"cancel, cancelled", "complete, completed"})
  void anEnrollmentIsEnded(String command, String ending) {
    assertThat(project.run(command, "1").code()).isZero();
    assertThat(standing(1, "ending")).isEqualTo(ending);
  }

  @Test
  void anEnrollmentIsHeldSkippedAndMoved() {
    assertThat(project.run("hold", "1").code()).isZero();
    assertThat(standing(1, "status")).isEqualTo("held");
    assertThat(project.run("resume", "1").code()).isZero();
    assertThat(project.run("skip", "1").code()).isZero();
    assertThat(project.run("enrollment", "1", "--json").json("deliveries", 0, "status"))
        .isEqualTo("skipped");
    assertThat(project.run("move", "1", "follow-up").code()).isZero();
    assertThat(standing(1, "step")).isEqualTo("follow-up");
    assertThat(project.run("run-now", "2").code()).isZero();
  }

  @Test
  void whatTheStateDoesNotAllowIsRefused() {
    Outcome retry = project.run("retry", "1", "--json");
    assertThat(retry.code()).isEqualTo(1);
    assertThat(retry.json("outcome")).isIn("refused", "unchanged");
    project.run("cancel", "1");
    Outcome skip = project.run("skip", "1");
    assertThat(skip.code()).isEqualTo(1);
    assertThat(skip.err()).startsWith("sequencer: refused: ");
    assertThat(project.run("move", "2", "nowhere").code()).isEqualTo(1);
  }

  @Test
  void whoAndWhyStandInTheHistory() {
    project.run("hold", "1", "--why", "ask legal");
    Outcome shown = project.run("enrollment", "1", "--json");
    assertThat(shown.out()).contains("\"who\": \"tester\"").contains("\"why\": \"ask legal\"");
  }

  @Test
  void addressesAreSuppressedAndFreedAgain() {
    assertThat(project.run("suppress", "bo.tanaka@example.com", "--why", "asked").code()).isZero();
    assertThat(standing(2, "ending")).isEqualTo("stopped");
    Outcome list = project.run("suppressions", "--json");
    assertThat(list.json("suppressions", 0, "target")).isEqualTo("bo.tanaka@example.com");
    assertThat(list.json("suppressions", 0, "transactionalToo")).isEqualTo(false);
    assertThat(project.run("unsuppress", "bo.tanaka@example.com").code()).isZero();
    assertThat(project.run("suppressions").out()).contains("no suppressions");
    assertThat(project.run("suppress", "x@y.example", "--sequence", "onboarding").code()).isZero();
    assertThat(project.run("suppress", "z.example", "--transactional-too").code()).isZero();
    assertThat(project.run("suppressions").out()).contains("onboarding").contains("z.example");
  }

  @Test
  void aReplyEndsAnEnrollment() {
    Outcome outcome =
        project.run("record", "replied", "--email", "bo.tanaka@example.com", "--event-id", "m-1");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("enrollments concerned: 1");
    assertThat(standing(2, "reason")).asString().contains("replied");
    assertThat(project.run("record", "deal.won", "--contact", "user-1", "--json").json("event"))
        .isEqualTo("deal.won");
  }

  @Test
  void sequencesAreArchivedAndOpenedAndMailboxesRemoved() {
    assertThat(project.run("archive", "onboarding").code()).isZero();
    assertThat(project.run("status", "--json").json("sequences", 0, "state")).isEqualTo("archived");
    assertThat(project.run("activate", "onboarding").code()).isZero();
    assertThat(project.run("remove-mailbox", "ben@acme.example", "--then", "reassign").code())
        .isZero();
    assertThat(project.run("status").out()).doesNotContain("ben@acme.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pause", "resume", "cancel", "complete", "hold", "skip", "retry", "run-now"})
  void anEnrollmentThatIsNotThereIsNotFound(String command) {
    Outcome outcome = project.run(command, "99");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("not-found").contains("99");
    assertThat(outcome.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pause nope",
        "pause x@y.example",
        "resume nope",
        "archive nope",
        "activate nope",
        "reconnect x@y.example",
        "remove-mailbox x@y.example",
        "cancel 99-1",
        "move 99 tips",
        "resolve 99-1 skip"
      })
  void whatIsNotThereIsToldByName(String words) {
    String[] arguments = words.split(" ");
    Outcome outcome = project.run(arguments);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("not-found").contains(arguments[1].replace("-1", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "complete", "hold", "skip", "retry", "run-now"})
  void anIdThatIsNoNumberIsRefused(String command) {
    Outcome outcome = project.run(command, "bo");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("but is 'bo'");
  }

  @Test
  void wordsThatAreNotUnderstood() {
    assertThat(project.run("resolve", "1-1", "maybe").code()).isEqualTo(2);
    assertThat(project.run("resolve", "1-1", "maybe").err()).contains("was-sent").contains("maybe");
    assertThat(project.run("resolve", "1", "skip").err()).contains("42-1");
    assertThat(project.run("pause", "1", "--everything").code()).isEqualTo(2);
    assertThat(project.run("remove-mailbox", "ann@acme.example", "--then", "burn").code())
        .isEqualTo(2);
    assertThat(
            project
                .run("suppress", "a.example", "--sequence", "onboarding", "--transactional-too")
                .code())
        .isEqualTo(2);
    assertThat(project.run("suppress", "not an address").code()).isEqualTo(1);
    assertThat(project.run("suppress", "a.example", "--sequence", "nope").err()).contains("nope");
    assertThat(project.run("record", "replied").code()).isEqualTo(2);
    assertThat(project.run("record", "replied", "--email", "a", "--contact", "b").code())
        .isEqualTo(2);
    assertThat(project.run("record", "replied", "--email", "nobody").err())
        .contains("--email 'nobody'");
  }

  @Test
  void aMailboxIsReconnected() {
    Outcome outcome = project.run("reconnect", "ann@acme.example");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
  }
}
