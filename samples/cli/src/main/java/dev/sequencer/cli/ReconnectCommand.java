package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Sequencer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "reconnect",
    mixinStandardHelpOptions = true,
    description = "Lets a mailbox go on after a refused login or token, or ends its rest.")
final class ReconnectCommand extends ActCommand {
  @Parameters(paramLabel = "MAILBOX", description = "The address of the mailbox.")
  private String name = "";

  ReconnectCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    return sequencer.mailboxes().reconnect(name, act);
  }
}
