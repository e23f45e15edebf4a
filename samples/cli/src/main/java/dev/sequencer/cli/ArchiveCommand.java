package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Sequencer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = "Closes a sequence: enrolling is refused, what runs goes on.")
final class ArchiveCommand extends ActCommand {
  @Parameters(paramLabel = "SEQUENCE", description = "The name of the sequence.")
  private String name = "";

  ArchiveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    return sequencer.sequences().archive(name, act);
  }
}
