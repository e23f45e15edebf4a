package dev.sequencer.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sequencer.BulkSummary;
import dev.sequencer.Sequencer;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
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

  @ArgGroup(multiplicity = "1")
  private Place place = new Place();

  private static final int CONNECTIONS = 4;

  /** Where to. */
  private static final class Place {
    @Option(names = "--sqlite", required = true, description = "The file.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--postgres", required = true, description = "The URL of the database.")
    private Optional<String> url = Optional.empty();

    Store store() {
      return file.<Store>map(JdbcStore::sqlite)
          .orElseGet(() -> JdbcStore.postgres(pool(url.orElseThrow())));
    }

    /** Ends with the process. */
    private static HikariDataSource pool(String url) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(url);
      config.setMaximumPoolSize(CONNECTIONS);
      return new HikariDataSource(config);
    }
  }

  @Override
  public Integer call() {
    Instant due = InstantSource.system().instant().plus(Duration.ofDays(1));
    try (Sequencer engine =
        Engines.builder(place.store(), new InstantTransport(mail -> {})).build()) {
      BulkSummary summary =
          engine.enrollAll(Engines.sequence(0), Engines.contacts(0, contacts, due), result -> {});
      spec.commandLine().getOut().println("enrolled " + summary.enrolled());
      return summary.enrolled() == contacts ? 0 : 1;
    }
  }
}
