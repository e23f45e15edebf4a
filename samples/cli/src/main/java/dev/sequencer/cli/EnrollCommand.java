package dev.sequencer.cli;

import dev.sequencer.BulkResult;
import dev.sequencer.BulkSummary;
import dev.sequencer.ContactInput;
import dev.sequencer.Sequencer;
import dev.sequencer.cli.show.Json;
import dev.sequencer.cli.show.Printable;
import dev.sequencer.cli.show.Progress;
import dev.sequencer.files.ContactRow;
import dev.sequencer.files.ContactsCsv;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "enroll",
    mixinStandardHelpOptions = true,
    description = {
      "Enrolls the contacts of a CSV file; who is enrolled already is not enrolled again.",
      "The file is UTF-8 with a header: 'email' is needed, 'id', 'name', 'zone' and 'locale' are"
          + " known, all other columns are values for templates. Each bad row is told with its line"
          + " and left out, the others go in; the exit code is then 1."
    })
final class EnrollCommand extends HostCommand {
  private static final int MOST_SHOWN = 1000;

  @Parameters(paramLabel = "SEQUENCE", description = "The name of the sequence.")
  private String sequence = "";

  @Option(
      names = "--contacts",
      required = true,
      paramLabel = "FILE",
      description = "The CSV file of the contacts.")
  private Optional<Path> contacts = Optional.empty();

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  EnrollCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() throws IOException {
    Path file = contacts.orElseThrow();
    Faults faults = new Faults(file);
    BulkSummary summary;
    try (Stream<ContactRow> rows = ContactsCsv.read(file);
        Sequencer sequencer = open(configuration())) {
      Progress progress =
          new Progress(
              err(), surroundings().clock(), surroundings().terminal() && !json, lines(file));
      Rows reader = new Rows(rows, faults, progress);
      summary = sequencer.enrollAll(sequence, reader.contacts(), reader::result);
      progress.end();
    }
    show(summary, faults);
    return faults.count == 0 ? 0 : 1;
  }

  private void show(BulkSummary summary, Faults faults) {
    if (json) {
      printJson(
          Json.object(
              "sequence",
              sequence,
              "enrolled",
              summary.enrolled(),
              "alreadyEnrolled",
              summary.alreadyEnrolled(),
              "suppressed",
              summary.suppressed(),
              "invalid",
              faults.count,
              "faults",
              faults.shown));
      return;
    }
    out()
        .println(
            sequence
                + ": enrolled "
                + summary.enrolled()
                + ", already enrolled "
                + summary.alreadyEnrolled()
                + ", suppressed "
                + summary.suppressed()
                + ", invalid "
                + faults.count);
    out().flush();
  }

  private static long lines(Path file) throws IOException {
    long lines = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }

  /** The rows that did not go in. */
  private final class Faults {
    private final Path file;
    private final List<Object> shown = new ArrayList<>();
    private long count;

    Faults(Path file) {
      this.file = file;
    }

    void add(long line, String reason) {
      count++;
      if (!json) {
        err().println(file + ":" + line + ": " + Printable.line(reason));
      } else if (shown.size() < MOST_SHOWN) {
        shown.add(Json.object("line", line, "reason", reason));
      }
    }
  }

  /** Hands the good rows on and remembers on which line each stands until its answer comes. */
  private static final class Rows {
    private final Stream<ContactRow> rows;
    private final Faults faults;
    private final Progress progress;
    private final Deque<Long> lines = new ArrayDeque<>();

    Rows(Stream<ContactRow> rows, Faults faults, Progress progress) {
      this.rows = rows;
      this.faults = faults;
      this.progress = progress;
    }

    Stream<ContactInput> contacts() {
      return rows.flatMap(this::contact);
    }

    private Stream<ContactInput> contact(ContactRow row) {
      if (row instanceof ContactRow.Good good) {
        lines.add(good.line());
        return Stream.of(good.contact());
      }
      if (row instanceof ContactRow.Bad bad) {
        progress.clear();
        faults.add(bad.line(), bad.reason());
      }
      return Stream.empty();
    }

    void result(BulkResult result) {
      long line = lines.remove();
      if (result.outcome() == BulkResult.Outcome.INVALID) {
        progress.clear();
        faults.add(line, result.reason());
      }
      progress.at(line);
    }
  }
}
