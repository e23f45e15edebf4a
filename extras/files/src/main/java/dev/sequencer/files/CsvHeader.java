package dev.sequencer.files;

import dev.sequencer.Attributes;
import dev.sequencer.ContactInput;
import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Place;
import dev.sequencer.internal.text.DidYouMean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns of a contacts file. Immutable. */
final class CsvHeader {
  private static final String EMAIL = "email";
  private static final List<String> KNOWN = List.of(EMAIL, "id", "name", "zone", "locale");
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final int LONGEST_NAME = 200;

  private final List<String> columns;

  private CsvHeader(List<String> columns) {
    this.columns = columns;
  }

  /**
   * Finds what separates fields: whichever of comma, semicolon and tab is most often outside
   * quotes, the first of these where several are.
   */
  static char separator(String header) {
    int[] counts = new int[SEPARATORS.length];
    boolean quoted = false;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      quoted ^= c == '"';
      for (int s = 0; s < SEPARATORS.length && !quoted; s++) {
        counts[s] += c == SEPARATORS[s] ? 1 : 0;
      }
    }
    int best = 0;
    for (int s = 1; s < counts.length; s++) {
      best = counts[s] > counts[best] ? s : best;
    }
    return SEPARATORS[best];
  }

  /** Gives the header of a row of names; what is wrong is reported. */
  static CsvHeader of(List<String> names, Place place, Faults faults) {
    List<String> columns = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String name : names) {
      String lower = name.strip().toLowerCase(Locale.ROOT);
      String column = KNOWN.contains(lower) ? lower : name.strip();
      columns.add(column);
      checkName(column, columns.size(), place, faults);
      Integer before = seen.putIfAbsent(column, columns.size());
      if (before != null && !column.isEmpty()) {
        faults.add(
            place,
            "each column stands once, but '"
                + column
                + "' is column "
                + before
                + " and column "
                + columns.size());
      }
    }
    if (!columns.contains(EMAIL)) {
      faults.add(place, "a contacts file needs a header with a column 'email'" + instead(columns));
    }
    return new CsvHeader(List.copyOf(columns));
  }

  /** Says what is there instead, unless it is somebody's address. */
  private static String instead(List<String> columns) {
    if (columns.stream().anyMatch(column -> column.contains("@"))) {
      return ", but the first line is a contact: add a line of names before it";
    }
    return ", but has "
        + String.join(", ", columns.stream().limit(20).toList())
        + DidYouMean.among(EMAIL, columns)
            .map(near -> ": rename '" + near + "'?")
            .orElse(": add it");
  }

  private static void checkName(String column, int number, Place place, Faults faults) {
    if (column.isEmpty()) {
      faults.add(place, "each column needs a name, but column " + number + " has none");
    } else if (column.length() > LONGEST_NAME) {
      faults.add(
          place,
          "the name of a column has at most "
              + LONGEST_NAME
              + " characters, but that of column "
              + number
              + " has "
              + column.length());
    }
  }

  ContactRow row(CsvRecords.Row row) {
    if (row.isBad()) {
      return new ContactRow.Bad(row.line(), row.fault());
    }
    if (row.fields().size() != columns.size()) {
      return new ContactRow.Bad(
          row.line(),
          "a row must have as many fields as the header, "
              + columns.size()
              + ", but has "
              + row.fields().size()
              + ": check separators and quotes");
    }
    Map<String, String> known = new HashMap<>();
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String value = row.fields().get(i);
      if (KNOWN.contains(columns.get(i))) {
        known.put(columns.get(i), value.strip());
      } else if (!value.isBlank()) {
        attributes.put(columns.get(i), value);
      }
    }
    return new ContactRow.Good(
        row.line(),
        new ContactInput(
            known.getOrDefault(EMAIL, ""),
            known.getOrDefault("id", ""),
            known.getOrDefault("name", ""),
            known.getOrDefault("zone", ""),
            known.getOrDefault("locale", ""),
            Attributes.of(attributes)));
  }
}
