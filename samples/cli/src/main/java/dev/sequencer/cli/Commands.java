package dev.sequencer.cli;

import dev.sequencer.Enrollments;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All commands. */
@Command(
    name = "sequencer",
    description = "Runs e-mail sequences: a host for the command line.",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Exit codes: 0 done, 1 faults or refused, 2 not understood.",
      "'sequencer COMMAND --help' tells more."
    })
final class Commands implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  private Commands() {}

  static CommandLine all(Surroundings around) {
    CommandLine line = new CommandLine(new Commands());
    line.addSubcommand(new DemoCommand(around));
    line.addSubcommand(new ValidateCommand(around));
    line.addSubcommand(new RunCommand(around));
    line.addSubcommand(new EnrollCommand(around));
    line.addSubcommand(new SendCommand(around));
    line.addSubcommand(new PreviewCommand(around));
    line.addSubcommand(new TestCommand(around));
    line.addSubcommand(new StatusCommand(around));
    line.addSubcommand(new DeliveriesCommand(around));
    line.addSubcommand(new EnrollmentsCommand(around));
    line.addSubcommand(new EnrollmentCommand(around));
    addActs(line, around);
    line.addSubcommand(new RecordCommand(around));
    line.addSubcommand(new SchemaCommand());
    line.addSubcommand(new HelpCommand());
    return line;
  }

  private static void addActs(CommandLine line, Surroundings around) {
    line.addSubcommand(new PauseCommand(around));
    line.addSubcommand(new ResumeCommand(around));
    line.addSubcommand(new CancelCommand(around));
    addAct(line, around, "complete", "Ends an enrollment as completed.", Enrollments::complete);
    addAct(line, around, "hold", "Holds an enrollment for a decision.", Enrollments::hold);
    addAct(
        line,
        around,
        "skip",
        "Skips the e-mail at which an enrollment waits; the next delay counts from now.",
        Enrollments::skip);
    addAct(
        line,
        around,
        "retry",
        "Revives a failed enrollment at the step that failed, due now.",
        Enrollments::retry);
    addAct(
        line,
        around,
        "run-now",
        "Makes the e-mail at which an enrollment waits due now; windows and quotas still hold.",
        Enrollments::runNow);
    line.addSubcommand(new MoveCommand(around));
    line.addSubcommand(new ResolveCommand(around));
    line.addSubcommand(new SuppressCommand(around));
    line.addSubcommand(new UnsuppressCommand(around));
    line.addSubcommand(new SuppressionsCommand(around));
    line.addSubcommand(new ReconnectCommand(around));
    line.addSubcommand(new RemoveMailboxCommand(around));
    line.addSubcommand(new ArchiveCommand(around));
    line.addSubcommand(new ActivateCommand(around));
  }

  private static void addAct(
      CommandLine line,
      Surroundings around,
      String name,
      String description,
      EnrollmentActCommand.OnEnrollment act) {
    CommandLine command = new CommandLine(new EnrollmentActCommand(around, act));
    command.getCommandSpec().usageMessage().description(description);
    line.addSubcommand(name, command);
  }

  /** Without a command there is nothing to do. */
  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec, "spec").commandLine();
    throw new CommandLine.ParameterException(line, "a command is missing, such as 'demo'");
  }

  /** Tells the version that the jar says. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Commands.class.getPackage().getImplementationVersion();
      return new String[] {"sequencer " + (version == null ? "from the sources" : version)};
    }
  }
}
