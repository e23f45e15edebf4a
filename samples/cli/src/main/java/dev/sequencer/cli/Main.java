package dev.sequencer.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** Begins here. */
public final class Main {
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, List.of(arguments).contains("run") ? "info" : "warn");
    }
    PrintWriter out = writer(System.out);
    PrintWriter err = writer(System.err);
    int code = run(Surroundings.ofProcess(), out, err, arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** Runs one command. */
  static int run(Surroundings surroundings, PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine(surroundings).setOut(out).setErr(err).execute(arguments);
  }

  static CommandLine commandLine(Surroundings surroundings) {
    CommandLine line = Commands.all(surroundings);
    Words.register(line);
    line.setExecutionExceptionHandler(new FaultMessages());
    line.setParameterExceptionHandler(new UsageMessages());
    return line;
  }

  /** The console of a program in UTF-8: names and subjects are in all languages. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
