package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Sequencer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "unsuppress",
    mixinStandardHelpOptions = true,
    description = "Takes all suppressions of an address or a domain away.")
final class UnsuppressCommand extends ActCommand {
  @Parameters(paramLabel = "TARGET", description = "An address or a domain.")
  private String name = "";

  UnsuppressCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    return sequencer.suppressions().unsuppress(name, act);
  }
}
