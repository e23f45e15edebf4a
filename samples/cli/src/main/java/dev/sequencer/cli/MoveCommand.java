package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Sequencer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "move",
    mixinStandardHelpOptions = true,
    description = "Moves an enrollment to a step that has no outcome yet, due now.")
final class MoveCommand extends ActCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "The id of the enrollment.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "STEP", description = "The key of the step.")
  private String step = "";

  MoveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check() {
    EnrollmentId.parse(id);
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    return sequencer.enrollments().move(EnrollmentId.parse(id), step, act);
  }
}
