package dev.sequencer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That every command runs and prints its lines; how long anything takes is no assertion. */
class BenchmarksTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private List<String> figures() {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith("BENCH "))
        .map(line -> line.substring("BENCH ".length(), line.indexOf('=')))
        .toList();
  }

  @Test
  void compareRunsEveryContenderAndPrintsRatios() {
    assertThat(run("compare", "--quick")).as(err::toString).isZero();

    assertThat(figures())
        .contains(
            "postgres.floor",
            "postgres.floor.2",
            "postgres.db-scheduler",
            "postgres.engine.1",
            "postgres.engine.2",
            "postgres.engine_to_db-scheduler",
            "postgres.enroll",
            "sqlite.floor",
            "sqlite.engine",
            "sqlite.engine_to_floor",
            "memory.engine",
            "memory.enroll",
            "sqlite.enroll",
            "smtp.angus.1",
            "smtp.engine.2",
            "smtp.engine_to_angus.1");
    assertThat(out.toString()).contains("fsync=on", "processors");
  }

  @Test
  void compareRunsOnlyWhatIsAskedFor() {
    assertThat(run("compare", "--quick", "--only", "memory")).as(err::toString).isZero();

    assertThat(figures()).containsExactly("memory.engine", "memory.engine.cpu");
  }

  @Test
  void scalePrintsClaimsBacklogOpeningAndStream() {
    assertThat(run("scale", "--quick", "--stores", "memory,sqlite")).as(err::toString).isZero();

    assertThat(figures())
        .contains(
            "scale.memory.1000.claim.p50",
            "scale.sqlite.1000.claim.p99",
            "scale.sqlite.1000.bytes_each",
            "scale.sqlite.backlog.claim.p50",
            "scale.memory.opening.last",
            "scale.sqlite.stream_256mb");
  }

  @Test
  void scalePrintsWhatAnHourOfWorkLeavesBehind() {
    assertThat(run("scale", "--quick", "--stores", "postgres", "--only", "hour,stream"))
        .as(err::toString)
        .isZero();

    assertThat(figures())
        .contains(
            "scale.postgres.hour.steps",
            "scale.postgres.hour.after.work.dead",
            "scale.postgres.hour.delivery.bytes_each",
            "scale.postgres.hour_beside_old_snapshot.after.claim.p99",
            "scale.postgres.stream_256mb");
  }

  @Test
  void latencyPrintsPercentiles() {
    assertThat(run("latency", "--quick", "--stores", "memory,sqlite")).as(err::toString).isZero();

    assertThat(figures())
        .contains("latency.memory.100_a_second.p99", "latency.sqlite.idle_wake_up.p50");
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "scale", "latency"})
  void helpIsPrintedAndNothingRuns(String command) {
    assertThat(run(command, "--help")).isZero();

    assertThat(out.toString()).contains("Usage: benchmarks " + command, "--quick");
    assertThat(figures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare --rounds 0",
        "compare --steps 99",
        "compare --only mysql",
        "scale --sizes 10,x",
        "latency --rate 0",
        "latency --stores oracle",
        "race"
      })
  void wrongOptionsAreRefusedWithTheUsage(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);

    assertThat(err.toString()).contains("Usage: benchmarks");
  }

  @Test
  void withoutACommandTheUsageIsPrinted() {
    assertThat(run()).isEqualTo(2);

    assertThat(err.toString()).contains("compare", "scale", "latency").doesNotContain("stream");
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTwoAndTheMostIsTheLast() {
    assertThat(Percentiles.of(List.of(4.0, 1.0, 2.0, 8.0), 0.5)).isEqualTo(3);
    assertThat(Percentiles.of(List.of(4.0, 1.0, 2.0), 0.5)).isEqualTo(2);
    assertThat(Percentiles.of(List.of(4.0, 1.0, 2.0), 0)).isEqualTo(1);
    assertThat(Percentiles.of(List.of(4.0, 1.0, 2.0), 1)).isEqualTo(4);
  }
}
