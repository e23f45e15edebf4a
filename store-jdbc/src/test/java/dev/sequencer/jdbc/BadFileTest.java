package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.tck.store.ManualClock;
import dev.sequencer.tck.store.StoreBench;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be a store: a message that names the kind of file and what to do. */
final class BadFileTest {
  private static final StoreSetup SETUP = new StoreSetup(ManualClock.at(StoreBench.START), "ann");

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("mail.db");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> opening(Store store) {
    return Assertions.assertThatThrownBy(() -> store.open(SETUP))
        .isInstanceOf(StoreException.class);
  }

  private void isNoDatabaseBut(byte[] content, String kind) throws IOException {
    Files.write(file(), content);
    opening(JdbcStore.sqlite(file()))
        .hasMessage(
            "a store must be an SQLite database, but %s is %s: name another file, or move this one"
                + " away",
            file(), kind);
    assertThat(file()).hasBinaryContent(content);
  }

  private static byte[] bytes(String head) {
    byte[] content = new byte[4_096];
    new Random(1).nextBytes(content);
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(start, 0, content, 0, start.length);
    return content;
  }

  @Test
  void aTextFileIsRefused() throws IOException {
    isNoDatabaseBut("email,name\n".repeat(100).getBytes(StandardCharsets.UTF_8), "a text file");
  }

  @Test
  void anArchiveIsRefused() throws IOException {
    isNoDatabaseBut(bytes("PK\3\4"), "a ZIP archive");
    isNoDatabaseBut(bytes("\u001f\u008b"), "a GZIP archive (unpack a backup first)");
    isNoDatabaseBut(bytes("PGDMP"), "a dump of PostgreSQL");
  }

  @Test
  void anEncryptedFileIsRefused() throws IOException {
    isNoDatabaseBut(bytes(""), "none (a database that is encrypted looks like that too)");
  }

  @Test
  void aFileThatIsDamagedBehindItsFirstBytesIsRefused() throws IOException {
    isNoDatabaseBut(
        bytes("SQLite format 3\0"),
        "an SQLite file that is damaged or encrypted behind its first bytes");
  }

  @Test
  void aDamagedFileIsRefusedOrSaidWhenItsPagesAreRead() throws IOException {
    try (StoreBench bench = new StoreBench(JdbcStore.sqlite(file()))) {
      bench.enroll(500);
    }
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      byte[] garbage = bytes("");
      for (long page = 1; page < raw.length() / 4_096; page++) {
        raw.seek(page * 4_096);
        raw.write(garbage);
      }
    }
    opening(JdbcStore.sqlite(file()))
        .hasMessage(
            "an SQLite file must be whole, but %s is damaged: stop all that use it and restore a"
                + " copy (then acceptHistory)",
            file())
        .isInstanceOfSatisfying(
            StoreException.class, fault -> assertThat(fault.isTransient()).isFalse());
  }

  @Test
  void anEmptyFileBecomesAStore() throws IOException {
    Files.createFile(file());
    JdbcStore.sqlite(file()).open(SETUP).close();
    assertThat(Files.size(file())).isPositive();
  }

  @Test
  void aFolderIsRefused() {
    opening(JdbcStore.sqlite(folder))
        .hasMessage(
            "an SQLite store needs a file that it may write, but %s is a folder: name a file in it",
            folder);
  }

  @Test
  void aFileInNoFolderIsRefused() {
    Path lost = folder.resolve("no").resolve("mail.db");
    opening(JdbcStore.sqlite(lost))
        .hasMessage(
            "an SQLite store needs a file that it may write, but %s lies in a folder that does not"
                + " exist: make the folder first",
            lost);
    assertThat(lost.getParent()).doesNotExist();
  }

  @Test
  void aFileThatAnotherProcessHoldsIsRefusedAfterTheTimeoutAndMayBeTriedAgain()
      throws SQLException {
    JdbcStore.Sqlite store = JdbcStore.sqlite(file()).busyTimeout(Duration.ofMillis(50));
    store.open(SETUP).close();
    try (OtherConnection other = OtherConnection.open(file())) {
      other.run("pragma locking_mode = exclusive").run("begin exclusive");
      opening(store)
          .hasMessage(
              "only one connection may write an SQLite file at a time, but another one holds %s:"
                  + " nothing was changed; keep transactions on this file short, or give the store a"
                  + " longer busyTimeout",
              file())
          .isInstanceOfSatisfying(
              StoreException.class, fault -> assertThat(fault.isTransient()).isTrue());
      other.run("commit");
    }
    store.open(SETUP).close();
  }

  @Test
  void aWriterOfAnotherProcessIsWaitedForAndThenSaid() throws SQLException {
    try (StoreBench bench =
            new StoreBench(JdbcStore.sqlite(file()).busyTimeout(Duration.ofMillis(50)));
        OtherConnection other = OtherConnection.open(file())) {
      other.run("begin immediate");
      Assertions.assertThatThrownBy(() -> bench.enroll(bench.row("bo@x.example")))
          .isInstanceOfSatisfying(
              StoreException.class, fault -> assertThat(fault.isTransient()).isTrue());
      assertThat(bench.handle().documents(Document.Kind.MAILBOX)).hasSize(2);
      other.run("commit");
      assertThat(bench.enroll(bench.row("bo@x.example"))).isEqualTo(1);
    }
  }

  @Test
  void aHandleThatWasClosedIsNotUsed() {
    StoreHandle handle = JdbcStore.sqlite(file()).open(SETUP);
    handle.close();
    handle.close();
    assertThatIllegalStateException()
        .isThrownBy(handle::definitions)
        .withMessage(
            "a handle is not used after close, but this one of %s was: open the store again",
            file());
    assertThatIllegalStateException()
        .isThrownBy(() -> handle.save(Document.fresh(Document.Kind.POOL, "", "p", "{}")))
        .withMessageContaining("after close");
  }

  @Test
  void twoWaysToOneFileAreOneStore() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), file());
    try (StoreBench bench = new StoreBench(JdbcStore.sqlite(file()));
        StoreHandle other = JdbcStore.sqlite(link).open(SETUP)) {
      bench.enroll(bench.row("bo@x.example"));
      assertThat(other.subjects(List.of(1L))).hasSize(1);
      assertThat(JdbcStore.sqlite(link)).hasToString("JdbcStore.sqlite(" + file() + ")");
    }
  }

  @Test
  void aBusyTimeoutIsFromOneMillisecondToOneHour() {
    JdbcStore.Sqlite store = JdbcStore.sqlite(file());
    assertThat(store.busyTimeout(Duration.ofMillis(1))).isNotNull();
    assertThat(store.busyTimeout(Duration.ofHours(1))).isNotNull();
    for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofHours(1).plusMillis(1)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.busyTimeout(wrong))
          .withMessage("a busy time-out must be between 1 ms and 1 h, but is %s", wrong);
    }
  }

  @Test
  void aFileHasRoomForAtLeastOnePage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcStore.sqlite(file()).maxPageCount(0))
        .withMessage("a file must have room for at least 1 page, but the limit is 0");
  }
}
