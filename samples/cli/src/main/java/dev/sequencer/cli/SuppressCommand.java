package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Sequencer;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "suppress",
    mixinStandardHelpOptions = true,
    description = {
      "Suppresses an address or a domain: it gets no more mail but transactional, and its live"
          + " enrollments end."
    })
final class SuppressCommand extends ActCommand {
  @Parameters(
      paramLabel = "TARGET",
      description = "An address such as bo@example.com, or a domain such as example.com.")
  private String target = "";

  @Option(
      names = "--sequence",
      paramLabel = "NAME",
      description = "Only for this sequence; for all by default.")
  private Optional<String> sequence = Optional.empty();

  @Option(names = "--transactional-too", description = "Not even transactional mail.")
  private boolean transactionalToo;

  SuppressCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check() {
    if (sequence.isPresent() && transactionalToo) {
      throw new CommandLine.ParameterException(
          spec().commandLine(), "--transactional-too is for all sequences: leave out --sequence");
    }
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    if (sequence.isPresent()) {
      return sequencer.suppressions().suppressFor(sequence.get(), target, act);
    }
    return transactionalToo
        ? sequencer.suppressions().suppressEverything(target, act)
        : sequencer.suppressions().suppress(target, act);
  }
}
