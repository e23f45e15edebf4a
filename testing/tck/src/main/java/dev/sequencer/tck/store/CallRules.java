package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Ending;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What holds for every call: its size, its thread, and the keys that it names. */
abstract class CallRules extends StoreRules {
  private static final int MANY = 3_000;

  @Test
  void aCallMayBeLarge() {
    List<Long> all = bench().enroll(MANY);
    List<Work> works = works(all);
    assertThat(works).hasSize(MANY);

    List<BeginCall.Row> rows = works.stream().map(work -> Begins.of(work).row()).toList();
    List<BeginCall.Answer> answers =
        bench()
            .handle()
            .begin(new BeginCall(bench().handle().definitions(), rows, Begins.perDay(MANY)));
    assertThat(answers).extracting(BeginCall.Answer::verdict).containsOnly(Verdict.BEGUN);

    List<Completion> completions =
        answers.stream()
            .map(answer -> Plans.sent(answer.begun().orElseThrow(), StoreBench.START))
            .toList();
    assertThat(bench().handle().complete(completions))
        .hasSize(MANY)
        .containsOnly(Completion.Answer.APPLIED);

    SteerCall end = SteerCall.of("", new Target.These(all), Plans.end(Ending.CANCELLED));
    assertThat(bench().handle().steer(end).after()).hasSize(MANY);
    assertThat(works(all))
        .extracting(work -> work.state().status())
        .containsOnly(EnrollmentStatus.ENDED);
    List<Long> contacts = works.stream().map(work -> work.origin().contact()).toList();
    assertThat(bench().handle().views().contacts(contacts)).hasSize(MANY);
  }

  private List<Work> works(List<Long> enrollments) {
    return bench().handle().subjects(enrollments).stream().map(Subject::work).toList();
  }

  @Test
  void lanesThatDifferInOneThingAreDifferentLanes() {
    Lane lane = Lanes.calendar(bench().lane(), "c".repeat(199));
    List<Lane> lanes =
        List.of(
            lane,
            Lanes.calendar(lane, "c".repeat(199) + "d"),
            Lanes.calendar(lane, "C".repeat(199)),
            Lanes.priority(lane, 0),
            Lanes.bound(lane),
            new Lane(bench().pool(), lane.sequence(), lane.calendar(), 2, false),
            new Lane(lane.owner(), bench().otherSequence(), lane.calendar(), 2, false));
    for (int i = 0; i < lanes.size(); i++) {
      bench().enroll(bench().row(i + "@x.example").waitingIn(lanes.get(i), StoreBench.START));
    }
    assertThat(bench().handle().views().heads())
        .extracting(ClaimCall.LaneHead::lane)
        .containsExactlyInAnyOrderElementsOf(lanes);
    assertThat(bench().claim()).extracting(Work::lane).containsExactlyInAnyOrderElementsOf(lanes);
  }

  @Test
  void functionsRunOnTheCallersThread() {
    Set<Thread> threads = new HashSet<>();
    Rows row = bench().row("1@x.example");
    Work work =
        bench()
            .work(
                bench()
                    .enroll(
                        row.start(
                            contact -> {
                              threads.add(Thread.currentThread());
                              return row.row().start().apply(contact);
                            })));
    bench()
        .begin(
            (asked, stored, ledgers, rolling, now) -> {
              threads.add(Thread.currentThread());
              return Begins.taken(List.of(), now);
            },
            Begins.of(work));
    Work begun = bench().work(work.enrollment());
    bench()
        .complete(
            Plans.changing(
                Plans.sent(begun, StoreBench.START),
                Begins.ledger(bench().mailbox()),
                ledger -> {
                  threads.add(Thread.currentThread());
                  return ledger;
                }));
    bench()
        .steer(
            work.enrollment(),
            subject -> {
              threads.add(Thread.currentThread());
              return Optional.empty();
            });
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void oneHandleServesSeveralThreads() {
    StoreHandle handle = bench().handle();
    List<Callable<Integer>> callers = new ArrayList<>();
    for (int caller = 0; caller < 4; caller++) {
      String name = "c" + caller + ".";
      callers.add(() -> roundTrips(handle, name));
    }
    try (Together together = new Together()) {
      assertThat(together.run(callers)).containsOnly(25);
    }
    assertThat(handle.views().states(bench().sequence())).hasSize(1);
    assertThat(handle.views().outcomes(bench().sequence()))
        .extracting(count -> count.count())
        .containsExactly(100L);
  }

  /** Enrolls, begins and completes one after another; gives how many were written whole. */
  private int roundTrips(StoreHandle handle, String name) {
    int applied = 0;
    for (int i = 0; i < 25; i++) {
      Work begun = bench().begun(name + i + "@x.example");
      Completion sent = Plans.sent(begun, StoreBench.START);
      if (handle.complete(List.of(sent)).get(0) == Completion.Answer.APPLIED) {
        applied++;
      }
    }
    return applied;
  }
}
