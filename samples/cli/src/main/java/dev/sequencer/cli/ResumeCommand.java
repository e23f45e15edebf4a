package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Sequencer;
import picocli.CommandLine.Command;

@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description =
        "Ends the pause of an enrollment, a sequence, a mailbox or everything; a held enrollment goes on.")
final class ResumeCommand extends TargetCommand {
  ResumeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ActResult everything(Sequencer sequencer, Act act) {
    return sequencer.resumeEverything(act);
  }

  @Override
  ActResult enrollment(Sequencer sequencer, Target target, Act act) {
    return sequencer.enrollments().resume(target.enrollment(), act);
  }

  @Override
  ActResult mailbox(Sequencer sequencer, String address, Act act) {
    return sequencer.mailboxes().resume(address, act);
  }

  @Override
  ActResult sequence(Sequencer sequencer, String name, Act act) {
    return sequencer.sequences().resume(name, act);
  }
}
