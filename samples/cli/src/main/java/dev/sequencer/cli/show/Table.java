package dev.sequencer.cli.show;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines with columns under each other. Not thread-safe. */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Makes one with the names of its columns. */
  public Table(String... columns) {
    rows.add(Arrays.asList(columns));
  }

  /** Adds a line. */
  public Table row(Object... cells) {
    rows.add(Arrays.stream(cells).map(cell -> Printable.line(String.valueOf(cell))).toList());
    return this;
  }

  /** Says whether there is no line but the names. */
  public boolean isEmpty() {
    return rows.size() == 1;
  }

  /** Prints it, indented. */
  public void print(PrintWriter out, String indent) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - length(row.get(i)))).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
