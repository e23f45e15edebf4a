package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.DeliveryId;
import dev.sequencer.Resolution;
import dev.sequencer.Sequencer;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
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
  private String resolution = "";

  ResolveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check() {
    DeliveryId.parse(id);
    resolution();
  }

  private Resolution resolution() {
    return Arrays.stream(Resolution.values())
        .filter(one -> one.name().equals(resolution.toUpperCase(Locale.ROOT).replace('-', '_')))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandLine.ParameterException(
                    spec().commandLine(),
                    "RESOLUTION must be was-sent, skip, resend or fail, but is '"
                        + resolution
                        + "'"));
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    return sequencer.deliveries().resolve(DeliveryId.parse(id), resolution(), act);
  }
}
