package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Position;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.StoreBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K8: a copy of yesterday in the place of the file must not send yesterday's mail again. */
final class StoreWentBackTest {
  @TempDir private Path folder;
  private Path file;
  private Path copy;
  private StoreBench bench;

  @BeforeEach
  void openStore() {
    file = folder.resolve("mail.db");
    copy = folder.resolve("copy.db");
    bench = new StoreBench(JdbcStore.sqlite(file));
  }

  @AfterEach
  void closeStore() {
    bench.close();
  }

  private void beginOne(String address) {
    bench.begun(address);
    bench.clock().advance(Duration.ofMinutes(1));
  }

  private void copyAway() throws SQLException {
    try (OtherConnection other = OtherConnection.open(file)) {
      other.run("backup to '" + copy + "'");
    }
  }

  private void restoreInPlace() throws SQLException {
    try (OtherConnection other = OtherConnection.open(file)) {
      other.run("restore from '" + copy + "'");
    }
  }

  @Test
  @DisplayName("K8 the newest begin is kept in the file")
  void theNewestBeginIsKept() {
    assertThat(bench.handle().position().newestBegun()).isEmpty();
    beginOne("1@x.example");
    beginOne("2@x.example");
    Position position = bench.handle().position();
    assertThat(position.newestBegun()).contains(StoreBench.START.plus(Duration.ofMinutes(1)));
    bench.reopen(closed -> JdbcStore.sqlite(file));
    assertThat(bench.handle().position()).isEqualTo(position);
  }

  @Test
  @DisplayName("K8 a copy restored into the open file shows in the position")
  void aRestoreInPlaceIsVisible() throws SQLException {
    beginOne("1@x.example");
    copyAway();
    beginOne("2@x.example");
    restoreInPlace();
    assertThat(bench.handle().position().newestBegun()).contains(StoreBench.START);
  }

  @Test
  @DisplayName("K8 a copy put in the place of the open file shows in the position")
  void anotherFileInItsPlaceIsVisible() throws SQLException, IOException {
    beginOne("1@x.example");
    copyAway();
    beginOne("2@x.example");
    StoreHandle other = bench.open("ben");
    other.documents(Document.Kind.MAILBOX);
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(bench.handle().position().newestBegun()).contains(StoreBench.START);
    assertThat(other.position().newestBegun()).contains(StoreBench.START);
    assertThat(bench.handle().claim(new Claims().call()).position()).isEqualTo(other.position());
    try (OtherConnection look = OtherConnection.open(file)) {
      assertThat(look.text("pragma integrity_check")).isEqualTo("ok");
    }
  }

  @Test
  @DisplayName("K8 a new store in the place of the open file has another timeline")
  void anotherStoreInItsPlaceHasAnotherTimeline() throws IOException {
    Position before = bench.handle().position();
    JdbcStore.sqlite(copy).open(new StoreSetup(bench.clock(), "ben")).close();
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(bench.handle().position().timeline()).isNotEqualTo(before.timeline());
  }

  @Test
  @DisplayName("K8 begin refuses from the restore on until the engine was told a position")
  void beginRefusesUntilThePositionWasTold() throws SQLException {
    Work prepared = bench.work(bench.enroll(bench.row("0@x.example")));
    beginOne("1@x.example");
    copyAway();
    beginOne("2@x.example");
    restoreInPlace();
    assertThat(bench.verdict(Begins.of(prepared))).isEqualTo(Verdict.CHANGED);
    assertThat(bench.verdict(Begins.of(prepared))).isEqualTo(Verdict.CHANGED);
    assertThat(bench.handle().position().newestBegun()).contains(StoreBench.START);
    assertThat(bench.verdict(Begins.of(prepared))).isEqualTo(Verdict.BEGUN);
  }

  @Test
  void aFileThatIsGoneIsSaidAndMayComeBack() throws SQLException, IOException {
    beginOne("1@x.example");
    Path aside = folder.resolve("aside.db");
    Files.move(file, aside);
    assertThatThrownBy(() -> bench.handle().position())
        .isInstanceOfSatisfying(
            StoreException.class, fault -> assertThat(fault.isTransient()).isTrue())
        .hasMessage(
            "an SQLite file must stay where it is while it is used, but %s is gone: put it back, or"
                + " end this process",
            file);
    assertThatThrownBy(() -> bench.enroll(bench.row("2@x.example")))
        .isInstanceOf(StoreException.class);
    Files.move(aside, file);
    assertThat(bench.enroll(bench.row("2@x.example"))).isEqualTo(2);
  }

  @Test
  void whatOthersStillHaveOfTheOldFileDoesNotSpoilTheNewOne() throws SQLException, IOException {
    beginOne("1@x.example");
    copyAway();
    try (OtherConnection stranger = OtherConnection.open(file)) {
      stranger.run("begin").text("select count(*) from sequencer_work");
      Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(bench.enroll(bench.row("2@x.example"))).isEqualTo(2);
      assertThat(bench.handle().position().newestBegun()).contains(StoreBench.START);
      stranger.run("commit").run("delete from sequencer_work");
    }
    assertThat(bench.work(2).enrollment()).isEqualTo(2);
    try (OtherConnection look = OtherConnection.open(file)) {
      assertThat(look.text("pragma integrity_check")).isEqualTo("ok");
    }
  }
}
