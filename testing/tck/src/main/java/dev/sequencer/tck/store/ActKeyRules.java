package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Ending;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Answer;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Acts are carried out once and whole. */
abstract class ActKeyRules extends StoreRules {
  private StoreViews views() {
    return bench().handle().views();
  }

  private static LogEntry line(String kind) {
    return new LogEntry(0, "", StoreBench.START, 0, 0, kind, "{\"by\":\"ann\"}");
  }

  private static SteerCall on(long enrollment, Function<Subject, Optional<Transition>> reaction) {
    return SteerCall.of("", new Target.These(List.of(enrollment)), reaction);
  }

  @Test
  void aCallWithAKeyThatWasSeenChangesNothing() {
    long enrollment = bench().enroll(bench().row("bo@x.example").id("u1"));
    SteerCall first = on(enrollment, Plans.pause()).key("evt-1");
    assertThat(bench().handle().steer(first).repeated()).isFalse();
    Work paused = bench().work(enrollment);

    Answer second =
        bench()
            .handle()
            .steer(
                on(enrollment, Plans.end(Ending.CANCELLED))
                    .key("evt-1")
                    .saving(Rows.contact("bo@y.example", "u1"))
                    .suppressing(List.of(SuppressionRules.everything("y.example")), List.of())
                    .logging(List.of(line("again"))));

    assertThat(second.repeated()).isTrue();
    assertThat(second.after()).isEmpty();
    assertThat(bench().work(enrollment)).isEqualTo(paused);
    assertThat(bench().subject(enrollment).contact().normalized()).isEqualTo("bo@x.example");
    assertThat(views().suppressionsOf("", "bo@y.example")).isEmpty();
    assertThat(views().log("", 0, 0, 9)).isEmpty();
  }

  @Test
  void aCallThatCarriesOutWhatIsNotLeftChangesNothing() {
    Work before = bench().work(bench().enroll(bench().row("bo@x.example")));
    assertThat(bench().handle().leaves()).isFalse();
    assertThat(bench().handle().inbox(9)).isEmpty();

    Answer answer =
        bench()
            .handle()
            .steer(on(before.enrollment(), Plans.pause()).key("evt-1").carryingOut(1_000_000));

    assertThat(answer.repeated()).isTrue();
    assertThat(answer.after()).isEmpty();
    assertThat(bench().work(before.enrollment())).isEqualTo(before);
    SteerCall byKey = on(before.enrollment(), Plans.pause()).key("evt-1");
    assertThat(bench().handle().steer(byKey).repeated()).isFalse();
  }

  @Test
  void keysAreTheTenantsOwnAndNoKeyIsNoKey() {
    long enrollment = bench().enroll(bench().row("bo@x.example"));
    SteerCall nobody = SteerCall.of("acme", new Target.Nobody(), Plans.nothing());
    assertThat(bench().handle().steer(nobody.key("evt-1")).repeated()).isFalse();
    SteerCall act = on(enrollment, Plans.change(work -> work));
    assertThat(bench().handle().steer(act.key("evt-1")).repeated()).isFalse();
    assertThat(bench().handle().steer(act.key("evt-2")).repeated()).isFalse();
    long rev = bench().work(enrollment).rev();
    bench().handle().steer(act);
    assertThat(bench().handle().steer(act).repeated()).isFalse();
    assertThat(bench().work(enrollment).rev()).isEqualTo(rev + 2);
  }

  @Test
  void aFunctionThatThrowsLeavesNothingOfTheCall() {
    Work one = bench().work(bench().enroll(bench().row("1@x.example").id("u1")));
    Work two = bench().work(bench().enroll(bench().row("2@x.example")));
    SteerCall call =
        SteerCall.of(
                "",
                new Target.These(List.of(one.enrollment(), two.enrollment())),
                subject -> {
                  if (subject.work().enrollment() == two.enrollment()) {
                    throw new IllegalStateException("no decision");
                  }
                  return Plans.pause().apply(subject);
                })
            .key("evt-1")
            .saving(Rows.contact("1@y.example", "u1"))
            .suppressing(List.of(SuppressionRules.everything("y.example")), List.of())
            .logging(List.of(line("tried")));
    assertThatThrownBy(() -> bench().handle().steer(call)).hasStackTraceContaining("no decision");

    assertThat(bench().work(one.enrollment())).isEqualTo(one);
    assertThat(bench().subject(one.enrollment()).contact().normalized()).isEqualTo("1@x.example");
    assertThat(views().suppressionsOf("", "1@y.example")).isEmpty();
    assertThat(views().log("", 0, 0, 9)).isEmpty();
    SteerCall again = on(one.enrollment(), Plans.pause()).key("evt-1");
    assertThat(bench().handle().steer(again).repeated()).isFalse();
  }
}
