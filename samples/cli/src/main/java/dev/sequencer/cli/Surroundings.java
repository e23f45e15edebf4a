package dev.sequencer.cli;

import java.io.Console;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

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
    Path folder,
    Map<String, String> environment,
    InstantSource clock,
    boolean terminal,
    String user) {
  Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Gives those of this process. */
  static Surroundings ofProcess() {
    return new Surroundings(
        Path.of(""),
        System.getenv(),
        InstantSource.system(),
        Optional.ofNullable(System.console()).filter(Surroundings::isTerminal).isPresent(),
        System.getProperty("user.name", ""));
  }

  /** From JDK 22 on there is always a console, and it says itself whether it is a terminal. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
