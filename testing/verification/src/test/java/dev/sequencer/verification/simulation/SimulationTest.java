package dev.sequencer.verification.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.postgres.PostgresServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seeded runs. {@code -Dsequencer.seed=S} replays one, {@code -Dsequencer.seeds=N} and {@code
 * -Dsequencer.firstSeed=F} say how many and from where.
 */
class SimulationTest {
  private static final long ONE = Long.getLong("sequencer.seed", 0);
  private static final int LINES = Integer.getInteger("sequencer.lines", 120);

  private static final PrintStream CONSOLE = System.err;

  @TempDir Path folder;

  /** What goes wrong on purpose is not news: of many seeds nothing is logged, of one all is. */
  @BeforeAll
  static void silence() {
    if (ONE == 0) {
      System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    }
  }

  @AfterAll
  static void speak() {
    System.setErr(CONSOLE);
  }

  /** Where a run keeps its state. */
  enum Kept {
    IN_MEMORY,
    SQLITE,
    POSTGRES;

    /** A database takes its time, so it gets fewer of them. */
    int hours() {
      return this == IN_MEMORY ? SimulationRun.HOURS : 1;
    }

    Store in(Path folder, long seed) {
      return switch (this) {
        case IN_MEMORY -> InMemoryStore.withKey(new byte[16]);
        case SQLITE -> JdbcStore.sqlite(folder.resolve("run-" + seed + ".db"));
        case POSTGRES ->
            JdbcStore.postgres(Pool.SHARED).schema(PostgresServer.shared().emptySchema());
      };
    }
  }

  /** Connections that runs beside each other share, made when the first is needed. */
  private static final class Pool {
    static final HikariDataSource SHARED = new HikariDataSource();

    static {
      SHARED.setDataSource(PostgresServer.shared().source());
      SHARED.setMaximumPoolSize(20);
      SHARED.setMinimumIdle(0);
    }
  }

  @ParameterizedTest
  @Timeout(value = 9, unit = TimeUnit.MINUTES)
  @CsvSource({"IN_MEMORY, 2000", "SQLITE, 50", "POSTGRES, 50"})
  @DisplayName("K23: never twice, never lost, never outside the rules, whatever happens")
  void keepsItsPromises(Kept kept, int usually) {
    long first = ONE > 0 ? ONE : Long.getLong("sequencer.firstSeed", 1);
    long seeds = ONE > 0 ? 1 : Long.getLong("sequencer.seeds", usually);
    LongStream.range(first, first + seeds).parallel().forEach(seed -> run(kept, seed));
  }

  private World run(Kept kept, long seed) {
    World world = new World(seed, kept.in(folder, seed), kept.hours());
    Optional<String> wrong = world.run();
    if (wrong.isPresent()) {
      throw new AssertionError(
          wrong.get()
              + "\non "
              + kept
              + ", replay with -Dsequencer.seed="
              + seed
              + "\n"
              + world
              + "\nthe last steps:"
              + world.trace().tail(LINES),
          world.failure().orElse(null));
    }
    return world;
  }

  @Test
  @DisplayName("the same seed does the same, step by step")
  void theSameSeedDoesTheSame() {
    for (long seed = 1; seed <= 10; seed++) {
      World one = run(Kept.IN_MEMORY, seed);
      World other = run(Kept.IN_MEMORY, seed);
      assertThat(other.trace().hash()).as("seed %s", seed).isEqualTo(one.trace().hash());
      assertThat(one.trace().steps()).as("seed %s", seed).isGreaterThan(100);
    }
  }

  @Test
  @DisplayName("another seed does something else")
  void anotherSeedDoesSomethingElse() {
    assertThat(run(Kept.IN_MEMORY, 1).trace().hash())
        .isNotEqualTo(run(Kept.IN_MEMORY, 2).trace().hash());
  }
}
