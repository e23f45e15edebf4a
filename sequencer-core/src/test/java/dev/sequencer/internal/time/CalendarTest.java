package dev.sequencer.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Holidays;
import dev.sequencer.SendWindow;
import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Monday is 1 June 2026; Berlin is two hours ahead of UTC. */
class CalendarTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Calendar HALF_PAST_NINE = office("09:30");
  private static final Instant MONDAY_AT_SEND_TIME = Instant.parse("2026-06-01T07:30:00Z");

  @Test
  @DisplayName("S4 whatever delayed a mail, on a later date it leaves at the send time")
  void laterDatesOpenAtTheSendTime() {
    // Held up by a quota until Tuesday midnight, by a pause until 09:10, by a rest until noon.
    assertThat(open(HALF_PAST_NINE, "2026-06-01T22:00:00Z")).isEqualTo("2026-06-02T07:30:00Z");
    assertThat(open(HALF_PAST_NINE, "2026-06-02T07:10:00Z")).isEqualTo("2026-06-02T07:30:00Z");
    assertThat(open(HALF_PAST_NINE, "2026-06-02T10:00:00Z")).isEqualTo("2026-06-02T10:00:00Z");
  }

  @Test
  @DisplayName("S4 on the date of its due instant the window alone counts")
  void theDueDateGoesByTheWindow() {
    Instant due = Instant.parse("2026-06-01T07:10:00Z");
    assertThat(HALF_PAST_NINE.openFor(due, due)).isTrue();
    assertThat(HALF_PAST_NINE.openFor(due.minusSeconds(86_400), due)).isFalse();
  }

  @Test
  @DisplayName("S4 a send time that is closed leaves the opening")
  void aClosedSendTimeDoesNotDelay() {
    assertThat(open(office("08:00"), "2026-06-01T22:00:00Z")).isEqualTo("2026-06-02T07:00:00Z");
    assertThat(open(office("18:00"), "2026-06-01T22:00:00Z")).isEqualTo("2026-06-02T07:00:00Z");
  }

  @Test
  @DisplayName("S4 retries use the calendar without its send time")
  void thePlainCalendarOpensWithTheWindow() {
    assertThat(open(HALF_PAST_NINE.plain(), "2026-06-01T22:00:00Z"))
        .isEqualTo("2026-06-02T07:00:00Z");
    assertThat(HALF_PAST_NINE.plain()).isEqualTo(HALF_PAST_NINE.plain().plain());
  }

  @Test
  void aLaneIsOpenFromTheSendTimeToTheClosing() {
    Instant opening = Instant.parse("2026-06-02T07:00:00Z");
    assertThat(HALF_PAST_NINE.isOpen(opening)).isTrue();
    assertThat(HALF_PAST_NINE.laneOpen(opening)).isFalse();
    assertThat(HALF_PAST_NINE.laneOpensAt(opening)).contains(opening.plusSeconds(1_800));
    assertThat(HALF_PAST_NINE.laneOpen(opening.plusSeconds(1_800))).isTrue();
    assertThat(HALF_PAST_NINE.laneClosesAt(opening.plusSeconds(1_800)))
        .contains(Instant.parse("2026-06-02T15:00:00Z"));
  }

  @Test
  void aLaneWithoutWindowClosesFromMidnightToTheSendTime() {
    Calendar calendar = Calendar.of(Optional.empty(), Optional.of(LocalTime.of(9, 30)), BERLIN);
    assertThat(calendar.laneClosesAt(MONDAY_AT_SEND_TIME))
        .contains(Instant.parse("2026-06-01T22:00:00Z"));
    assertThat(calendar.laneOpensAt(Instant.parse("2026-06-01T22:00:00Z")))
        .contains(Instant.parse("2026-06-02T07:30:00Z"));
    Calendar midnight = Calendar.of(Optional.empty(), Optional.of(LocalTime.MIDNIGHT), BERLIN);
    assertThat(midnight.laneClosesAt(MONDAY_AT_SEND_TIME)).isEmpty();
  }

  @Test
  void withoutWindowAndSendTimeAllZonesShareOneCalendarThatNeverCloses() {
    Calendar tokyo = Calendar.of(Optional.empty(), Optional.empty(), ZoneId.of("Asia/Tokyo"));
    assertThat(tokyo).isEqualTo(Calendar.always());
    assertThat(tokyo.laneOpen(MONDAY_AT_SEND_TIME)).isTrue();
    assertThat(tokyo.laneClosesAt(MONDAY_AT_SEND_TIME)).isEmpty();
    assertThat(tokyo.laneOpensAt(MONDAY_AT_SEND_TIME)).contains(MONDAY_AT_SEND_TIME);
  }

  @Test
  void calendarsAreEqualWhenWindowSendTimeAndZoneAre() {
    assertThat(HALF_PAST_NINE).isEqualTo(office("09:30")).hasSameHashCodeAs(office("09:30"));
    assertThat(HALF_PAST_NINE).isNotEqualTo(office("09:31")).isNotEqualTo(HALF_PAST_NINE.plain());
  }

  @Test
  @DisplayName("D5 an overdue mail is asked at the clock of now, not of its due time")
  void anOverdueMailWaitsForTheNextOpening() {
    Calendar calendar =
        Calendar.of(
            Optional.of(SendWindow.daily("07:02", "09:02")), Optional.empty(), ZoneId.of("UTC"));
    Instant due = Instant.parse("2026-06-01T08:02:00Z");
    assertThat(calendar.firstOpen(due, Instant.parse("2026-06-01T10:02:00Z")))
        .isEqualTo("2026-06-02T07:02:00Z");
  }

  @Test
  @DisplayName("E16 due inside the window is sent at once")
  void dueInsideTheWindowIsSentAtOnce() {
    Instant due = Instant.parse("2026-06-01T10:00:00Z");
    assertThat(HALF_PAST_NINE.firstOpen(due, due)).isEqualTo(due);
  }

  @Test
  @DisplayName("E1 a contact ahead of UTC gets the opening of the weekday, not the stale time")
  void aSaturdayInTokyoMovesToMondaysOpening() {
    ZoneId tokyo = ZoneId.of("Asia/Tokyo");
    Calendar calendar =
        Calendar.of(Optional.of(SendWindow.weekdays("09:00", "17:00")), Optional.empty(), tokyo);
    Instant due = Instant.parse("2026-06-06T09:13:00Z"); // Saturday 18:13 there
    assertThat(Wall.local(calendar.firstOpen(due, due), tokyo)).isEqualTo("2026-06-08T09:00");
  }

  @Test
  @DisplayName("E12 the window is the contact's, not the sender's")
  void aContactInAucklandGetsMailInAucklandsHours() {
    ZoneId auckland = ZoneId.of("Pacific/Auckland");
    Calendar calendar =
        Calendar.of(Optional.of(SendWindow.daily("09:00", "17:00")), Optional.empty(), auckland);
    Instant due = Instant.parse("2026-06-01T10:00:00Z"); // noon in Berlin, 22:00 in Auckland
    assertThat(Wall.local(calendar.firstOpen(due, due), auckland)).isEqualTo("2026-06-02T09:00");
  }

  @Test
  void aWindowThatNeverOpensIsAnErrorOfItsOwn() {
    SendWindow mondays =
        SendWindow.on(DayOfWeek.MONDAY, "09:00", "17:00")
            .without(
                Holidays.of(
                    LocalDate.parse("2026-06-01")
                        .datesUntil(LocalDate.parse("2027-06-03"))
                        .toList()));
    Calendar calendar = Calendar.of(Optional.of(mondays), Optional.empty(), BERLIN);
    assertThatThrownBy(() -> calendar.firstOpen(MONDAY_AT_SEND_TIME, MONDAY_AT_SEND_TIME))
        .isInstanceOfSatisfying(
            TimeRuleException.class, fault -> assertThat(fault.code()).isEqualTo(Code.NO_OPEN_TIME))
        .hasMessage(
            "A window must open within 366 days, but is closed from 2026-06-01T07:30:00Z through"
                + " 2027-06-02 in Europe/Berlin; check its holidays");
    assertThat(calendar.laneOpensAt(MONDAY_AT_SEND_TIME)).isEmpty();
  }

  private static Calendar office(String sendTime) {
    return Calendar.of(
        Optional.of(SendWindow.weekdays("09:00", "17:00")),
        Optional.of(LocalTime.parse(sendTime)),
        BERLIN);
  }

  private static Instant open(Calendar calendar, String now) {
    return calendar.firstOpen(MONDAY_AT_SEND_TIME, Instant.parse(now));
  }
}
