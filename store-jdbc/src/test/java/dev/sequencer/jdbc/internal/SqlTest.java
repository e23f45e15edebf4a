package dev.sequencer.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.jdbc.internal.sqlite.Wordings;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.tck.store.ManualClock;
import dev.sequencer.tck.store.StoreBench;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plans of all statements: none of them reads a table that grows from end to end. */
final class SqlTest {
  /** Tables of one row, and of the owners and lanes, may be read whole. */
  private static final Set<Sql> MAY_SCAN =
      EnumSet.of(
          Sql.STORE_IDENTITY,
          Sql.STORE_PROGRESS,
          Sql.STORE_BEGUN,
          Sql.STORE_DEFINITIONS,
          Sql.STORE_TOUCH,
          Sql.EXPIRE,
          Sql.IN_FLIGHT_OF,
          Sql.IN_FLIGHT,
          Sql.ALL_HEADS);

  @TempDir private static Path folder;

  @BeforeAll
  static void makeStore() {
    JdbcStore.sqlite(folder.resolve("mail.db"))
        .open(new StoreSetup(ManualClock.at(StoreBench.START), "ann"))
        .close();
  }

  private static List<String> plan(Sql sql) throws SQLException {
    String text = Wordings.sqlite().of(sql).replaceAll(":\\w+", "?");
    List<String> steps = new ArrayList<>();
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mail.db"));
        PreparedStatement explain = file.prepareStatement("explain query plan " + text);
        ResultSet step = explain.executeQuery()) {
      while (step.next()) {
        steps.add(step.getString(4));
      }
    }
    return steps;
  }

  @ParameterizedTest
  @EnumSource(Sql.class)
  @DisplayName("L1 no statement reads a growing table from end to end")
  void noStatementScansWhatGrows(Sql sql) throws SQLException {
    if (!MAY_SCAN.contains(sql)) {
      assertThat(plan(sql))
          .as(sql.name())
          .noneMatch(step -> step.matches("SCAN (?!json_each|CONSTANT|sequencer_owner).*"));
    }
  }

  @Test
  @DisplayName("L1 due rows are read in their order from the index of lanes")
  void aClaimReadsTheIndexOfLanesInItsOrder() throws SQLException {
    assertThat(plan(Sql.LANE_ROWS))
        .contains("SEARCH w USING COVERING INDEX sequencer_work_lane (lane=? AND due>? AND due<?)")
        .noneMatch(step -> step.contains("TEMP B-TREE"));
    assertThat(plan(Sql.HEADS))
        .contains("SEARCH w USING COVERING INDEX sequencer_work_lane (lane=?)");
  }

  @Test
  @DisplayName("L1 attempts in flight are found by the index that holds only them")
  void attemptsInFlightHaveAnIndexOfTheirOwn() throws SQLException {
    assertThat(plan(Sql.UNDECIDED))
        .contains("SEARCH w USING INDEX sequencer_work_undecided (decide_at<?)");
    assertThat(plan(Sql.IN_FLIGHT_OF))
        .contains("SCAN sequencer_work USING INDEX sequencer_work_undecided");
  }

  @Test
  void aRollingQuotaIsCountedByItsIndexInItsOrder() throws SQLException {
    assertThat(plan(Sql.COUNTED))
        .contains(
            "SEARCH sequencer_delivery USING INDEX sequencer_delivery_counted (mailbox=?)",
            "SEARCH sequencer_departure USING PRIMARY KEY (mailbox=?)")
        .noneMatch(step -> step.contains("TEMP B-TREE"));
  }

  @Test
  void theMovingRowHasTwoIndexes() throws SQLException {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mail.db"));
        PreparedStatement names =
            file.prepareStatement(
                "select group_concat(name) from sqlite_schema where type = 'index' and tbl_name ="
                    + " 'sequencer_work'");
        ResultSet row = names.executeQuery()) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1).split(",", -1))
          .containsExactlyInAnyOrder("sequencer_work_lane", "sequencer_work_undecided");
    }
  }
}
