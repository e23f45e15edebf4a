package dev.sequencer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private final ManualClock clock = ManualClock.at("2026-06-01T08:00:00Z");

  @Test
  void standsUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo("2026-06-01T08:00:00Z").isEqualTo(clock.instant());
  }

  @Test
  void movesOnByADurationAndToAnInstant() {
    assertThat(clock.advance(Duration.ofMillis(1))).isEqualTo("2026-06-01T08:00:00.001Z");
    clock.set(Instant.parse("2026-06-02T08:00:00Z"));
    assertThat(clock.instant()).isEqualTo("2026-06-02T08:00:00Z");
  }

  @Test
  void mayBeSetToWhereItStandsButNotAMillisecondBack() {
    Instant now = clock.instant();
    clock.set(now);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.set(now.minusMillis(1)))
        .withMessage(
            "a clock that stands at 2026-06-01T08:00:00Z is not set back to"
                + " 2026-06-01T07:59:59.999Z: use stepBack");
    assertThat(clock.instant()).isEqualTo(now);
  }

  @Test
  void isAdvancedByNothingButNotByLess() {
    clock.advance(Duration.ZERO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
        .withMessageContaining("PT-0.001S")
        .withMessageContaining("use stepBack");
  }

  @Test
  void stepsBackWhenToldSo() {
    assertThat(clock.stepBack(Duration.ofMinutes(5))).isEqualTo("2026-06-01T07:55:00Z");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.stepBack(Duration.ofSeconds(-1)))
        .withMessageContaining("use advance");
  }

  @Test
  void knowsMillisecondsAndNothingFiner() {
    assertThat(ManualClock.at("2026-06-01T08:00:00.999Z").instant())
        .isEqualTo("2026-06-01T08:00:00.999Z");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ManualClock.at("2026-06-01T08:00:00.999999Z"))
        .withMessageContaining("2026-06-01T08:00:00.999999Z")
        .withMessageContaining("truncatedTo(ChronoUnit.MILLIS)");
    assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> clock.set(clock.instant().plusNanos(1)));
  }

  @Test
  void saysWhatAnInstantLooksLike() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ManualClock.at("2026-06-01 08:00"))
        .withMessage(
            "the start of a clock must be an instant in UTC such as 2026-06-01T08:00:00Z, but is"
                + " '2026-06-01 08:00'");
  }

  @Test
  void losesNoAdvanceOfSeveralThreads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 1000; n++) {
                  clock.advance(Duration.ofMillis(1));
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(20));
    }
    assertThat(clock.instant()).isEqualTo("2026-06-01T08:00:04Z");
  }
}
