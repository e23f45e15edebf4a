package dev.sequencer.files;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Puts lines together to records (RFC 4180), one by one, so that a broken one spoils no other:
 * where a quote is not closed, the record is its first line alone, and reading goes on with the
 * next line. Not thread-safe.
 */
final class CsvRecords {
  /** The most lines that one record may go over. */
  static final int MOST_LINES = 1_000;

  private static final String UNCLOSED =
      "a field that begins with a quote must end with one, but this row's does not within "
          + MOST_LINES
          + " lines: close it, or double the quotes inside it";

  private final CsvLines lines;
  private final Deque<CsvLines.Line> ahead = new ArrayDeque<>();
  private Optional<Character> separator = Optional.empty();
  private long line;

  CsvRecords(CsvLines lines) {
    this.lines = lines;
  }

  /**
   * A record, or why it is none.
   *
   * @param line the line on which it begins, from 1
   * @param fields its fields
   * @param fault why it cannot be read; empty when it can
   */
  record Row(long line, List<String> fields, String fault) {
    boolean isBad() {
      return !fault.isEmpty();
    }
  }

  /** Gives the next record that is not blank; empty at the end. */
  Optional<Row> next() throws IOException {
    while (true) {
      Optional<CsvLines.Line> first = take();
      if (first.isEmpty()) {
        return Optional.empty();
      }
      if (first.get().isBad()) {
        return Optional.of(new Row(line, List.of(), first.get().fault()));
      }
      if (!first.get().text().isBlank()) {
        return Optional.of(record(first.get().text()));
      }
    }
  }

  private Optional<CsvLines.Line> take() throws IOException {
    Optional<CsvLines.Line> next =
        ahead.isEmpty() ? lines.next() : Optional.of(ahead.removeFirst());
    line += next.isPresent() ? 1 : 0;
    return next;
  }

  private Row record(String first) throws IOException {
    long start = line;
    char between = separator.orElseGet(() -> CsvHeader.separator(first));
    separator = Optional.of(between);
    QuoteScan scan = new QuoteScan(between);
    StringBuilder text = new StringBuilder(first);
    List<CsvLines.Line> more = new ArrayList<>();
    scan.add(first);
    while (scan.isOpen() && more.size() < MOST_LINES - 1 && text.length() <= CsvLines.LONGEST) {
      Optional<CsvLines.Line> next = take();
      if (next.isEmpty()) {
        break;
      }
      more.add(next.get());
      if (next.get().isBad()) {
        break;
      }
      text.append(next.get().text());
      scan.add(next.get().text());
    }
    if (scan.isOpen() || scan.isBroken()) {
      giveBack(more);
      return new Row(start, List.of(), scan.isBroken() ? QuoteScan.BROKEN : UNCLOSED);
    }
    return split(start, withoutLineBreak(text.toString()), between);
  }

  private void giveBack(List<CsvLines.Line> more) {
    for (int i = more.size() - 1; i >= 0; i--) {
      ahead.addFirst(more.get(i));
      line--;
    }
  }

  private static Row split(long start, String text, char between) {
    try {
      List<String> fields =
          CsvReader.builder().fieldSeparator(between).ofSingleCsvRecord(text).getFields();
      return new Row(start, fields, "");
    } catch (CsvParseException e) {
      return new Row(start, List.of(), QuoteScan.BROKEN);
    }
  }

  private static String withoutLineBreak(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }
}
