package dev.sequencer.jdbc.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The server's time as nodes read it. */
final class PostgresClockTest {
  private static final Instant SERVER = Instant.parse("2026-06-01T08:00:00Z");

  private Instant wall = SERVER;
  private long nanos = 5_000_000_000L;

  private final PostgresClock clock = new PostgresClock(() -> wall, () -> nanos);

  /** Lets real time pass, for the machine's clock and its monotonic reading alike. */
  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  @Test
  @DisplayName("K13 nodes whose own clocks differ go by the server's")
  void aNodeWithAWrongClockGoesByTheServers() {
    wall = SERVER.plus(Duration.ofMinutes(7));
    long asked = clock.asked();
    pass(Duration.ofMillis(20));
    clock.told(asked, SERVER.toEpochMilli());
    // The answer is of the middle of the round trip.
    assertThat(clock.instant()).isEqualTo(SERVER.plusMillis(10));
    pass(Duration.ofSeconds(3));
    assertThat(clock.instant()).isEqualTo(SERVER.plusMillis(3_010));
  }

  @Test
  @DisplayName("K13 the machine's clock may be set back or forth between two questions")
  void theClockOfTheMachineMayJump() {
    clock.told(clock.asked(), SERVER.toEpochMilli());
    wall = wall.minus(Duration.ofHours(1));
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(clock.instant()).isEqualTo(SERVER.plusSeconds(1));
  }

  @Test
  @DisplayName("K13 the server is asked again after ten seconds, and after the machine has slept")
  void theServerIsAskedAgain() {
    clock.told(clock.asked(), SERVER.toEpochMilli());
    pass(Duration.ofMillis(9_999));
    clock.told(clock.asked(), SERVER.plusSeconds(500).toEpochMilli());
    assertThat(clock.instant()).isEqualTo(SERVER.plusMillis(9_999));
    pass(Duration.ofMillis(1));
    clock.told(clock.asked(), SERVER.plusSeconds(20).toEpochMilli());
    assertThat(clock.instant()).isEqualTo(SERVER.plusSeconds(20));
    // Asleep: the monotonic reading stands still, the wall clock does not.
    wall = wall.plus(Duration.ofMinutes(5));
    clock.told(clock.asked(), SERVER.plus(Duration.ofMinutes(6)).toEpochMilli());
    assertThat(clock.instant()).isEqualTo(SERVER.plus(Duration.ofMinutes(6)));
  }

  @Test
  @DisplayName("K13 a clock that was given to the engine is not replaced by the server's")
  void aGivenClockIsKept() {
    assertThat(PostgresClock.isSystem(Clock.fixed(SERVER, ZoneOffset.UTC))).isFalse();
    assertThat(PostgresClock.isSystem(() -> SERVER)).isFalse();
  }
}
