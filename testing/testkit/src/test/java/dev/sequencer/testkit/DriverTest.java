package dev.sequencer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.PassReport;
import dev.sequencer.RunScope;
import dev.sequencer.Sequencer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriverTest {
  private static final Instant MONDAY = Instant.parse("2026-06-01T08:00:00Z");

  private final ManualClock clock = ManualClock.at(MONDAY);
  private final Work work = new Work();

  /** Has a number of things to do from given instants on, one a pass. */
  private final class Work extends DelegatingSequencer {
    private final TreeMap<Instant, Integer> due = new TreeMap<>();
    private final List<Instant> doneAt = new ArrayList<>();
    private Optional<Duration> wakesAlwaysAfter = Optional.empty();
    private int passes;

    @Override
    public Sequencer engine() {
      throw new AssertionError("a driver makes passes and nothing else");
    }

    @Override
    public PassReport runDue(RunScope scope) {
      passes++;
      Instant now = clock.instant();
      int sent = 0;
      if (!due.isEmpty() && !due.firstKey().isAfter(now)) {
        sent = 1;
        doneAt.add(now);
        due.compute(due.firstKey(), (at, left) -> left == 1 ? null : left - 1);
      }
      Optional<Instant> next =
          wakesAlwaysAfter
              .map(now::plus)
              .or(() -> due.isEmpty() ? Optional.empty() : Optional.of(due.firstKey()));
      return new PassReport(now, 0, 0, sent, 0, 0, next);
    }
  }

  private Driver driver(int mostPasses) {
    return new Driver(clock, () -> work, mostPasses);
  }

  @Test
  void makesPassesAtEachWakeUpUntilThePassIsIdle() {
    work.due.put(MONDAY, 2);
    work.due.put(MONDAY.plusSeconds(10), 3);
    work.due.put(MONDAY.plusSeconds(61), 1);

    PassReport report = driver(100).advanceTo(MONDAY.plusSeconds(60));

    assertThat(work.doneAt)
        .containsExactly(
            MONDAY, MONDAY, MONDAY.plusSeconds(10), MONDAY.plusSeconds(10), MONDAY.plusSeconds(10));
    assertThat(report.sent()).isEqualTo(5);
    assertThat(report.nextNeededAt()).contains(MONDAY.plusSeconds(61));
    assertThat(clock.instant()).isEqualTo(MONDAY.plusSeconds(60));
  }

  @Test
  void doesWhatIsDueAtTheTargetButNotAMillisecondLater() {
    Instant target = MONDAY.plusSeconds(60);
    work.due.put(target, 1);
    work.due.put(target.plusMillis(1), 1);

    driver(100).advanceTo(target);

    assertThat(work.doneAt).containsExactly(target);
  }

  @Test
  void failsWhenTheEngineDoesNotGetIdle() {
    work.due.put(MONDAY, 10);
    assertThatThrownBy(() -> driver(10).settle())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("at 2026-06-01T08:00:00Z it still has work after 10 passes");
  }

  @Test
  void allowsAsManyPassesAsItWasTold() {
    work.due.put(MONDAY, 10);
    assertThat(driver(11).settle().sent()).isEqualTo(10);
    assertThat(work.passes).isEqualTo(11);
  }

  @Test
  void failsWhenAnIdleEngineSaysThatItIsNeededNow() {
    work.wakesAlwaysAfter = Optional.of(Duration.ZERO);
    assertThatThrownBy(() -> driver(10).advanceTo(MONDAY.plusSeconds(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("it still has work");
  }

  @Test
  void failsWhenTheEngineWakesUpForNothingAgainAndAgain() {
    work.wakesAlwaysAfter = Optional.of(Duration.ofMillis(1));
    assertThatThrownBy(() -> driver(10).advanceTo(MONDAY.plusSeconds(1_000)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("must not wake up for nothing");
  }

  @Test
  void goesToTheNextWakeUpOnly() {
    work.due.put(MONDAY, 1);
    work.due.put(MONDAY.plusSeconds(5), 1);
    work.due.put(MONDAY.plusSeconds(9), 1);

    assertThat(driver(100).advanceToNextWakeUp()).contains(MONDAY.plusSeconds(5));
    assertThat(work.doneAt).containsExactly(MONDAY, MONDAY.plusSeconds(5));
    assertThat(driver(100).advanceToNextWakeUp()).contains(MONDAY.plusSeconds(9));
    assertThat(driver(100).advanceToNextWakeUp()).isEmpty();
    assertThat(clock.instant()).isEqualTo(MONDAY.plusSeconds(9));
  }
}
