package dev.sequencer.internal.definition;

import dev.sequencer.Holidays;
import dev.sequencer.SendWindow;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Windows as nodes and trees: {@code mon: ["09:00-17:00"]} for a weekday, read also as {@code
 * mon-fri}, {@code mon,wed} or {@code daily}, and {@code holidays} as dates.
 */
public final class Windows {
  private static final String HOLIDAYS = "holidays";
  private static final String DAILY = "daily";
  private static final List<String> KNOWN =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun", DAILY, HOLIDAYS);

  private final Faults faults;
  private final Map<DayOfWeek, List<SendWindow.Range>> ranges = new EnumMap<>(DayOfWeek.class);
  private final Map<DayOfWeek, String> namedBy = new EnumMap<>(DayOfWeek.class);
  private Holidays holidays = Holidays.none();
  private boolean unreadable;

  private Windows(Faults faults) {
    this.faults = faults;
  }

  /** Reads a window; what is wrong is reported. */
  public static Optional<SendWindow> read(Node node, String what, Faults faults) {
    if (node instanceof Node.Unreadable) {
      return Optional.empty();
    }
    if (!(node instanceof Node.Members object)) {
      faults.add(
          node.place(),
          what + " must be an object such as {mon-fri: \"09:00-17:00\"}, but is " + node.kind());
      return Optional.empty();
    }
    Windows reader = new Windows(faults);
    int before = faults.count();
    Fields fields = Fields.of(object, what, faults);
    object
        .members()
        .forEach(
            (name, member) -> {
              if (name.equals(HOLIDAYS)) {
                reader.holidays =
                    Holidays.of(
                        fields.values(name, date -> Holidays.parse(List.of(date)).dates().first()));
              } else if (!name.equals(Fields.FORMAT)) {
                reader.day(name, member, fields);
              }
            });
    if (faults.count() > before) {
      return Optional.empty();
    }
    if (reader.ranges.isEmpty() && !reader.unreadable) {
      faults.add(
          node.place(),
          what + " must open on at least one weekday, but has no range: add one, or leave it out");
      return Optional.empty();
    }
    return reader.unreadable ? Optional.empty() : Optional.of(reader.window());
  }

  private SendWindow window() {
    Map<DayOfWeek, List<String>> texts = new EnumMap<>(DayOfWeek.class);
    ranges.forEach(
        (day, ofDay) -> texts.put(day, ofDay.stream().map(SendWindow.Range::toString).toList()));
    return SendWindow.of(texts).without(holidays);
  }

  private void day(String name, Node.Member member, Fields fields) {
    Set<DayOfWeek> days = days(name, member.name());
    unreadable |= member.value() instanceof Node.Unreadable;
    List<SendWindow.Range> read = fields.values(name, SendWindow.Range::parse);
    if (days.isEmpty() || read.isEmpty()) {
      return;
    }
    for (DayOfWeek day : days) {
      String before = namedBy.putIfAbsent(day, name);
      if (before != null) {
        faults.add(
            member.name(),
            "a window names each weekday once, but '"
                + name
                + "' has "
                + text(day)
                + " again after '"
                + before
                + "': give all ranges of a day in one list");
      }
      ranges.put(day, read);
    }
  }

  private Set<DayOfWeek> days(String name, Place place) {
    if (name.equalsIgnoreCase(DAILY)) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : name.split(",", -1)) {
      int dash = part.indexOf('-');
      Optional<DayOfWeek> from = day(dash < 0 ? part : part.substring(0, dash), place);
      Optional<DayOfWeek> to = dash < 0 ? from : day(part.substring(dash + 1), place);
      if (from.isEmpty() || to.isEmpty()) {
        return Set.of();
      }
      if (from.get().compareTo(to.get()) > 0) {
        faults.add(
            place,
            "weekdays go from Monday to Sunday, but '"
                + part
                + "' goes back: write both parts with a comma, such as sat-sun,mon");
        return Set.of();
      }
      days.addAll(EnumSet.range(from.get(), to.get()));
    }
    return days;
  }

  private Optional<DayOfWeek> day(String text, Place place) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().equals(name) || day.name().substring(0, 3).equals(name)) {
        return Optional.of(day);
      }
    }
    faults.unknown(place, "a field of a window", text.strip(), KNOWN);
    return Optional.empty();
  }

  /** Writes a window with a list for each open weekday. */
  public static Map<String, Object> tree(SendWindow window) {
    Map<String, Object> tree = new LinkedHashMap<>();
    window
        .ranges()
        .forEach(
            (day, ranges) ->
                tree.put(text(day), ranges.stream().map(SendWindow.Range::toString).toList()));
    if (!window.holidays().isEmpty()) {
      tree.put(HOLIDAYS, window.holidays().dates().stream().map(LocalDate::toString).toList());
    }
    return tree;
  }

  /** Writes a window for people: weekdays in a row with the same ranges are one line. */
  public static Map<String, Object> shortTree(SendWindow window) {
    Map<String, Object> full = tree(window);
    Map<String, Object> tree = new LinkedHashMap<>();
    List<DayOfWeek> days = new ArrayList<>(window.openDays());
    int i = 0;
    while (i < days.size()) {
      Object ranges = full.getOrDefault(text(days.get(i)), List.of());
      int end = i;
      while (end + 1 < days.size()
          && days.get(end + 1).equals(days.get(end).plus(1))
          && ranges.equals(full.get(text(days.get(end + 1))))) {
        end++;
      }
      String name = text(days.get(i)) + (end > i ? "-" + text(days.get(end)) : "");
      tree.put(name, ranges instanceof List<?> list && list.size() == 1 ? list.get(0) : ranges);
      i = end + 1;
    }
    if (!window.holidays().isEmpty()) {
      tree.put(HOLIDAYS, full.getOrDefault(HOLIDAYS, List.of()));
    }
    return tree;
  }

  private static String text(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }
}
