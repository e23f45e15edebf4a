package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Sequencer;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An act on an enrollment, a sequence, a mailbox or everything. */
abstract class TargetCommand extends ActCommand {
  @Parameters(arity = "0..1", paramLabel = "TARGET", description = Target.WORDS)
  private Optional<String> text = Optional.empty();

  @Option(names = "--everything", description = "All sequences, mailboxes and enrollments.")
  private boolean everything;

  TargetCommand(Surroundings surroundings) {
    super(surroundings);
  }

  abstract ActResult everything(Sequencer sequencer, Act act);

  abstract ActResult enrollment(Sequencer sequencer, Target target, Act act);

  abstract ActResult mailbox(Sequencer sequencer, String address, Act act);

  abstract ActResult sequence(Sequencer sequencer, String name, Act act);

  @Override
  final void check() {
    if (everything == text.isPresent()) {
      throw new CommandLine.ParameterException(
          spec().commandLine(), "name a TARGET, or say --everything");
    }
    text.ifPresent(Target::parse);
  }

  @Override
  final ActResult act(Sequencer sequencer, Act act) {
    if (everything) {
      return everything(sequencer, act);
    }
    Target target = Target.parse(text.orElseThrow());
    return switch (target.kind()) {
      case ENROLLMENT -> enrollment(sequencer, target, act);
      case MAILBOX -> mailbox(sequencer, target.name(), act);
      case SEQUENCE -> sequence(sequencer, target.name(), act);
    };
  }
}
