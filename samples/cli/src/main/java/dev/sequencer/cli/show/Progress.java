package dev.sequencer.cli.show;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Says how far something is: a bar on a terminal, now and then a line elsewhere. */
public final class Progress {
  private static final int WIDTH = 30;
  private static final Duration BAR_EVERY = Duration.ofMillis(100);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final PrintWriter out;
  private final InstantSource clock;
  private final boolean terminal;
  private final long total;
  private Instant next;
  private boolean shown;

  /**
   * Makes one.
   *
   * @param out where it is shown
   * @param clock tells when to show it again
   * @param terminal whether a line can be written over
   * @param total what is all of it
   */
  public Progress(PrintWriter out, InstantSource clock, boolean terminal, long total) {
    this.out = out;
    this.clock = clock;
    this.terminal = terminal;
    this.total = Math.max(1, total);
    next = clock.instant().plus(terminal ? BAR_EVERY : LINE_EVERY);
  }

  /** Tells how much is done. */
  public void at(long done) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(terminal ? BAR_EVERY : LINE_EVERY);
    if (terminal) {
      out.print("\r" + bar(done));
      shown = true;
    } else {
      out.println(percent(done) + " % of the file is done");
    }
    out.flush();
  }

  /** Ends it: the next line stands on a line of its own. */
  public void end() {
    if (shown) {
      out.println("\r" + bar(total));
      out.flush();
      shown = false;
    }
  }

  /** Makes room for a line between two states of the bar. */
  public void clear() {
    if (shown) {
      out.print("\r" + " ".repeat(WIDTH + 10) + "\r");
      out.flush();
      shown = false;
    }
  }

  private String bar(long done) {
    int filled = (int) (WIDTH * Math.min(done, total) / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d %%",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        percent(done));
  }

  private long percent(long done) {
    return 100 * Math.min(done, total) / total;
  }
}
