package dev.sequencer.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the command line finds around it.
 *
 * @param folder the current folder
 * @param environment the variables
 * @param clock the clock
 * @param terminal whether people look on
 * @param user who it is
 */
record Surroundings(
    Path folder, Map<String, String> environment, InstantSource clock, boolean terminal, String user) {
  Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Gives those of this process. */
  static Surroundings ofProcess() {
    return new Surroundings(
        Path.of(""),
        System.getenv(),
        InstantSource.system(),
        System.console() != null,
        System.getProperty("user.name", ""));
  }
}
