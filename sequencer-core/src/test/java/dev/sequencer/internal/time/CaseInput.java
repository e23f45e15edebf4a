package dev.sequencer.internal.time;

import dev.sequencer.Delay;
import dev.sequencer.Holidays;
import dev.sequencer.SendWindow;
import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The input of a case. Every field is read before anything is calculated; of several faults the one
 * whose code comes first is reported.
 */
final class CaseInput {

  private final Map<String, @Nullable Object> fields;
  private final List<TimeRuleException> faults = new ArrayList<>();

  CaseInput(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /** Runs a reader, or remembers its fault and goes on with a stand-in. */
  <T> T read(T standIn, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (TimeRuleException fault) {
      faults.add(fault);
      return standIn;
    }
  }

  /** Fails with the first fault in the order of the codes, if there was one. */
  void check() {
    faults.stream()
        .min((a, b) -> a.code().compareTo(b.code()))
        .ifPresent(
            fault -> {
              throw fault;
            });
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  @Nullable Object value(String name) {
    return fields.get(name);
  }

  CaseInput child(String name) {
    return new CaseInput(Json.asObject(fields.get(name)));
  }

  String text(String name) {
    return String.valueOf(fields.get(name));
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable(fields.get(name)).map(String::valueOf);
  }

  int number(String name) {
    return new BigInteger(text(name)).intValueExact();
  }

  Instant instant(String name) {
    return Instant.parse(text(name));
  }

  Optional<Instant> optionalInstant(String name) {
    return optionalText(name).map(Instant::parse);
  }

  ZoneId zone(boolean needed) {
    Optional<String> own = optionalText("zone");
    Optional<String> sequence = optionalText("defaultZone");
    return read(
        ZoneOffset.UTC,
        () ->
            needed
                ? ZoneChain.require(own, sequence, Optional.empty())
                : ZoneChain.choose(own, sequence, Optional.empty())
                    .map(ZoneChain.Choice::zone)
                    .orElse(ZoneOffset.UTC));
  }

  /** Reads amount and unit; the unit may be given from outside. */
  Delay delay(String unit) {
    return read(Delay.none(), () -> Delay.of(amount(), unit(unit)));
  }

  private long amount() {
    try {
      return new BigInteger(text("amount")).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new TimeRuleException(Code.INVALID_DELAY, "amount " + text("amount"));
    }
  }

  private static Delay.Unit unit(String name) {
    try {
      return Delay.Unit.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new TimeRuleException(Code.INVALID_DELAY, "unit " + name);
    }
  }

  Delay withSendTime(Delay delay) {
    return read(delay, () -> optionalText("sendTime").map(delay::at).orElse(delay));
  }

  Holidays holidays() {
    List<String> dates = Json.asList(fields.get("holidays")).stream().map(String::valueOf).toList();
    return read(Holidays.none(), () -> Holidays.parse(dates));
  }

  Optional<SendWindow> window() {
    if (!has("window")) {
      return Optional.empty();
    }
    Map<String, List<String>> ranges = new LinkedHashMap<>();
    Json.asObject(fields.get("window"))
        .forEach(
            (day, ofDay) ->
                ranges.put(day, Json.asList(ofDay).stream().map(String::valueOf).toList()));
    Holidays holidays = holidays();
    return read(Optional.empty(), () -> Optional.of(SendWindow.parse(ranges).without(holidays)));
  }

  Set<DayOfWeek> openDays() {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (Object day : Json.asList(fields.get("openDays"))) {
      for (DayOfWeek weekday : DayOfWeek.values()) {
        if (weekday.name().startsWith(String.valueOf(day))) {
          days.add(weekday);
        }
      }
    }
    return days;
  }
}
