package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Ending;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L1, L2 on the file itself. */
final class QueryPlanTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("L2 what has ended is in no index that a claim reads")
  void whatHasEndedIsNotInTheIndexOfLanes() throws SQLException {
    try (StoreBench bench = new StoreBench(JdbcStore.sqlite(folder.resolve("mail.db")))) {
      List<Long> enrollments = bench.enroll(1_000);
      enrollments.subList(0, 990).forEach(id -> bench.steer(id, Plans.end(Ending.COMPLETED)));
      try (OtherConnection look = OtherConnection.open(folder.resolve("mail.db"))) {
        assertThat(
                look.text(
                    "select count(*) from sequencer_work indexed by sequencer_work_lane"
                        + " where status = 'A' and phase = 'W'"))
            .isEqualTo("10");
        assertThat(look.text("select count(*) from sequencer_work")).isEqualTo("1000");
      }
      assertThat(bench.claim()).hasSize(10);
    }
  }
}
