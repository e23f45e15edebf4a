package dev.sequencer.internal.time;

import dev.sequencer.Delay;
import dev.sequencer.Holidays;
import dev.sequencer.SendWindow;
import dev.sequencer.TimeRuleException;
import dev.sequencer.internal.capacity.DaySlots;
import dev.sequencer.internal.capacity.Pacing;
import dev.sequencer.internal.capacity.Quotas;
import dev.sequencer.internal.capacity.Slots;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a case of the corpus and gives what it finds in the corpus's own form. */
final class CaseRunner {

  private CaseRunner() {}

  static Map<String, @Nullable Object> run(String kind, Map<String, @Nullable Object> fields) {
    CaseInput input = new CaseInput(fields);
    try {
      return switch (kind) {
        case "cron" -> instants(cron(input));
        case "delay", "local_time" -> instants(List.of(delayed(input)));
        case "window" -> instants(List.of(window(input)));
        case "business_days" -> instants(List.of(businessDays(input)));
        case "quota_reset" -> instants(quota(input));
        case "spacing" ->
            input.text("op").equals("SLOTS") ? slots(input) : instants(nextSlot(input));
        case "broadcast" -> broadcast(input);
        default -> throw new IllegalArgumentException("unknown kind " + kind);
      };
    } catch (TimeRuleException fault) {
      return Map.of("error", fault.code().name());
    }
  }

  private static List<Instant> cron(CaseInput input) {
    ZoneId zone = input.zone(true);
    CronSchedule schedule =
        input.read(
            CronSchedule.parse("@daily"), () -> CronSchedule.parse(input.text("expression")));
    input.check();
    List<Instant> instants = new ArrayList<>();
    Instant from = input.instant("start");
    for (int i = 0; i < input.number("count"); i++) {
      from = schedule.next(from, zone);
      instants.add(from);
    }
    return instants;
  }

  private static Instant delayed(CaseInput input) {
    CaseInput child = input.child("delay");
    Delay delay = input.read(Delay.none(), () -> checked(child, child.delay(child.text("unit"))));
    delay = input.withSendTime(delay);
    Optional<SendWindow> window = input.window();
    ZoneId zone = input.zone(delay.needsZone() || window.isPresent());
    input.check();
    Instant due = Delays.apply(delay, input.instant("start"), zone, window);
    return leaving(input, due, window, delay, zone);
  }

  private static Instant window(CaseInput input) {
    if (input.has("delay")) {
      return delayed(input);
    }
    Optional<SendWindow> window = input.window();
    ZoneId zone = input.zone(window.isPresent());
    input.check();
    Instant due = input.has("retry") ? retry(input.child("retry")) : input.instant("due");
    return leaving(input, due, window, Delay.none(), zone);
  }

  private static Instant retry(CaseInput retry) {
    List<Duration> backoffs =
        Json.asList(retry.value("backoffMinutes")).stream()
            .map(minutes -> Duration.ofMinutes(Long.parseLong(String.valueOf(minutes))))
            .toList();
    return Retries.next(retry.instant("failedAt"), retry.number("failedAttempt"), backoffs);
  }

  private static Instant businessDays(CaseInput input) {
    Delay delay = input.withSendTime(input.delay("BUSINESS_DAYS"));
    Optional<SendWindow> window = input.window();
    Holidays holidays = input.holidays();
    Set<DayOfWeek> openDays = input.openDays();
    ZoneId zone = input.zone(true);
    input.check();
    Instant due = Delays.apply(delay, input.instant("start"), zone, openDays, holidays);
    return leaving(input, due, window, delay, zone);
  }

  private static Instant leaving(
      CaseInput input, Instant due, Optional<SendWindow> window, Delay delay, ZoneId zone) {
    Calendar calendar = Calendar.of(window, delay.sendTime(), zone);
    return calendar.firstOpen(due, input.optionalInstant("now").orElse(due));
  }

  private static List<Instant> quota(CaseInput input) {
    ZoneId zone = input.zone(true);
    if (input.text("op").equals("BUCKET_BOUNDS")) {
      input.check();
      Instant at = input.instant("at");
      Span span = input.text("bucket").equals("DAY") ? Quotas.day(at, zone) : Quotas.hour(at, zone);
      return List.of(span.start(), span.end());
    }
    Optional<SendWindow> window = input.window();
    Optional<Quotas.Usage> daily = usage(input, "daily");
    Optional<Quotas.Usage> hourly = usage(input, "hourly");
    input.check();
    Openings hours = window.map(w -> Openings.of(w, zone)).orElse(Openings.always(zone));
    return List.of(Quotas.nextAllowed(input.instant("now"), hours, daily, hourly));
  }

  private static Optional<Quotas.Usage> usage(CaseInput input, String name) {
    if (!input.has(name)) {
      return Optional.empty();
    }
    CaseInput usage = input.child(name);
    return input.read(
        Optional.empty(),
        () -> Optional.of(new Quotas.Usage(usage.number("limit"), usage.number("used"))));
  }

  private static Pacing pacing(CaseInput input) {
    Duration spacing =
        Duration.ofSeconds(Long.parseLong(input.optionalText("minSpacingSeconds").orElse("0")));
    return input.read(
        Pacing.evenly(1), () -> new Pacing(input.number("quota"), spacing, Optional.empty()));
  }

  private static Map<String, @Nullable Object> slots(CaseInput input) {
    ZoneId zone = input.zone(true);
    LocalDate date = LocalDate.parse(input.text("date"));
    List<String> ranges = Json.asList(input.value("ranges")).stream().map(String::valueOf).toList();
    Holidays holidays = input.holidays();
    SendWindow window =
        input.read(
            SendWindow.daily("00:00", "24:00"),
            () -> SendWindow.of(Map.of(date.getDayOfWeek(), ranges)).without(holidays));
    Pacing pacing = pacing(input);
    input.check();
    DaySlots slots = new Slots(Openings.of(window, zone), pacing).on(date);
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    found.put("count", slots.count());
    found.put("intervalSeconds", (int) slots.interval().toSeconds());
    found.put("first", slots.at(0).toString());
    found.put("second", slots.count() > 1 ? slots.at(1).toString() : null);
    found.put("last", slots.at(slots.count() - 1).toString());
    return found;
  }

  private static List<Instant> nextSlot(CaseInput input) {
    ZoneId zone = input.zone(true);
    Optional<SendWindow> window = input.window();
    Pacing pacing = pacing(input);
    input.check();
    Openings hours = window.map(w -> Openings.of(w, zone)).orElse(Openings.always(zone));
    return List.of(
        new Slots(hours, pacing).next(input.instant("now"), input.optionalInstant("lastSend")));
  }

  private static Map<String, @Nullable Object> broadcast(CaseInput input) {
    LocalDateTime local = LocalDateTime.parse(input.text("localDateTime"));
    Optional<String> defaultZone = input.optionalText("defaultZone");
    Optional<SendWindow> window = input.window();
    input.read(
        ZoneOffset.UTC, () -> defaultZone.map(dev.sequencer.Zones::of).orElse(ZoneOffset.UTC));
    input.check();
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    Json.asObject(input.value("recipients"))
        .forEach(
            (name, zone) -> {
              try {
                ZoneId chosen =
                    ZoneChain.require(
                        Optional.ofNullable(zone).map(String::valueOf),
                        defaultZone,
                        Optional.empty());
                Instant at = Broadcasts.at(local, chosen, input.instant("now"), window);
                found.put(name, Map.of("instant", at.toString()));
              } catch (TimeRuleException fault) {
                found.put(name, Map.of("error", fault.code().name()));
              }
            });
    return Map.of("byRecipient", found);
  }

  private static Delay checked(CaseInput input, Delay delay) {
    input.check();
    return delay;
  }

  private static Map<String, @Nullable Object> instants(List<Instant> instants) {
    return Map.of("instants", instants.stream().map(Instant::toString).toList());
  }
}
