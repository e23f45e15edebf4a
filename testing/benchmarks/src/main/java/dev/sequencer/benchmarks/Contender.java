package dev.sequencer.benchmarks;

/** One way to do a piece of work, measured in turn with the others. */
interface Contender {
  /** Gives the name of its figure. */
  String name();

  /** Gives what is counted in a second. */
  String what();

  /** Prepares, does the work once and gives what that took. */
  Measured run() throws Exception;
}
