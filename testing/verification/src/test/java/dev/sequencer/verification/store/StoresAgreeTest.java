package dev.sequencer.verification.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random calls, the same on each store, must have the same answers: a forecast runs on the in-memory
 * store and promises what will happen on the other.
 */
final class StoresAgreeTest {
  private static final int SEEDS = 30;
  private static final int CALLS = 150;

  @TempDir Path folder;

  @Test
  void theInMemoryAndTheSqliteStoreGiveTheSameAnswersToAnyCalls() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      run(seed);
    }
  }

  private void run(long seed) {
    SharedClock clock = new SharedClock(Instant.parse("2026-06-01T08:00:00Z"));
    StoreSetup setup = new StoreSetup(clock, "node");
    JdbcStore file = JdbcStore.sqlite(folder.resolve(seed + ".db"));
    try (StoreHandle memory = InMemoryStore.create().open(setup);
        StoreHandle sqlite = file.open(setup)) {
      RandomCalls calls = new RandomCalls(seed, clock, memory, sqlite);
      for (int call = 1; call <= CALLS; call++) {
        RandomCalls.Answers answers = calls.next();
        String where = "seed %d, call %d: %s".formatted(seed, call, answers.what());
        if (answers.first() instanceof List<?> one && answers.second() instanceof List<?> other) {
          assertThat(other).as(where).hasSameSizeAs(one);
          for (int i = 0; i < one.size(); i++) {
            assertThat(other.get(i)).as(where).isEqualTo(one.get(i));
          }
        } else {
          assertThat(answers.second()).as(where).isEqualTo(answers.first());
        }
        for (int i = 0; i < answers.firstHolds().size(); i++) {
          assertThat(answers.secondHolds().get(i))
              .as("after " + where)
              .isEqualTo(answers.firstHolds().get(i));
        }
      }
    }
  }
}
