package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk without room: what was kept stays, what was not is said, and it goes on with more room.
 */
final class FullDiskTest {
  private static final int ROOM = 120;
  private static final EnrollmentFilter ALL =
      new EnrollmentFilter(
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalInt.empty());

  @TempDir private Path folder;

  private JdbcStore.Sqlite store() {
    return JdbcStore.sqlite(folder.resolve("mail.db"));
  }

  /** Enrolls twenties until one is refused, and gives how many are in. */
  private static int fill(StoreBench bench) {
    int kept = 0;
    while (true) {
      List<EnrollCall.Row> rows = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        rows.add(bench.row("c" + (kept + i) + "@x.example").row());
      }
      StoreException fault =
          catchThrowableOfType(
              StoreException.class, () -> bench.handle().enroll(new EnrollCall(rows)));
      if (fault != null) {
        assertThat(fault.isTransient()).isTrue();
        assertThat(fault)
            .hasMessageContaining("is full: nothing was changed and nothing is lost; make room");
        return kept;
      }
      kept += rows.size();
    }
  }

  @Test
  void whatIsRefusedIsNotThereAndWhatWasKeptIs() throws SQLException {
    int kept;
    try (StoreBench bench = new StoreBench(store().maxPageCount(ROOM))) {
      kept = fill(bench);
      assertThat(kept).isPositive();
      assertThat(bench.handle().views().enrollments(ALL, 0, 10_000)).hasSize(kept);
      assertThat(bench.handle().views().contactsByAddress("", "c" + kept + "@x.example")).isEmpty();
    }
    try (OtherConnection look = OtherConnection.open(folder.resolve("mail.db"))) {
      assertThat(look.text("pragma integrity_check")).isEqualTo("ok");
      assertThat(look.text("select count(*) from sequencer_work")).isEqualTo("" + kept);
    }
  }

  @Test
  void anOutcomeThatFoundNoRoomIsKeptWhenThereIsSome() {
    try (StoreBench bench = new StoreBench(store())) {
      List<Completion> outcomes = new ArrayList<>();
      for (long enrollment : bench.enroll(40)) {
        Work begun = bench.begun(Begins.of(bench.work(enrollment)));
        outcomes.add(detailed(Plans.sent(begun, bench.clock().instant())));
      }
      // A file cannot shrink by a limit: this one is as big as it may be.
      bench.reopen(closed -> store().maxPageCount(1));
      StoreException fault =
          catchThrowableOfType(StoreException.class, () -> bench.handle().complete(outcomes));
      assertThat(fault.isTransient()).isTrue();
      assertThat(bench.handle().views().inFlight(ALL)).isEqualTo(40);

      bench.reopen(closed -> store());
      assertThat(bench.handle().complete(outcomes)).containsOnly(Completion.Answer.APPLIED);
      assertThat(bench.handle().views().inFlight(ALL)).isZero();
      assertThat(bench.handle().complete(outcomes)).containsOnly(Completion.Answer.REPEATED);
    }
  }

  private static Completion detailed(Completion sent) {
    Delivery small = sent.transition().delivery().orElseThrow();
    return Plans.delivering(sent, Plans.detailed(small, "{\"a\":\"" + "x".repeat(4_000) + "\"}"));
  }
}
