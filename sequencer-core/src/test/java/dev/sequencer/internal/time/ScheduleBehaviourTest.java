package dev.sequencer.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Delay;
import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Faults that other schedulers had with zones and clock changes, as schedules. */
class ScheduleBehaviourTest {

  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  @Test
  @DisplayName("E6 a daily job keeps its local time over a clock change")
  void dailyAtEightInChicago() {
    assertThat(fires("0 8 * * *", CHICAGO, "2026-10-31T00:00:00Z", 2))
        .containsExactly(
            Instant.parse("2026-10-31T13:00:00Z"), Instant.parse("2026-11-01T14:00:00Z"));
    Instant saturday = Instant.parse("2026-10-31T13:00:00Z");
    assertThat(Delays.apply(Delay.days(1).at("08:00"), saturday, CHICAGO, Optional.empty()))
        .isEqualTo("2026-11-01T14:00:00Z");
  }

  @Test
  @DisplayName("E7 a daily job fires once on the day that the clocks go back and on time after")
  void dailyOnClockChanges() {
    assertThat(onDate("36 9 * * *", NEW_YORK, "2026-11-01"))
        .containsExactly(LocalDateTime.parse("2026-11-01T09:36"));
    assertThat(onDate("36 9 * * *", NEW_YORK, "2026-03-08"))
        .containsExactly(LocalDateTime.parse("2026-03-08T09:36"));
  }

  @Test
  @DisplayName("E8 a daily job in a gap fires once, right after it; a send time goes forward")
  void dailyInTheGap() {
    assertThat(onDate("30 2 * * *", ZURICH, "2026-03-29"))
        .containsExactly(LocalDateTime.parse("2026-03-29T03:00"));
    Instant day = Instant.parse("2026-03-28T12:00:00Z");
    Instant sent = Delays.apply(Delay.days(1).at("02:30"), day, ZURICH, Optional.empty());
    assertThat(Wall.local(sent, ZURICH)).isEqualTo("2026-03-29T03:30");
    assertThat(fires("30 2 * * SUN", ZURICH, "2026-03-29T00:00:00Z", 2))
        .containsExactly(
            Instant.parse("2026-03-29T01:00:00Z"), Instant.parse("2026-04-05T00:30:00Z"));
  }

  @Test
  @DisplayName("E10 a daily job in a repeated hour fires once, whoever asks and however late")
  void dailyInTheRepeatedHour() {
    assertThat(onDate("30 2 * * *", PARIS, "2026-10-25")).hasSize(1);
    CronSchedule schedule = CronSchedule.parse("30 2 * * *");
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    for (int late = 0; late < 90; late++) {
      assertThat(schedule.next(first.plus(Duration.ofMinutes(late)), PARIS))
          .isEqualTo("2026-10-26T01:30:00Z");
    }
  }

  @Test
  @DisplayName("E11 the zone is the contact's, else the sequence's, else the engine's, else none")
  void zoneChain() {
    Optional<String> none = Optional.empty();
    assertThat(choose(Optional.of("Asia/Tokyo"), Optional.of("Europe/Paris"), none))
        .contains("Asia/Tokyo of CONTACT");
    assertThat(choose(Optional.of(" "), Optional.of("Europe/Paris"), Optional.of("UTC")))
        .contains("Europe/Paris of SEQUENCE");
    assertThat(choose(none, none, Optional.of("America/New_York")))
        .contains("America/New_York of ENGINE");
    assertThat(choose(none, none, none)).isEmpty();
  }

  @Test
  @DisplayName("E11 no zone where a local time is needed is refused, and so is a wrong one")
  void zoneChainWithFaults() {
    Optional<String> none = Optional.empty();
    assertThatThrownBy(() -> ZoneChain.require(none, none, none))
        .isInstanceOfSatisfying(
            TimeRuleException.class, fault -> assertThat(fault.code()).isEqualTo(Code.INVALID_ZONE))
        .hasMessage(
            "A local time needs a time zone, but neither contact, sequence nor engine has one;"
                + " set defaultZone on the sequence or the engine");
    assertThatThrownBy(() -> ZoneChain.choose(Optional.of("UTC"), Optional.of("Mars/Base"), none))
        .isInstanceOf(TimeRuleException.class)
        .hasMessageContaining("Mars/Base");
  }

  @Test
  void retriesCountFromTheFailureAndEnd() {
    Instant failed = Instant.parse("2026-06-01T14:40:00.250Z");
    List<Duration> backoffs = List.of(Duration.ofMinutes(5), Duration.ofMinutes(15));
    assertThat(Retries.next(failed, 1, backoffs)).isEqualTo(failed.plusSeconds(300));
    assertThat(Retries.next(failed, 2, backoffs)).isEqualTo(failed.plusSeconds(900));
    assertThatThrownBy(() -> Retries.next(failed, 3, backoffs))
        .isInstanceOfSatisfying(
            TimeRuleException.class,
            fault -> assertThat(fault.code()).isEqualTo(Code.RETRIES_EXHAUSTED))
        .hasMessage("A retry policy of 2 retries ends, but this was failure 3");
    assertThatThrownBy(() -> Retries.next(failed, 0, backoffs))
        .isInstanceOf(TimeRuleException.class)
        .hasMessage("Failures are counted from 1, but were 0");
    assertThatThrownBy(() -> Retries.next(failed, 1, List.of(Duration.ofMinutes(-1))))
        .isInstanceOf(TimeRuleException.class)
        .hasMessageContaining("0 to 3,650 days, but was PT-1M");
  }

  @Test
  void nothingOverflowsWhateverTheInstant() {
    CronSchedule daily = CronSchedule.parse("@daily");
    Openings always = Openings.always(PARIS);
    for (Instant extreme : List.of(Instant.MIN, Instant.MAX)) {
      assertThatThrownBy(() -> daily.next(extreme, PARIS)).isInstanceOf(TimeRuleException.class);
      assertThatThrownBy(() -> always.firstOpen(extreme)).isInstanceOf(TimeRuleException.class);
      assertThatThrownBy(() -> always.closesAt(extreme)).isInstanceOf(TimeRuleException.class);
    }
    for (LocalDateTime extreme : List.of(LocalDateTime.MIN, LocalDateTime.MAX)) {
      assertThatThrownBy(() -> LocalTimes.resolve(extreme, PARIS))
          .isInstanceOf(TimeRuleException.class);
    }
    Instant farBack = Instant.parse("0001-01-01T00:00:00Z");
    Instant farOn = Instant.parse("+99999-01-01T00:00:00Z");
    for (Instant far : List.of(farBack, farOn)) {
      assertThat(daily.next(far, PARIS)).isAfter(far);
      assertThat(always.firstOpen(far)).isEqualTo(far);
      assertThat(Delays.apply(Delay.months(120), far, PARIS, Optional.empty())).isAfter(far);
    }
  }

  private static Optional<String> choose(
      Optional<String> contact, Optional<String> sequence, Optional<String> engine) {
    return ZoneChain.choose(contact, sequence, engine)
        .map(choice -> choice.zone() + " of " + choice.source());
  }

  private static List<Instant> fires(String cron, ZoneId zone, String start, int count) {
    CronSchedule schedule = CronSchedule.parse(cron);
    List<Instant> fires = new ArrayList<>();
    Instant from = Instant.parse(start);
    for (int i = 0; i < count; i++) {
      from = schedule.next(from, zone);
      fires.add(from);
    }
    return fires;
  }

  private static List<LocalDateTime> onDate(String cron, ZoneId zone, String date) {
    LocalDate day = LocalDate.parse(date);
    Instant start = LocalTimes.startOf(day, zone).minusSeconds(1);
    return fires(cron, zone, start.toString(), 4).stream()
        .map(fire -> Wall.local(fire, zone))
        .filter(local -> local.toLocalDate().equals(day))
        .toList();
  }
}
