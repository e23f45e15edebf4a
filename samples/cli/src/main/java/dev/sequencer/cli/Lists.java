package dev.sequencer.cli;

import dev.sequencer.cli.show.Printable;
import dev.sequencer.cli.show.Table;
import java.io.PrintWriter;
import java.util.Optional;

/** Prints pages of lists. */
final class Lists {
  private Lists() {}

  /** Prints a page, and how to get the next. */
  static void print(
      PrintWriter out, Table table, String what, String option, Optional<String> next) {
    if (table.isEmpty()) {
      out.println("no " + what);
    } else {
      table.print(out, "");
    }
    next.ifPresent(after -> out.println("there are more: " + option + " " + Printable.line(after)));
    out.flush();
  }
}
