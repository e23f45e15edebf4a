package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Enrollments;
import dev.sequencer.Sequencer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** An act on one enrollment; name and description are given where it is added. */
@Command(mixinStandardHelpOptions = true)
final class EnrollmentActCommand extends ActCommand {
  /** What is done to it. */
  @FunctionalInterface
  interface OnEnrollment {
    ActResult on(Enrollments enrollments, EnrollmentId id, Act act);
  }

  private final OnEnrollment what;

  @Parameters(paramLabel = "ID", description = "The id of the enrollment, such as 42.")
  private String id = "";

  EnrollmentActCommand(Surroundings surroundings, OnEnrollment what) {
    super(surroundings);
    this.what = what;
  }

  @Override
  void check() {
    EnrollmentId.parse(id);
  }

  @Override
  ActResult act(Sequencer sequencer, Act act) {
    return what.on(sequencer.enrollments(), EnrollmentId.parse(id), act);
  }
}
