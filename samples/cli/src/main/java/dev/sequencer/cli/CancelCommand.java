package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.DeliveryId;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Sequencer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Ends an enrollment as cancelled, or takes a send back before it begins.")
final class CancelCommand extends ActCommand {
  @Parameters(
      paramLabel = "ID",
      description = "An enrollment such as 42, or what 'send' gave, such as 42-1.")
  private String id = "";

  CancelCommand(Surroundings surroundings) {
    super(surroundings);
  }

  private boolean isDelivery() {
    return id.indexOf('-') > 0;
  }

  @Override
  void check() {
    if (isDelivery()) {
      DeliveryId.parse(id);
    } else {
      EnrollmentId.parse(id);
    }
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    return isDelivery()
        ? sequencer.deliveries().cancel(DeliveryId.parse(id), act)
        : sequencer.enrollments().cancel(EnrollmentId.parse(id), act);
  }
}
