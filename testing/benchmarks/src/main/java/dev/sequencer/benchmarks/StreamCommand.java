package dev.sequencer.benchmarks;

import dev.sequencer.BulkSummary;
import dev.sequencer.Sequencer;
import dev.sequencer.jdbc.JdbcStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a process with a small heap does for {@code scale}. */
@Command(
    name = "stream",
    hidden = true,
    description = "Streams contacts into a store; started by scale with a small heap.",
    mixinStandardHelpOptions = true)
final class StreamCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--contacts", required = true, description = "How many.")
  private long contacts;

  @Option(names = "--sqlite", required = true, description = "The file.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    Instant due = InstantSource.system().instant().plus(Duration.ofDays(1));
    try (Sequencer engine =
        Engines.builder(JdbcStore.sqlite(file), new InstantTransport(mail -> {})).build()) {
      BulkSummary summary =
          engine.enrollAll(Engines.sequence(0), Engines.contacts(0, contacts, due), result -> {});
      spec.commandLine().getOut().println("enrolled " + summary.enrolled());
      return summary.enrolled() == contacts ? 0 : 1;
    }
  }
}
