package dev.sequencer.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Checks the sizes that people ask for. */
final class Sizes {
  private Sizes() {}

  /** Refuses a size that is out of its bounds as picocli refuses a wrong option. */
  static void check(CommandSpec spec, String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          option + " must be between " + least + " and " + most + ", but is " + value);
    }
  }
}
