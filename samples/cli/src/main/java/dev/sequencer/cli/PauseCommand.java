package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Sequencer;
import picocli.CommandLine.Command;

@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description =
        "Pauses an enrollment, a sequence, a mailbox or everything; tells how many mails are in flight.")
final class PauseCommand extends TargetCommand {
  PauseCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ActResult everything(Sequencer sequencer, Act act) {
    return sequencer.pauseEverything(act);
  }

  @Override
  ActResult enrollment(Sequencer sequencer, Target target, Act act) {
    return sequencer.enrollments().pause(target.enrollment(), act);
  }

  @Override
  ActResult mailbox(Sequencer sequencer, String address, Act act) {
    return sequencer.mailboxes().pause(address, act);
  }

  @Override
  ActResult sequence(Sequencer sequencer, String name, Act act) {
    return sequencer.sequences().pause(name, act);
  }
}
