package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Sequencer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "activate",
    mixinStandardHelpOptions = true,
    description = "Opens a draft or an archived sequence.")
final class ActivateCommand extends ActCommand {
  @Parameters(paramLabel = "SEQUENCE", description = "The name of the sequence.")
  private String name = "";

  ActivateCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    return sequencer.sequences().activate(name, act);
  }
}
