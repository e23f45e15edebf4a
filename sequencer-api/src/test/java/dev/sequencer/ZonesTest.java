package dev.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.TimeRuleException.Code;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "Etc/UTC",
        "UTC",
        "Etc/GMT+5",
        "US/Eastern",
        "Asia/Calcutta",
        "EST5EDT",
        "America/Argentina/Buenos_Aires"
      })
  void takesIdsOfTheIanaDatabase(String id) {
    assertThat(Zones.of(id)).isEqualTo(ZoneId.of(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Mars/Base",
        "EST",
        "MST",
        "HST",
        "PST",
        "IST",
        "GMT+5",
        "UTC+05:00",
        "+05:00",
        "Z",
        "UT+1",
        "america/new_york",
        "Europe/Berlin ",
        "SystemV/EST5",
        "Europe/Berl\u0130n"
      })
  void refusesOffsetsAbbreviationsAndMisspellings(String id) {
    assertThatThrownBy(() -> Zones.of(id))
        .isInstanceOfSatisfying(
            TimeRuleException.class, fault -> assertThat(fault.code()).isEqualTo(Code.INVALID_ZONE))
        .hasMessageContaining("but was \"" + id + "\"; ");
  }

  @ParameterizedTest
  @CsvSource({
    "america/new_york,America/New_York",
    "America/New York,America/New_York",
    "Europe/Berln,Europe/Berlin",
    "Berlin,Europe/Berlin",
    "tokyo,Asia/Tokyo",
    "' Europe/Paris',Europe/Paris"
  })
  void saysWhichIdWasMeant(String wrong, String meant) {
    assertThatThrownBy(() -> Zones.of(wrong))
        .hasMessage(
            "A time zone must be an id of the IANA database, but was \"%s\"; did you mean"
                + " \"%s\"?",
            wrong, meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+05:00", "GMT+5", "PST", "Z", "UTC+05:00"})
  void guessesNothingForOffsetsAndAbbreviations(String wrong) {
    assertThatThrownBy(() -> Zones.of(wrong))
        .hasMessageEndingWith("use a region such as \"Europe/Berlin\", or \"Etc/UTC\"");
  }

  @Test
  void messagesStayShortWhateverCameIn() {
    assertThatThrownBy(() -> Zones.of("x".repeat(100_000)))
        .isInstanceOf(TimeRuleException.class)
        .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(250));
  }

  @Test
  void tellsTheVersionOfTheRules() {
    assertThat(Zones.tzdbVersion()).matches("20[0-9]{2}[a-z]+");
  }
}
