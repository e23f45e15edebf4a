package dev.sequencer.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.jdbc.internal.sqlite.SqliteDatabase;
import dev.sequencer.jdbc.internal.sqlite.SqliteOptions;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.Rows;
import dev.sequencer.tck.store.StoreBench;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** What a claim costs, counted in instructions of SQLite's machine: the same on every computer. */
final class ClaimCostTest {
  private static final Instant NOW = StoreBench.START;
  private static final int MAILBOX = 5;

  @TempDir private Path folder;

  private SqliteDatabase open(String name) {
    return SqliteDatabase.open(
        new SqliteOptions(
            folder.resolve(name), "sequencer_", Duration.ofSeconds(5), OptionalLong.empty()),
        NOW);
  }

  /** Enrolls contacts in three lanes of the mailbox, due at random in a span. */
  private static void enroll(Database database, String name, int count, Instant from, int seconds) {
    Random random = new Random(7);
    List<EnrollCall.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Lane lane = new Lane(MAILBOX, 1, "calendar " + i % 3, 2, false);
      Instant due = from.plusSeconds(random.nextInt(seconds));
      rows.add(Rows.of(name + i + "@x.example", 1, lane, due).row());
    }
    BulkEnrolling.enroll(database, rows, () -> NOW);
  }

  /** Claims so many rows and gives the number of instructions. */
  private static long cost(Database database, int slots) {
    AtomicLong instructions = new AtomicLong();
    ClaimCall call = new Claims().all().slots(MAILBOX, slots).call();
    Claiming.Catch claimed =
        database.write(
            Priority.CLAIM,
            tx -> {
              try {
                Connection connection = tx.prepare(Sql.LANE_ROWS).getConnection();
                ProgressHandler.setHandler(connection, 1, counting(instructions));
                Claiming.Catch found = Claiming.claim(tx, call, NOW);
                ProgressHandler.clearHandler(connection);
                return found;
              } catch (SQLException e) {
                throw new SqlFault(e);
              }
            });
    assertThat(claimed.places()).hasSize(slots);
    return instructions.get();
  }

  private static ProgressHandler counting(AtomicLong instructions) {
    return new ProgressHandler() {
      @Override
      protected int progress() {
        instructions.incrementAndGet();
        return 0;
      }
    };
  }

  private long cost(String name, int due, int waiting, int slots) {
    try (SqliteDatabase database = open(name)) {
      enroll(database, "due", due, NOW.minusSeconds(1_000), 1_000);
      enroll(database, "waiting", waiting, NOW.plusSeconds(1), 1_000_000);
      return cost(database, slots);
    }
  }

  @Test
  @DisplayName("L1 a claim costs what it takes, however much waits")
  void aClaimCostsTheSameHoweverMuchWaits() {
    long few = cost("few.db", 30, 100, 10);
    long many = cost("many.db", 30, 20_000, 10);
    assertThat(many).isCloseTo(few, Percentage.withPercentage(10));
    assertThat(few).isPositive();
  }

  @Test
  @DisplayName("L1 a claim of one row costs the same however many are due behind it")
  void aClaimCostsTheSameHoweverMuchIsDue() {
    long few = cost("few.db", 30, 0, 1);
    long many = cost("many.db", 20_000, 0, 1);
    // Not quite the same: of more rows more are due at one instant, and each lane is asked then.
    assertThat(many).isLessThan(2 * few);
  }

  @Test
  void aClaimOfMoreRowsCostsMore() {
    assertThat(cost("more.db", 300, 0, 100)).isGreaterThan(3 * cost("one.db", 300, 0, 10));
  }
}
