package dev.sequencer.cli;

import dev.sequencer.DefinitionException;
import dev.sequencer.Problem;
import dev.sequencer.Sequencer;
import dev.sequencer.cli.show.Json;
import dev.sequencer.cli.show.Printable;
import dev.sequencer.files.Configuration;
import dev.sequencer.files.ConfigurationFile;
import dev.sequencer.files.LocatedSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Shows every fault and every lint of a configuration, its sequences and their templates.",
      "A fault must be mended (exit code 1); a lint is probably a mistake. Nothing is sent and no"
          + " store is touched."
    })
final class ValidateCommand extends HostCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The configuration; sequencer.yaml in the current folder by default.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  ValidateCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    Path path = file.orElseGet(this::configFile);
    List<Problem> problems = new ArrayList<>();
    Optional<Configuration> configuration = Optional.empty();
    try {
      configuration = Optional.of(ConfigurationFile.read(path, surroundings().environment()));
    } catch (DefinitionException e) {
      problems.addAll(e.faults());
    }
    configuration.ifPresent(read -> check(read, problems));
    long faults = problems.stream().filter(p -> p.severity() == Problem.Severity.FAULT).count();
    if (json) {
      printJson(shown(path, problems, faults));
    } else {
      print(path, configuration, problems, faults);
    }
    return faults == 0 ? 0 : 1;
  }

  /** Lets an engine in memory look at mailboxes, then at each sequence with its templates. */
  private void check(Configuration configuration, List<Problem> problems) {
    problems.addAll(configuration.lints());
    try (Sequencer sequencer = inMemory(configuration, false)) {
      // The first pass saves the declared mailboxes; there is nothing to send.
      sequencer.runDue();
      for (LocatedSequence located : configuration.sequences()) {
        sequencer.sequences().check(located.sequence()).stream()
            .map(located::locate)
            .forEach(problems::add);
      }
    } catch (DefinitionException e) {
      problems.addAll(e.faults());
    }
  }

  private void print(
      Path path, Optional<Configuration> configuration, List<Problem> problems, long faults) {
    for (Problem problem : problems) {
      err().println(Json.word(problem.severity()) + ": " + Printable.line(problem.toString()));
    }
    err().flush();
    String what =
        configuration
            .map(
                read ->
                    "mailboxes: "
                        + read.mailboxes().size()
                        + ", sequences: "
                        + read.sequences().size()
                        + ", ")
            .orElse("");
    out()
        .println(
            path + ": " + what + "faults: " + faults + ", lints: " + (problems.size() - faults));
    out().flush();
  }

  private static Object shown(Path path, List<Problem> problems, long faults) {
    List<Object> list = new ArrayList<>();
    for (Problem problem : problems) {
      list.add(
          Json.object(
              "severity", problem.severity(),
              "place", problem.place(),
              "message", problem.message()));
    }
    return Json.object(
        "file", path, "faults", faults, "lints", problems.size() - faults, "problems", list);
  }
}
