package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.DeliveryId;
import dev.sequencer.Resolution;
import dev.sequencer.Sequencer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "resolve",
    mixinStandardHelpOptions = true,
    description = {
      "Decides a delivery in doubt, of which nobody knows whether it was sent.",
      "RESOLUTION is was-sent (the sequence goes on), skip (it goes on without it), resend (again,"
          + " with the same Message-ID) or fail."
    })
final class ResolveCommand extends ActCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "The id of the delivery, such as 42-1.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "RESOLUTION", description = "How it is decided.")
  private Resolution resolution = Resolution.SKIP;

  ResolveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check() {
    DeliveryId.parse(id);
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    return sequencer.deliveries().resolve(DeliveryId.parse(id), resolution, act);
  }
}
