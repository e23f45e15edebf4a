package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Ending;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.Work;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which enrollments an act or an event finds. */
abstract class TargetRules extends StoreRules {
  private List<Long> found(Target target) {
    return found(SteerCall.of("", target, Plans.nothing()));
  }

  private List<Long> found(SteerCall call) {
    return bench().handle().steer(call).before().stream()
        .map(subject -> subject.work().enrollment())
        .toList();
  }

  private long enroll(Rows row) {
    return bench().enroll(row);
  }

  private long ended(Rows row) {
    long enrollment = enroll(row);
    bench().steer(enrollment, Plans.end(Ending.COMPLETED));
    return enrollment;
  }

  @Test
  void nobodyIsNobody() {
    enroll(bench().row("bo@x.example"));
    assertThat(found(new Target.Nobody())).isEmpty();
  }

  @Test
  void thoseThatAreNamedComeInTheOrderOfTheirNamesEndedOnesToo() {
    long one = enroll(bench().row("1@x.example"));
    long two = ended(bench().row("2@x.example"));
    long three = enroll(bench().row("3@x.example"));
    assertThat(found(new Target.These(List.of(three, three + 999, two, one))))
        .containsExactly(three, two, one);
    assertThat(found(new Target.These(List.of()))).isEmpty();
  }

  @Test
  void thoseOfAContactAreItsLiveOnes() {
    long one = enroll(bench().row("bo@x.example").id("u1"));
    ended(bench().row("bo@x.example").id("u1").run("2"));
    long three = enroll(bench().row("bo@x.example").id("u1").run("3"));
    enroll(bench().row("bo@x.example").id("u2"));
    assertThat(found(new Target.OfContact("u1"))).containsExactly(one, three);
    assertThat(found(new Target.OfContact("u9"))).isEmpty();
  }

  @Test
  void thoseOfAContactThatTheCallMakesKnownAreFound() {
    long plain = enroll(bench().row("bo@x.example"));
    SteerCall call =
        SteerCall.of("", new Target.OfContact("u1"), Plans.nothing())
            .saving(Rows.contact("bo@x.example", "u1"));
    assertThat(found(call)).containsExactly(plain);
  }

  @Test
  void thoseOfAnAddressAreTheLiveOnesOfAllItsContacts() {
    long one = enroll(bench().row("info@x.example").id("u1"));
    enroll(bench().row("bo@x.example").id("u3"));
    long two = enroll(bench().row("Info@X.example").id("u2"));
    ended(bench().row("info@x.example").id("u1").run("2"));
    long three = enroll(bench().row("info@x.example").id("u1").run("3"));
    assertThat(found(new Target.OfAddress("info@x.example"))).containsExactly(one, two, three);
    assertThat(found(new Target.OfAddress("x.example"))).isEmpty();
  }

  @Test
  void thoseOfTheSavedContactAreItsLiveOnes() {
    long one = enroll(bench().row("bo@x.example").id("u1"));
    ended(bench().row("bo@x.example").id("u1").run("2"));
    enroll(bench().row("cy@x.example").id("u2"));
    SteerCall call =
        SteerCall.of("", new Target.OfSavedContact(), Plans.nothing())
            .saving(Rows.contact("bo@y.example", "u1"));
    assertThat(found(call)).containsExactly(one);
    assertThat(found(new Target.OfSavedContact())).isEmpty();
  }

  @Test
  void thoseOfAMailboxAreBoundToItOrWaitInOneOfItsLanes() {
    Lane poolLane = Lanes.of(bench().pool(), bench().sequence());
    Lane other = Lanes.of(bench().otherMailbox(), bench().sequence());
    long waiting = enroll(bench().row("1@x.example"));
    enroll(bench().row("2@x.example").waitingIn(other, StoreBench.START));
    enroll(bench().row("3@x.example").waitingIn(poolLane, StoreBench.START));
    ended(bench().row("4@x.example"));
    long parked = enroll(bench().row("5@x.example").waitingIn(poolLane, StoreBench.START));
    bench()
        .steer(
            parked,
            Plans.change(
                work ->
                    work.waitingIn(Lane.control(bench().sequence()), work.due())
                        .attempt(work.attempt().boundTo(bench().mailbox()))));
    Work sending = bench().begun("6@x.example");
    assertThat(found(new Target.OfMailbox(bench().mailbox(), 0, 10)))
        .containsExactly(waiting, parked, sending.enrollment());
  }

  @Test
  void thoseOfAMailboxComeInPages() {
    List<Long> all = bench().enroll(5);
    assertThat(found(new Target.OfMailbox(bench().mailbox(), 0, 2)))
        .containsExactlyElementsOf(all.subList(0, 2));
    assertThat(found(new Target.OfMailbox(bench().mailbox(), all.get(1), 2)))
        .containsExactlyElementsOf(all.subList(2, 4));
    assertThat(found(new Target.OfMailbox(bench().mailbox(), all.get(3), 2)))
        .containsExactly(all.get(4));
    assertThat(found(new Target.OfMailbox(bench().mailbox(), all.get(4), 2))).isEmpty();
  }

  @Test
  void thoseOfASequenceAreItsLiveOnesInPages() {
    List<Long> all = bench().enroll(4);
    enroll(bench().row("1@x.example").sequence(bench().otherSequence()));
    bench().steer(all.get(1), Plans.end(Ending.COMPLETED));
    assertThat(found(new Target.OfSequence(bench().sequence(), 0, 2)))
        .containsExactly(all.get(0), all.get(2));
    assertThat(found(new Target.OfSequence(bench().sequence(), all.get(2), 2)))
        .containsExactly(all.get(3));
    assertThat(found(new Target.OfSequence(bench().sequence(), all.get(3), 2))).isEmpty();
  }
}
