package dev.sequencer.cli;

import dev.sequencer.Sequencer;
import dev.sequencer.cli.host.Wiring;
import dev.sequencer.cli.show.Json;
import dev.sequencer.files.Configuration;
import dev.sequencer.files.ConfigurationFile;
import dev.sequencer.files.StoreSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands with a configuration have in common. */
abstract class HostCommand implements Callable<Integer> {
  private static final String USUAL_FILE = "sequencer.yaml";

  private final Surroundings surroundings;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration; " + USUAL_FILE + " in the current folder by default.")
  private Optional<Path> config = Optional.empty();

  HostCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  final Surroundings surroundings() {
    return surroundings;
  }

  final CommandSpec spec() {
    return Objects.requireNonNull(spec, "spec");
  }

  final PrintWriter out() {
    return spec().commandLine().getOut();
  }

  final PrintWriter err() {
    return spec().commandLine().getErr();
  }

  final void printJson(Object value) {
    out().println(Json.write(value));
    out().flush();
  }

  /** Gives the file of the configuration. */
  final Path configFile() {
    return config.orElseGet(() -> usualFile(surroundings));
  }

  static Path usualFile(Surroundings surroundings) {
    Path usual = surroundings.folder().resolve(USUAL_FILE);
    if (!Files.exists(usual)) {
      throw new Refused(
          "a configuration is needed, but there is no "
              + USUAL_FILE
              + " in the current folder: name one with --config FILE");
    }
    return usual;
  }

  final Configuration configuration() {
    return ConfigurationFile.read(configFile(), surroundings.environment());
  }

  /**
   * Opens the engine on a store that outlives this process; the file is made when it is missing.
   */
  final Sequencer open(Configuration configuration) {
    if (configuration.store() instanceof StoreSettings.Memory) {
      throw new Refused(
          "'"
              + spec().name()
              + "' needs a store that outlives it, but that of "
              + configFile()
              + " is in memory: say 'store: {sqlite: ./sequencer.db}' there");
    }
    return Wiring.builder(configuration, surroundings.clock()).build();
  }

  /** Opens the engine on a store that is there. */
  final Sequencer openExisting(Configuration configuration) {
    if (configuration.store() instanceof StoreSettings.Sqlite sqlite
        && !Files.exists(sqlite.file())) {
      throw new Refused(
          "there is no store yet at '"
              + sqlite.file()
              + "': 'run', 'enroll' and 'send' make it, or correct 'store' in "
              + configFile());
    }
    return open(configuration);
  }

  /** Gives an engine in memory that declares mailboxes and sequences, to look at definitions. */
  final Sequencer inMemory(Configuration configuration, boolean withSequences) {
    return Wiring.builder(
            new Configuration(
                new StoreSettings.Memory(),
                configuration.transports(),
                configuration.mailboxes(),
                withSequences ? configuration.sequences() : List.of(),
                configuration.templates(),
                configuration.engine(),
                configuration.credentials(),
                configuration.lints()),
            surroundings.clock())
        .build();
  }
}
