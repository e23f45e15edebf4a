package dev.sequencer.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.Lanes;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A claim costs what it takes, not what waits. */
final class InMemoryLoadTest {
  private static final int MANY = 200_000;
  private static final int BATCH = 200;

  /** Processor time of this thread: what else runs on the machine does not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void enroll(StoreBench bench, int count, Duration dueIn, String name) {
    Instant due = StoreBench.START.plus(dueIn);
    for (int done = 0; done < count; done += 1_000) {
      List<EnrollCall.Row> rows = new ArrayList<>(1_000);
      for (int i = done; i < done + 1_000; i++) {
        Lane lane = Lanes.calendar(bench.lane(), "c" + i % 4);
        rows.add(bench.row(name + i + "@x.example").waitingIn(lane, due.plusMillis(i % 977)).row());
      }
      bench.handle().enroll(new EnrollCall(rows));
    }
  }

  /** Sends all that is due and gives the time that it took. */
  private static long send(StoreBench bench, int expected) {
    long start = cpuNanos();
    int sent = 0;
    List<Work> claimed = bench.claim();
    while (!claimed.isEmpty()) {
      for (int from = 0; from < claimed.size(); from += BATCH) {
        List<Work> group = claimed.subList(from, Math.min(from + BATCH, claimed.size()));
        sent += sendGroup(bench, group);
      }
      claimed = bench.claim();
    }
    long took = cpuNanos() - start;
    assertThat(sent).isEqualTo(expected);
    return took;
  }

  private static int sendGroup(StoreBench bench, List<Work> group) {
    List<BeginCall.Row> rows = group.stream().map(work -> Begins.of(work).row()).toList();
    List<Completion> completions =
        bench
            .handle()
            .begin(new BeginCall(bench.handle().definitions(), rows, Begins.unlimited()))
            .stream()
            .map(answer -> Plans.sent(answer.begun().orElseThrow(), StoreBench.START))
            .toList();
    bench.handle().complete(completions);
    return completions.size();
  }

  @Test
  @DisplayName("L1 a pass over a thousand due costs the same with two hundred thousand waiting")
  void aPassCostsWhatItTakes() {
    Duration past = Duration.ofHours(-1);
    List<Long> few = new ArrayList<>();
    List<Long> many = new ArrayList<>();
    try (StoreBench small = new StoreBench(InMemoryStore.create());
        StoreBench large = new StoreBench(InMemoryStore.create())) {
      enroll(large, MANY, Duration.ofDays(30), "waiting");
      for (int round = 0; round < 6; round++) {
        enroll(small, 1_000, past, "due" + round + "-");
        enroll(large, 1_000, past, "due" + round + "-");
        few.add(send(small, 1_000));
        many.add(send(large, 1_000));
      }
      long least = few.stream().mapToLong(Long::longValue).min().orElseThrow();
      long most = many.stream().mapToLong(Long::longValue).min().orElseThrow();
      assertThat(most).as("nanoseconds, against %d", least).isLessThan(10 * least + 2_000_000);
      assertThat(large.claim(new Claims().all()).rows()).isEmpty();
    }
  }
}
