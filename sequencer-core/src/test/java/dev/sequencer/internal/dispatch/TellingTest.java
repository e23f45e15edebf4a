package dev.sequencer.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TellingTest {
  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  private final Telling telling = new Telling();

  private boolean failed(long second) {
    return telling.failed(START.plusSeconds(second));
  }

  private boolean succeeded(long second) {
    return telling.succeeded(START.plusSeconds(second));
  }

  @Test
  void aFaultIsToldOnceHoweverLongItLasts() {
    assertThat(succeeded(0)).isFalse();
    assertThat(failed(1)).isTrue();
    assertThat(failed(2)).isFalse();
    assertThat(failed(5_000)).isFalse();
    assertThat(succeeded(5_001)).isTrue();
    assertThat(succeeded(5_002)).isFalse();
  }

  @Test
  void whatComesAndGoesIsToldOnceAMinute() {
    assertThat(failed(0)).isTrue();
    assertThat(succeeded(1)).isTrue();
    assertThat(failed(2)).isFalse();
    assertThat(succeeded(3)).isFalse();
    assertThat(failed(60)).isFalse();
    assertThat(failed(61)).isTrue();
    assertThat(succeeded(62)).isTrue();
  }
}
