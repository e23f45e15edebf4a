package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.Origin;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Answer;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Acts and events: what they write, and that they are carried out once and whole. */
abstract class SteeringRules extends StoreRules {
  private StoreViews views() {
    return bench().handle().views();
  }

  private static LogEntry line(String kind) {
    return new LogEntry(0, "", StoreBench.START, 0, 0, kind, "{\"by\":\"ann\"}");
  }

  @Test
  void whatAFunctionDecidesIsWrittenWholeWithTheNextRev() {
    Work before = bench().work(bench().enroll(bench().row("bo@x.example")));
    Instant due = StoreBench.START.plusSeconds(90);
    Work next =
        before
            .waitingIn(Lanes.priority(before.lane(), 0), due)
            .state(before.state().status(EnrollmentStatus.PAUSED, "by hand"))
            .attempt(before.attempt().boundTo(bench().mailbox()).counts(1, 2));
    Delivery delivery = Plans.delivery(before, DeliveryStatus.SKIPPED, 0, StoreBench.START);
    Answer answer =
        bench()
            .steer(
                before.enrollment(),
                subject ->
                    Optional.of(
                        new Transition(
                            next,
                            Optional.of(delivery),
                            List.of(Plans.entry(before, "paused", StoreBench.START)))));

    Work after = bench().work(before.enrollment());
    assertThat(answer.repeated()).isFalse();
    assertThat(answer.after()).containsExactly(after);
    assertThat(after.rev()).isEqualTo(before.rev() + 1);
    assertThat(after.lane()).isEqualTo(next.lane());
    assertThat(after.due()).isEqualTo(due);
    assertThat(after.state()).isEqualTo(next.state());
    assertThat(after.attempt()).isEqualTo(next.attempt());
    assertThat(bench().subject(before.enrollment()).deliveries()).containsExactly(delivery);
    assertThat(views().log("", before.enrollment(), 0, 9))
        .extracting(LogEntry::kind)
        .containsExactly("paused");
  }

  @Test
  void aFunctionSeesEachEnrollmentAsItIsStored() {
    Work begun = bench().begun("bo@x.example");
    bench().complete(Plans.sent(begun, StoreBench.START));
    Subject stored = bench().subject(begun.enrollment());
    List<Subject> seen = new ArrayList<>();
    Answer answer =
        bench()
            .steer(
                begun.enrollment(),
                subject -> {
                  seen.add(subject);
                  return Optional.empty();
                });
    assertThat(seen).containsExactly(stored);
    assertThat(stored.deliveries()).hasSize(1);
    assertThat(answer.before()).containsExactly(stored);
  }

  @Test
  void aRowForWhichAFunctionGivesNothingStaysAsItIs() {
    Work one = bench().work(bench().enroll(bench().row("1@x.example")));
    Work two = bench().work(bench().enroll(bench().row("2@x.example")));
    Answer answer =
        bench()
            .handle()
            .steer(
                SteerCall.of(
                    "",
                    new Target.These(List.of(one.enrollment(), two.enrollment())),
                    subject ->
                        subject.work().enrollment() == one.enrollment()
                            ? Optional.empty()
                            : Plans.pause().apply(subject)));
    assertThat(answer.before()).extracting(Subject::work).containsExactly(one, two);
    assertThat(answer.after()).extracting(Work::enrollment).containsExactly(two.enrollment());
    assertThat(bench().work(one.enrollment())).isEqualTo(one);
  }

  @Test
  @DisplayName("K15 an act tells how many are in flight")
  void anActTellsHowManyAreInFlight() {
    Work sending = bench().begun("1@x.example");
    Work doubtful = bench().begun("2@x.example");
    bench().complete(Plans.doubted(doubtful, StoreBench.START));
    long waiting = bench().enroll(bench().row("3@x.example"));
    Answer answer =
        bench()
            .handle()
            .steer(
                SteerCall.of(
                    "",
                    new Target.These(List.of(sending.enrollment(), doubtful.enrollment(), waiting)),
                    Plans.nothing()));
    assertThat(answer.inFlight()).isEqualTo(1);
  }

  @Test
  void whatIsBeingSentKeepsItsAttemptUnlessTheFunctionDecidesOtherwise() {
    Work begun = bench().begun("bo@x.example");
    bench().steer(begun.enrollment(), Plans.pause());
    Work paused = bench().work(begun.enrollment());
    assertThat(paused.state().phase()).isEqualTo(EnrollmentPhase.SENDING);
    assertThat(paused.attempt()).isEqualTo(begun.attempt());

    bench().steer(begun.enrollment(), Plans.change(work -> work.state(State.WAITING)));
    assertThat(bench().work(begun.enrollment()).state()).isEqualTo(State.WAITING);
    assertThat(bench().claim(new Claims()).rows()).hasSize(1);
  }

  @Test
  void aMigrationChangesTheVersion() {
    Work before = bench().work(bench().enroll(bench().row("bo@x.example")));
    bench()
        .steer(
            before.enrollment(),
            Plans.change(
                work -> {
                  Origin old = work.origin();
                  Origin moved =
                      new Origin(
                          old.tenant(),
                          old.sequence(),
                          bench().pool(),
                          old.contact(),
                          old.run(),
                          old.enrolledAt());
                  return new Work(
                      work.enrollment(),
                      moved,
                      work.rev(),
                      work.lane(),
                      work.due(),
                      work.cursor(),
                      work.state(),
                      work.attempt());
                }));
    assertThat(bench().work(before.enrollment()).origin().version()).isEqualTo(bench().pool());
  }

  @Test
  @DisplayName("S20 a contact that moves is planned anew in the same call")
  void aContactThatMovesIsPlannedAnewInTheSameCall() {
    Work before = bench().work(bench().enroll(bench().row("bo@x.example").id("u1")));
    Instant due = StoreBench.START.plusSeconds(3_600);
    StoredContact moved = Rows.inZone(Rows.contact("bo@y.example", "u1"), "Asia/Tokyo");
    Answer answer =
        bench()
            .handle()
            .steer(
                SteerCall.of(
                        "",
                        new Target.OfSavedContact(),
                        subject ->
                            Plans.change(work -> work.waitingIn(tokyo(subject), due))
                                .apply(subject))
                    .saving(moved));
    StoredContact saved = answer.contact().orElseThrow();
    assertThat(saved.number()).isEqualTo(before.origin().contact());
    assertThat(saved.normalized()).isEqualTo("bo@y.example");
    assertThat(answer.before()).extracting(Subject::contact).containsExactly(saved);
    Work after = bench().work(before.enrollment());
    assertThat(after.rev()).isEqualTo(before.rev() + 1);
    assertThat(after.due()).isEqualTo(due);
    assertThat(after.lane().calendar()).isEqualTo("Asia/Tokyo");
    assertThat(after.cursor()).isEqualTo(before.cursor());
  }

  private Lane tokyo(Subject subject) {
    return Lanes.calendar(bench().lane(), subject.contact().zone().orElse("none"));
  }

  @Test
  void savingFindsAndKeepsLikeEnrolling() {
    long number =
        bench().subject(bench().enroll(bench().row("Bo <bo@x.example>"))).contact().number();
    StoredContact saved = save(Rows.contact("bo@x.example", "u1"));
    assertThat(saved.number()).isEqualTo(number);
    assertThat(saved.address()).isEqualTo("Bo <bo@x.example>");
    assertThat(saved.id()).contains("u1");
    assertThat(views().contactById("", "u1")).contains(saved);
    assertThat(save(Rows.contact("new@x.example")).number()).isNotEqualTo(number);
  }

  private StoredContact save(StoredContact contact) {
    return bench()
        .handle()
        .steer(SteerCall.of("", new Target.Nobody(), Plans.nothing()).saving(contact))
        .contact()
        .orElseThrow();
  }

  @Test
  void linesThatBelongToNoEnrollmentAreLogged() {
    bench()
        .handle()
        .steer(
            SteerCall.of("", new Target.Nobody(), Plans.nothing())
                .logging(List.of(line("mailbox paused"), line("quota changed"))));
    List<LogEntry> log = views().log("", 0, 0, 9);
    assertThat(log).extracting(LogEntry::kind).containsExactly("mailbox paused", "quota changed");
    assertThat(log).extracting(LogEntry::detail).containsOnly("{\"by\":\"ann\"}");
  }
}
