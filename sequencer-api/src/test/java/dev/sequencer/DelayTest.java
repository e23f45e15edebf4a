package dev.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.TimeRuleException.Code;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelayTest {

  private static final List<Delay.Unit> UNITS = List.of(Delay.Unit.values());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3d at 09:30|3d at 09:30",
        "2d+4h|2d+4h",
        "2 days + 240 min|2d+4h",
        "2d+1h+30m|2d+90m",
        "5 business days|5 business days",
        "1 bd|1 business day",
        "1 month|1 month",
        "2mo|2 months",
        "90m|90m",
        "90 Minutes|90m",
        "1 HOUR|1h",
        "2 weeks|2w",
        "0d|0d",
        "none|0d",
        "none at 09:00|0d at 09:00",
        "3d since enrollment|3d since enrollment",
        "3d since previous send|3d",
        "0d since attribute renewal|0d since attribute renewal",
        "0d since attribute renewal at 09:00|0d at 09:00 since attribute renewal",
        "1d  at 09:00  Since   Attribute \"renewal date\"|1d at 09:00 since attribute \"renewal date\"",
        "24h at 07:00|24h at 07:00",
      })
  void readsLenientlyAndWritesOneForm(String text, String canonical) {
    assertThat(Delay.parse(text).toText()).isEqualTo(canonical);
    assertThat(Delay.parse(canonical)).isEqualTo(Delay.parse(text));
  }

  @Test
  void theTextFormLosesNothing() {
    List<String> names =
        List.of("renewal", "renewal date", "a\"b", "back\\slash", "at", "\u00fc+4h");
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Delay.Unit unit = UNITS.get(random.nextInt(UNITS.size()));
      Delay delay = Delay.of(random.nextInt((int) unit.most() + 1), unit);
      if (random.nextInt(3) == 0 && unit.isCalendar()) {
        delay = delay.plusHours(random.nextInt(100)).plusMinutes(random.nextInt(100));
      } else if (random.nextBoolean()) {
        delay = delay.at(LocalTime.of(random.nextInt(24), random.nextInt(60)));
      }
      delay =
          switch (random.nextInt(3)) {
            case 0 -> delay.sinceEnrollment();
            case 1 -> delay.sinceAttribute(names.get(random.nextInt(names.size())));
            default -> delay;
          };
      assertThat(Delay.parse(delay.toText())).as("seed %d, %s", seed, delay).isEqualTo(delay);
      assertThat(delay).hasToString(delay.toText());
    }
  }

  @Test
  void saysWhatItIsMadeOf() {
    Delay delay = Delay.days(2).plusHours(4).plusMinutes(5).sinceAttribute("renewal");
    assertThat(delay.unit()).isEqualTo(Delay.Unit.DAYS);
    assertThat(delay.amount()).isEqualTo(2);
    assertThat(delay.elapsed()).isEqualTo(Duration.ofMinutes(245));
    assertThat(delay.sendTime()).isEmpty();
    assertThat(delay.base()).isEqualTo(Delay.Base.ATTRIBUTE);
    assertThat(delay.attribute()).contains("renewal");
    assertThat(Delay.hours(2).plusMinutes(30).elapsed()).isEqualTo(Duration.ofMinutes(150));
    assertThat(Delay.weeks(1).elapsed()).isEqualTo(Duration.ZERO);
    assertThat(Delay.weeks(1).at("09:30").sendTime()).contains(LocalTime.of(9, 30));
    assertThat(Delay.weeks(1).base()).isEqualTo(Delay.Base.PREVIOUS_SEND);
    assertThat(delay.sinceEnrollment().attribute()).isEmpty();
    assertThat(Delay.none()).isEqualTo(Delay.days(0));
  }

  @Test
  void needsAZoneForCalendarTimeAndForASendTime() {
    assertThat(Delay.days(1).needsZone()).isTrue();
    assertThat(Delay.days(0).needsZone()).isFalse();
    assertThat(Delay.hours(5).needsZone()).isFalse();
    assertThat(Delay.hours(5).at("09:00").needsZone()).isTrue();
  }

  @Test
  void delaysWithTheSamePartsAreEqual() {
    assertThat(Delay.days(2).plusHours(1))
        .isEqualTo(Delay.days(2).plusMinutes(60))
        .hasSameHashCodeAs(Delay.days(2).plusMinutes(60))
        .isNotEqualTo(Delay.days(2))
        .isNotEqualTo(Delay.days(2).plusHours(1).sinceEnrollment());
    assertThat(Delay.days(7)).isNotEqualTo(Delay.weeks(1));
  }

  @Test
  void theLimitsAreTakenAndOneMoreIsNot() {
    assertThat(Delay.minutes(5_256_000).amount()).isEqualTo(5_256_000);
    assertThat(Delay.hours(87_600).amount()).isEqualTo(87_600);
    assertThat(Delay.days(3_650).amount()).isEqualTo(3_650);
    assertThat(Delay.weeks(521).amount()).isEqualTo(521);
    assertThat(Delay.months(120).amount()).isEqualTo(120);
    assertThat(Delay.businessDays(2_600).amount()).isEqualTo(2_600);
    List<ThrowingCallable> tooLong = new ArrayList<>();
    tooLong.add(() -> Delay.minutes(5_256_001));
    tooLong.add(() -> Delay.hours(87_601));
    tooLong.add(() -> Delay.days(3_651));
    tooLong.add(() -> Delay.weeks(522));
    tooLong.add(() -> Delay.months(121));
    tooLong.add(() -> Delay.businessDays(2_601));
    tooLong.add(() -> Delay.hours(87_600).plusMinutes(1));
    tooLong.add(() -> Delay.days(1).plusHours(87_601));
    tooLong.add(() -> Delay.days(1).plusHours(87_600).plusHours(1));
    tooLong.add(() -> Delay.days(1).plusMinutes(Long.MAX_VALUE));
    tooLong.add(() -> Delay.minutes(Long.MAX_VALUE));
    tooLong.add(() -> Delay.hours(Long.MIN_VALUE));
    tooLong.add(() -> Delay.days(-1));
    tooLong.add(() -> Delay.days(1).plusHours(-1));
    tooLong.add(() -> Delay.days(1).plusMinutes(-1));
    for (ThrowingCallable call : tooLong) {
      refused(Code.INVALID_DELAY, call);
    }
  }

  @Test
  void aCalendarAndAnElapsedPartHaveNoSendTime() {
    refused(Code.INVALID_DELAY, () -> Delay.days(2).plusHours(4).at("09:00"))
        .hasMessage(
            "A delay with both a calendar and an elapsed part has no send time, but was \"2d+4h at"
                + " 09:00\"; leave out the hours and minutes, or the time");
    refused(Code.INVALID_DELAY, () -> Delay.days(2).at("09:00").plusHours(4));
    refused(Code.INVALID_DELAY, () -> Delay.parse("2d+4h at 09:00"));
    assertThat(Delay.hours(4).at("09:00").plusMinutes(5).toText()).isEqualTo("4h+5m at 09:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"24:00", "25:00", "9:00", "09:60", "0900", "09:00:00", "", "\u0660\u0669:00"})
  void refusesWhatIsNoTimeOfDay(String time) {
    refused(Code.INVALID_TIME, () -> Delay.days(1).at(time));
  }

  @Test
  void takesTheFirstAndTheLastMinuteOfTheDay() {
    assertThat(Delay.days(1).at("00:00").toText()).isEqualTo("1d at 00:00");
    assertThat(Delay.days(1).at("23:59").toText()).isEqualTo("1d at 23:59");
    refused(Code.INVALID_TIME, () -> Delay.days(1).at(LocalTime.of(9, 0, 1)))
        .hasMessage(
            "A send time must be HH:mm from 00:00 to 23:59, but was \"09:00:01\"; write two digits"
                + " each, for example 09:30");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "3",
        "d",
        "3x",
        "3 fortnights",
        "-1d",
        "1.5d",
        "d3",
        "3d 4h",
        "3d+",
        "+4h",
        "4h+2d",
        "1 month+3d",
        "2d+4",
        "3d at",
        "3d since",
        "3d since yesterday",
        "3d since attribute",
        "3d since attribute \"",
        "3d since enrollment since enrollment",
        "3d at 09:00 at 10:00",
        "9999999999999999999d",
        "none none",
        "nonesuch",
        "3d since attribute a b",
        "\u0663d"
      })
  void refusesTextThatIsNoDelay(String text) {
    refused(Code.INVALID_DELAY, () -> Delay.parse(text));
  }

  @Test
  void refusesTextWithoutEnd() {
    refused(Code.INVALID_DELAY, () -> Delay.parse("1d" + " ".repeat(2_000)))
        .hasMessage("A delay must be of at most 1000 characters; shorten it");
  }

  @Test
  void messagesNameRuleValueAndWhatToDo() {
    refused(Code.INVALID_DELAY, () -> Delay.days(3_651))
        .hasMessage(
            "A delay in days must be 0 to 3,650, but was 3,651; correct it or split the wait");
    refused(Code.INVALID_DELAY, () -> Delay.parse("3 fortnights"))
        .hasMessage(
            "A delay must be like \"3d at 09:30\", \"2d+4h\", \"5 business days\" or \"90m since"
                + " enrollment\", but was \"3 fortnights\"");
    refused(Code.INVALID_DELAY, () -> Delay.parse("4h+2d"))
        .hasMessage(
            "A delay has at most one calendar part, and it comes first, but was \"4h+2d\"; write"
                + " for example 2d+4h, or two waits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " renewal", "renewal ", "re\nnewal"})
  void refusesAttributeNamesThatNobodyCanSee(String name) {
    refused(Code.INVALID_DELAY, () -> Delay.days(1).sinceAttribute(name));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      Code code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TimeRuleException.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
