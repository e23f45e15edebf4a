package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.EnrollCall.Answer;
import dev.sequencer.spi.store.EnrollCall.Outcome;
import dev.sequencer.spi.store.EnrollCall.Start;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Origin;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What enrolling makes, and what makes two enrollments the same. */
abstract class EnrollingRules extends StoreRules {
  @Test
  void aNewEnrollmentIsWhatItsRowAndItsStartSay() {
    Lane lane = Lanes.priority(Lanes.calendar(bench().lane(), "w1/Europe/Berlin"), 3);
    Instant due = StoreBench.START.plus(Duration.ofDays(2));
    Instant base = StoreBench.START.minusMillis(1);
    State paused = State.WAITING.status(EnrollmentStatus.PAUSED, "not yet");
    Rows row =
        bench()
            .row("bo@new.example")
            .run("spring")
            .data("{\"plan\":\"pro\"}")
            .start(contact -> new Start(lane, due, new Cursor(4, 3, base), paused));

    Answer answer = bench().enrollAll(row).get(0);

    assertThat(answer.outcome()).isEqualTo(Outcome.ENROLLED);
    assertThat(answer.run()).isEqualTo("spring");
    assertThat(answer.suppression()).isEmpty();
    assertThat(answer.enrollment()).isPositive();
    Subject subject = bench().subject(answer.enrollment());
    Work work = subject.work();
    assertThat(work.enrollment()).isEqualTo(answer.enrollment());
    assertThat(work.lane()).isEqualTo(lane);
    assertThat(work.due()).isEqualTo(due);
    assertThat(work.cursor()).isEqualTo(new Cursor(4, 3, base));
    assertThat(work.state()).isEqualTo(paused);
    assertThat(work.attempt()).isEqualTo(Attempt.NONE);
    assertThat(work.origin())
        .isEqualTo(
            new Origin(
                "",
                bench().sequence(),
                bench().version(),
                subject.contact().number(),
                "spring",
                StoreBench.START));
    assertThat(subject.data()).isEqualTo("{\"plan\":\"pro\"}");
    assertThat(subject.deliveries()).isEmpty();
  }

  @Test
  void oneCanBeEndedFromTheStart() {
    State ended =
        new State(
            EnrollmentStatus.ENDED,
            EnrollmentPhase.WAITING,
            Optional.of(Ending.COMPLETED),
            "nothing to do");
    long enrollment =
        bench()
            .enroll(
                bench()
                    .row("bo@new.example")
                    .start(
                        contact ->
                            new Start(
                                bench().lane(),
                                StoreBench.START,
                                new Cursor(0, 0, StoreBench.START),
                                ended)));
    assertThat(bench().work(enrollment).state()).isEqualTo(ended);
    assertThat(bench().claim()).isEmpty();
  }

  @Test
  void answersComeInTheOrderOfTheRowsAndNumbersGrow() {
    bench().enroll(bench().row("b@x.example"));
    List<Answer> answers =
        bench()
            .enrollAll(
                bench().row("a@x.example"), bench().row("b@x.example"), bench().row("c@x.example"));
    assertThat(answers)
        .extracting(Answer::outcome)
        .containsExactly(Outcome.ENROLLED, Outcome.ALREADY, Outcome.ENROLLED);
    assertThat(address(answers.get(0))).isEqualTo("a@x.example");
    assertThat(address(answers.get(1))).isEqualTo("b@x.example");
    assertThat(address(answers.get(2))).isEqualTo("c@x.example");
    assertThat(answers.get(0).enrollment()).isGreaterThan(answers.get(1).enrollment());
    assertThat(answers.get(2).enrollment()).isGreaterThan(answers.get(0).enrollment());
  }

  @Test
  void enrollingNobodyIsNothing() {
    assertThat(bench().handle().enroll(new EnrollCall(List.of()))).isEmpty();
  }

  @Test
  void theSameRunOfAContactGivesTheFirstBack() {
    Answer first = bench().enrollAll(bench().row("bo@x.example").run("r1")).get(0);
    Answer second =
        bench()
            .enrollAll(
                bench()
                    .row("bo@x.example")
                    .run("r1")
                    .data("{\"late\":true}")
                    .waitingIn(bench().lane(), StoreBench.START.plusSeconds(9)))
            .get(0);
    assertThat(second.outcome()).isEqualTo(Outcome.ALREADY);
    assertThat(second.enrollment()).isEqualTo(first.enrollment());
    assertThat(second.run()).isEqualTo("r1");
    Subject subject = bench().subject(first.enrollment());
    assertThat(subject.data()).isEqualTo("{}");
    assertThat(subject.work().due()).isEqualTo(StoreBench.START);
  }

  @Test
  void theSameContactTwiceInOneCallIsOneEnrollment() {
    List<Answer> answers =
        bench().enrollAll(bench().row("Bo@X.example"), bench().row("bo@x.example"));
    assertThat(answers)
        .extracting(Answer::outcome)
        .containsExactly(Outcome.ENROLLED, Outcome.ALREADY);
    assertThat(answers.get(1).enrollment()).isEqualTo(answers.get(0).enrollment());
  }

  @Test
  void anotherRunKeyOrAnotherSequenceIsAnotherEnrollment() {
    List<Answer> answers =
        bench()
            .enrollAll(
                bench().row("bo@x.example"),
                bench().row("bo@x.example").run("r2"),
                bench().row("bo@x.example").sequence(bench().otherSequence()));
    assertThat(answers).extracting(Answer::outcome).containsOnly(Outcome.ENROLLED);
    assertThat(answers).extracting(Answer::enrollment).doesNotHaveDuplicates();
    assertThat(bench().work(answers.get(2).enrollment()).origin().sequence())
        .isEqualTo(bench().otherSequence());
  }

  @Test
  @DisplayName("B2 once is once, also after the end")
  void onceIsOnceAlsoAfterTheEnd() {
    long first = bench().enroll(bench().row("bo@x.example"));
    bench().steer(first, Plans.end(Ending.COMPLETED));
    Answer second = bench().enrollAll(bench().row("bo@x.example")).get(0);
    assertThat(second.outcome()).isEqualTo(Outcome.ALREADY);
    assertThat(second.enrollment()).isEqualTo(first);
    assertThat(bench().claim()).isEmpty();
  }

  @Test
  @DisplayName("B3 after the end the next numbered run begins, and the first is kept")
  void afterTheEndTheNextNumberedRunBegins() {
    Rows row = bench().row("bo@x.example").run("r").afterEnd();
    Answer first = bench().enrollAll(row).get(0);
    assertThat(first.run()).isEqualTo("r");
    assertThat(bench().enrollAll(row).get(0).outcome()).isEqualTo(Outcome.ALREADY);

    bench().steer(first.enrollment(), Plans.end(Ending.COMPLETED));
    Answer second = bench().enrollAll(row).get(0);
    assertThat(second.outcome()).isEqualTo(Outcome.ENROLLED);
    assertThat(second.run()).isEqualTo("r#2");
    assertThat(bench().work(second.enrollment()).origin().run()).isEqualTo("r#2");
    Answer again = bench().enrollAll(row).get(0);
    assertThat(again.outcome()).isEqualTo(Outcome.ALREADY);
    assertThat(again.enrollment()).isEqualTo(second.enrollment());
    assertThat(again.run()).isEqualTo("r#2");

    bench().steer(second.enrollment(), Plans.end(Ending.FAILED));
    assertThat(bench().enrollAll(row).get(0).run()).isEqualTo("r#3");
    assertThat(bench().work(first.enrollment()).state().ending()).contains(Ending.COMPLETED);
  }

  @Test
  void aKeyOfTheSequenceIsOneWhoeverTheContactIs() {
    Answer first = bench().enrollAll(bench().row("bo@x.example").run("trial:42").whoever()).get(0);
    Answer second = bench().enrollAll(bench().row("cy@x.example").run("trial:42").whoever()).get(0);
    assertThat(second.outcome()).isEqualTo(Outcome.ALREADY);
    assertThat(second.enrollment()).isEqualTo(first.enrollment());
    assertThat(bench().handle().views().contactsByAddress("", "cy@x.example")).isEmpty();

    Answer otherKey =
        bench().enrollAll(bench().row("bo@x.example").run("trial:43").whoever()).get(0);
    Answer otherSequence =
        bench()
            .enrollAll(
                bench()
                    .row("bo@x.example")
                    .run("trial:42")
                    .sequence(bench().otherSequence())
                    .whoever())
            .get(0);
    assertThat(otherKey.outcome()).isEqualTo(Outcome.ENROLLED);
    assertThat(otherSequence.outcome()).isEqualTo(Outcome.ENROLLED);
  }

  @Test
  void theStartSeesTheContactAsItIsStored() {
    bench()
        .enroll(
            bench()
                .row("bo@x.example")
                .contact(Rows.inZone(Rows.contact("Bo <bo@x.example>", "u1"), "Asia/Tokyo")));
    StoredContact[] seen = new StoredContact[1];
    long second =
        bench()
            .enroll(
                bench()
                    .row("bo@y.example")
                    .id("u1")
                    .run("again")
                    .start(
                        contact -> {
                          seen[0] = contact;
                          return new Start(
                              bench().lane(),
                              StoreBench.START,
                              new Cursor(1, 0, StoreBench.START),
                              State.WAITING);
                        }));
    assertThat(seen[0].zone()).contains("Asia/Tokyo");
    assertThat(seen[0].address()).isEqualTo("Bo <bo@y.example>");
    assertThat(seen[0]).isEqualTo(bench().subject(second).contact());
  }

  @Test
  void aStartThatThrowsLeavesNothingOfTheCall() {
    Rows bad =
        bench()
            .row("cy@x.example")
            .start(
                contact -> {
                  throw new IllegalStateException("no start");
                });
    Rows good = bench().row("bo@x.example");
    assertThatThrownBy(() -> bench().enrollAll(good, bad)).hasStackTraceContaining("no start");

    assertThat(bench().handle().views().enrollments(Filters.any(), 0, 10)).isEmpty();
    assertThat(bench().handle().views().contactsByAddress("", "bo@x.example")).isEmpty();
    assertThat(bench().claim()).isEmpty();
    assertThat(bench().enrollAll(good).get(0).outcome()).isEqualTo(Outcome.ENROLLED);
    assertThat(bench().claim()).hasSize(1);
  }

  private String address(Answer answer) {
    return bench().subject(answer.enrollment()).contact().normalized();
  }
}
