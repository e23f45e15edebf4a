package dev.sequencer;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.TimeRuleException.Code;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendWindowTest {

  @Test
  void weekdaysAreMondayToFridayAndDailyIsAllSeven() {
    assertThat(SendWindow.weekdays("09:00", "17:00").openDays())
        .containsExactlyElementsOf(EnumSet.range(MONDAY, FRIDAY));
    assertThat(SendWindow.daily("09:00", "17:00").openDays()).hasSize(7);
    assertThat(SendWindow.on(SATURDAY, "09:00", "17:00").openDays()).containsExactly(SATURDAY);
    assertThat(SendWindow.on(Set.of(SUNDAY, MONDAY), "09:00", "17:00").openDays())
        .containsExactly(MONDAY, SUNDAY);
  }

  @Test
  void windowsJoinWithTheirRangesAndHolidays() {
    LocalDate one = LocalDate.parse("2026-12-24");
    LocalDate two = LocalDate.parse("2026-12-25");
    SendWindow joined =
        SendWindow.on(MONDAY, "09:00", "12:00")
            .without(one)
            .and(SendWindow.on(Set.of(MONDAY, TUESDAY), "13:00", "17:00").without(two));
    assertThat(joined.ranges())
        .containsExactly(
            Map.entry(MONDAY, List.of(range("09:00-12:00"), range("13:00-17:00"))),
            Map.entry(TUESDAY, List.of(range("13:00-17:00"))));
    assertThat(joined.holidays()).isEqualTo(Holidays.of(one, two));
  }

  @Test
  void rangesStayAsTheyWereGiven() {
    SendWindow window =
        SendWindow.of(
            Map.of(
                MONDAY, List.of("12:00-17:00", "09:00-12:00", "10:00-11:00"), FRIDAY, List.of()));
    assertThat(window.openDays()).containsExactly(MONDAY);
    assertThat(window.ranges().get(MONDAY))
        .extracting(SendWindow.Range::toString)
        .containsExactly("12:00-17:00", "09:00-12:00", "10:00-11:00");
  }

  @Test
  void readsShortAndLongNamesOfWeekdays() {
    Map<String, List<String>> text =
        Map.of("mon", List.of("09:00-17:00"), "Tuesday", List.of("22:00-02:00"));
    assertThat(SendWindow.parse(text))
        .isEqualTo(
            SendWindow.on(MONDAY, "09:00", "17:00").and(SendWindow.on(TUESDAY, "22:00", "02:00")));
  }

  @Test
  void aRangeMayEndAtMidnightOrGoOverIt() {
    assertThat(range("00:00-24:00")).isEqualTo(new SendWindow.Range(0, 1_440));
    assertThat(range("00:00-24:00").overnight()).isFalse();
    assertThat(range("22:00-00:00").overnight()).isTrue();
    assertThat(range("23:59-24:00").overnight()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "09:00",
        "09:00-",
        "-17:00",
        "09:00-17:00-18:00",
        "9:00-17:00",
        "09:00-24:01",
        "24:00-02:00",
        "25:00-26:00",
        "09:60-17:00",
        "09:00 - 17:00",
        "09:00-09:00",
        "00:00-00:00",
        "09.00-17.00",
        "0900-1700",
        "09:00\u201317:00"
      })
  void refusesWhatIsNoRange(String text) {
    refused(() -> SendWindow.of(Map.of(MONDAY, List.of(text))));
  }

  @Test
  void refusesAWindowThatNeverOpens() {
    refused(() -> SendWindow.of(Map.of()))
        .hasMessage("A window must open on at least one weekday, but has no range; add one");
    refused(() -> SendWindow.of(Map.of(MONDAY, List.of(), FRIDAY, List.of())));
    refused(() -> SendWindow.on(Set.<DayOfWeek>of(), "09:00", "17:00"));
  }

  @Test
  void messagesNameRuleValueAndWhatToDo() {
    refused(() -> SendWindow.weekdays("09:00", "25:00"))
        .hasMessage(
            "A range of a window must be HH:mm-HH:mm with an end up to 24:00, but was"
                + " \"09:00-25:00\"; write for example 09:00-17:00");
    refused(() -> SendWindow.weekdays("09:00", "09:00"))
        .hasMessage(
            "A range of a window must not be empty, but was \"09:00-09:00\"; write 00:00-24:00 for"
                + " a whole day");
    refused(() -> SendWindow.parse(Map.of("FUNDAY", List.of("09:00-17:00"))))
        .hasMessage(
            "A weekday must be one of MON, TUE, WED, THU, FRI, SAT, SUN, but was \"FUNDAY\"");
    refused(() -> new SendWindow.Range(-1, 5));
    refused(() -> new SendWindow.Range(0, 1_441));
  }

  @Test
  void refusesAWeekdayThatIsNamedTwice() {
    refused(
        () ->
            SendWindow.parse(
                Map.of("MON", List.of("09:00-17:00"), "Monday", List.of("09:00-17:00"))));
  }

  @Test
  void windowsAreEqualByRangesAndHolidays() {
    SendWindow window = SendWindow.weekdays("09:00", "17:00");
    SendWindow closedOnce = window.without(LocalDate.parse("2026-12-25"));
    assertThat(window)
        .isEqualTo(SendWindow.weekdays("09:00", "17:00"))
        .hasSameHashCodeAs(SendWindow.weekdays("09:00", "17:00"))
        .isNotEqualTo(closedOnce)
        .hasToString(
            "{MONDAY=[09:00-17:00], TUESDAY=[09:00-17:00], WEDNESDAY=[09:00-17:00],"
                + " THURSDAY=[09:00-17:00], FRIDAY=[09:00-17:00]}");
    assertThat(closedOnce.toString()).endsWith("} without [2026-12-25]");
  }

  @Test
  void nobodyCanChangeAWindow() {
    SendWindow window = SendWindow.weekdays("09:00", "17:00");
    assertThatThrownBy(() -> window.ranges().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> window.openDays().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> window.holidays().dates().add(LocalDate.EPOCH))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void holidaysAreASetOfDates() {
    LocalDate one = LocalDate.parse("2026-12-25");
    LocalDate two = LocalDate.parse("2026-12-26");
    assertThat(Holidays.of(two, one, two).dates()).containsExactly(one, two);
    assertThat(Holidays.of(one).and(Holidays.of(two))).isEqualTo(Holidays.of(List.of(two, one)));
    assertThat(Holidays.parse(List.of("2026-12-25"))).isEqualTo(Holidays.of(one));
    assertThat(Holidays.of(one).contains(one)).isTrue();
    assertThat(Holidays.of(one).contains(two)).isFalse();
    assertThat(Holidays.none().isEmpty()).isTrue();
    assertThat(Holidays.of()).isEqualTo(Holidays.none()).hasSameHashCodeAs(Holidays.none());
    assertThat(Holidays.of(one)).hasToString("[2026-12-25]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-02-30", "25.12.2026", "2026-12-25T00:00"})
  void refusesAHolidayThatIsNoDate(String text) {
    assertThatThrownBy(() -> Holidays.parse(List.of(text)))
        .isInstanceOfSatisfying(
            TimeRuleException.class,
            fault -> assertThat(fault.code()).isEqualTo(Code.INVALID_CALENDAR))
        .hasMessage(
            "A holiday must be a date as yyyy-MM-dd, but was \"%s\"; correct or remove it", text);
  }

  private static SendWindow.Range range(String text) {
    return SendWindow.Range.parse(text);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TimeRuleException.class,
            fault -> assertThat(fault.code()).isEqualTo(Code.INVALID_WINDOW));
  }
}
