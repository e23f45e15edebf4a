package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sequencer.StartTime;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhenTest {
  private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "+2m, 2026-06-01T08:02:00Z",
    "+30s, 2026-06-01T08:00:30Z",
    "+36h, 2026-06-02T20:00:00Z",
    "+1d12h, 2026-06-02T20:00:00Z",
    "+2w, 2026-06-15T08:00:00Z",
    "2026-06-01T08:00:00Z, 2026-06-01T08:00:00Z",
    "2026-12-01T10:00+01:00, 2026-12-01T09:00:00Z",
    "2026-12-01 10:00+01:00, 2026-12-01T09:00:00Z"
  })
  void anAmountOrAnOffsetIsAnInstant(String text, Instant instant) {
    assertThat(When.parse(text, NOW)).isEqualTo(new StartTime.At(instant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-12-01T10:00", "2026-12-01 10:00", " 2026-12-01T10:00:00 "})
  void aTimeWithoutOffsetIsLocalToTheRecipient(String text) {
    assertThat(When.parse(text, NOW))
        .isEqualTo(new StartTime.Local(LocalDateTime.parse("2026-12-01T10:00")));
  }

  @Test
  void nowIsNow() {
    assertThat(When.parse("now", NOW)).isEqualTo(StartTime.NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "+2",
        "+m",
        "+2x",
        "+2m x",
        "2m",
        "tomorrow",
        "10:00",
        "2026-13-01T10:00"
      })
  void anythingElseIsRefusedWithExamples(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> When.parse(text, NOW))
        .withMessageContaining("+2m")
        .withMessageContaining("but is '" + text + "'");
  }

  @Test
  void anInstantThatIsOverIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> When.parse("2026-06-01T07:59:59Z", NOW))
        .withMessageContaining("'2026-06-01T07:59:59Z' is before now, 2026-06-01T08:00:00Z");
  }

  @Test
  void tenYearsFromNowPassAndADayMoreDoesNot() {
    assertThat(When.parse("+3650d", NOW)).isInstanceOf(StartTime.At.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> When.parse("+3651d", NOW))
        .withMessageContaining("within 3650 days");
  }
}
