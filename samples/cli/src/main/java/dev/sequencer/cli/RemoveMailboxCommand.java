package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Sequencer;
import dev.sequencer.WhenMailboxGone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove-mailbox",
    mixinStandardHelpOptions = true,
    description =
        "Removes a mailbox from the store. It stays removed while its part of the configuration is"
            + " unchanged; a changed one brings it back.")
final class RemoveMailboxCommand extends ActCommand {
  @Parameters(paramLabel = "MAILBOX", description = "The address of the mailbox.")
  private String address = "";

  @Option(
      names = "--then",
      defaultValue = "hold",
      paramLabel = "RULE",
      description =
          "What becomes of its enrollments: hold, reassign or fail; ${DEFAULT-VALUE} by default.")
  private WhenMailboxGone rule = WhenMailboxGone.HOLD;

  RemoveMailboxCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    return sequencer.mailboxes().remove(address, rule, act);
  }
}
