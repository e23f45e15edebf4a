package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.HostTransaction;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import dev.sequencer.tck.store.Together;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls inside a transaction of the host. */
final class JoinTest {
  @TempDir private Path folder;
  private StoreBench bench;
  private OtherConnection host;

  @BeforeEach
  void openBoth() throws SQLException {
    Path file = folder.resolve("mail.db");
    bench = new StoreBench(JdbcStore.sqlite(file).busyTimeout(Duration.ofMillis(100)));
    host = OtherConnection.open(file);
    host.run("create table users (email text)");
    host.connection().setAutoCommit(false);
  }

  @AfterEach
  void closeBoth() throws SQLException {
    host.close();
    bench.close();
  }

  private StoreHandle joined() {
    return bench.handle().join(JdbcTransaction.of(host.connection()));
  }

  private EnrollCall one(String address) {
    return new EnrollCall(List.of(bench.row(address).row()));
  }

  @Test
  void whatWasEnrolledLeavesWhenTheHostCommitsAndNotBefore() throws SQLException {
    host.run("insert into users values ('bo@x.example')");
    long enrollment = joined().enroll(one("bo@x.example")).get(0).enrollment();
    assertThat(bench.handle().subjects(List.of(enrollment))).isEmpty();
    assertThat(joined().subjects(List.of(enrollment))).hasSize(1);
    host.connection().commit();
    assertThat(bench.claim()).extracting(Work::enrollment).containsExactly(enrollment);
    assertThat(host.text("select email from users")).isEqualTo("bo@x.example");
  }

  @Test
  void whatWasEnrolledNeverHappensWhenTheHostRollsBack() throws SQLException {
    host.run("insert into users values ('bo@x.example')");
    joined().enroll(one("bo@x.example"));
    host.connection().rollback();
    assertThat(bench.claim(new Claims().all()).rows()).isEmpty();
    assertThat(bench.handle().views().contactsByAddress("", "bo@x.example")).isEmpty();
    assertThat(host.text("select count(*) from users")).isEqualTo("0");
    assertThat(bench.enroll(bench.row("bo@x.example"))).isEqualTo(1);
  }

  @Test
  void theWakeUpCommitsWithTheRow() throws SQLException {
    bench.enroll(bench.row("1@x.example"));
    ClaimCall.Answer held = bench.claim(new Claims());
    assertThat(held.rows()).hasSize(1);
    assertThat(bench.claim(new Claims()).nextWake()).isEqualTo(held.until());
    joined().enroll(one("2@x.example"));
    host.connection().commit();
    assertThat(bench.claim()).hasSize(1);
  }

  @Test
  void anActStopsTheMailFromTheCommitOn() throws SQLException {
    Work prepared = bench.work(bench.enroll(bench.row("bo@x.example")));
    joined()
        .steer(
            SteerCall.of(
                "", new SteerCall.Target.These(List.of(prepared.enrollment())), Plans.pause()));
    host.connection().commit();
    assertThat(bench.verdict(Begins.of(prepared))).isEqualTo(BeginCall.Verdict.CHANGED);
  }

  @Test
  void aDocumentIsSavedWithTheHost() throws SQLException {
    long before = bench.handle().definitions();
    Document all = Document.fresh(Document.Kind.SWITCH, "", "all", "{\"paused\":true}");
    assertThat(joined().save(all).saved()).isTrue();
    assertThat(bench.handle().document(Document.Kind.SWITCH, "", "all")).isEmpty();
    assertThat(joined().document(Document.Kind.SWITCH, "", "all")).isPresent();
    host.connection().commit();
    assertThat(bench.handle().definitions()).isEqualTo(before + 1);
  }

  @Test
  void aCallThatFailsLeavesNothingInTheTransactionWhichGoesOn() throws SQLException {
    host.run("insert into users values ('bo@x.example')");
    EnrollCall failing =
        new EnrollCall(
            List.of(
                bench.row("1@x.example").row(),
                bench
                    .row("2@x.example")
                    .start(
                        contact -> {
                          throw new IllegalArgumentException("a host's function");
                        })
                    .row()));
    assertThatThrownBy(() -> joined().enroll(failing)).hasMessage("a host's function");
    joined().enroll(one("3@x.example"));
    host.connection().commit();
    assertThat(bench.claim()).hasSize(1);
    assertThat(bench.handle().views().contactsByAddress("", "1@x.example")).isEmpty();
    assertThat(host.text("select count(*) from users")).isEqualTo("1");
  }

  @Test
  void theEngineWaitsForTheHostAndGoesOnAfterIt() throws SQLException {
    Work begun = bench.begun("1@x.example");
    joined().enroll(one("2@x.example"));
    assertThatThrownBy(() -> bench.complete(Plans.sent(begun, bench.clock().instant())))
        .isInstanceOfSatisfying(
            StoreException.class, fault -> assertThat(fault.isTransient()).isTrue());
    host.connection().commit();
    assertThat(bench.complete(Plans.sent(begun, bench.clock().instant())))
        .isEqualTo(Completion.Answer.APPLIED);
  }

  @Test
  void theHostDoesNotWaitForAnEngineThatWaitsForIt() throws SQLException {
    Work begun = bench.begun("1@x.example");
    StoreHandle joined = joined();
    joined.enroll(one("2@x.example"));
    try (Together together = new Together()) {
      together.run(
          List.of(
              () -> {
                try {
                  bench.complete(Plans.sent(begun, bench.clock().instant()));
                } catch (StoreException mayWaitTooLong) {
                  assertThat(mayWaitTooLong.isTransient()).isTrue();
                }
                return true;
              },
              () -> {
                joined.enroll(one("3@x.example"));
                host.connection().commit();
                return true;
              }));
    }
    assertThat(bench.claim()).hasSize(2);
  }

  @Test
  void aTransactionThatHasReadBeforeAndWasOvertakenIsToldWhy() throws SQLException {
    assertThat(host.text("select count(*) from users")).isEqualTo("0");
    bench.enroll(bench.row("1@x.example"));
    assertThatThrownBy(this::joined)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("only one connection may write an SQLite file at a time");
    host.connection().rollback();
    joined().enroll(one("2@x.example"));
    host.connection().commit();
    assertThat(bench.claim()).hasSize(2);
  }

  @Test
  void aConnectionThatCommitsByItselfIsRefused() throws SQLException {
    host.connection().setAutoCommit(true);
    assertThatIllegalStateException()
        .isThrownBy(this::joined)
        .withMessage(
            "a transaction of the host must be open, but this connection commits each statement by"
                + " itself: call setAutoCommit(false) on it first");
  }

  @Test
  void aConnectionToAnotherFileIsRefused() throws SQLException {
    Path elsewhere = folder.resolve("other.db");
    try (OtherConnection other = OtherConnection.open(elsewhere)) {
      other.run("create table users (email text)");
      other.connection().setAutoCommit(false);
      assertThatIllegalStateException()
          .isThrownBy(() -> bench.handle().join(JdbcTransaction.of(other.connection())))
          .withMessage(
              "a transaction of the host can take part only on the file of the store, which is %s,"
                  + " but this connection is to %s: open it on the same file",
              folder.resolve("mail.db"), elsewhere);
    }
  }

  @Test
  void aConnectionToMemoryIsRefused() throws SQLException {
    try (OtherConnection memory = OtherConnection.open(Path.of(":memory:"))) {
      memory.connection().setAutoCommit(false);
      assertThatIllegalStateException()
          .isThrownBy(() -> bench.handle().join(JdbcTransaction.of(memory.connection())))
          .withMessageContaining("but this connection is to a database in memory");
    }
  }

  @Test
  void aTransactionOfAnotherKindIsRefused() {
    HostTransaction other = new HostTransaction() {};
    assertThatIllegalStateException()
        .isThrownBy(() -> bench.handle().join(other))
        .withMessageContaining("use JdbcTransaction.of(connection)");
  }

  @Test
  void theEnginesOwnCallsNeverJoin() throws SQLException {
    StoreHandle joined = joined();
    assertThatIllegalStateException()
        .isThrownBy(() -> joined.claim(new Claims().call()))
        .withMessage(
            "claim belongs to the engine's own transactions and never joins a host's: call it on the"
                + " handle that the store opened");
    assertThatIllegalStateException()
        .isThrownBy(() -> joined.begin(new BeginCall(0, List.of(), Begins.unlimited())));
    assertThatIllegalStateException().isThrownBy(() -> joined.complete(List.of()));
    host.connection().rollback();
  }

  @Test
  void readsSeeWhatTheHostHasWritten() throws SQLException {
    StoreHandle joined = joined();
    joined.enroll(one("bo@x.example"));
    assertThat(joined.views().contactsByAddress("", "bo@x.example")).hasSize(1);
    assertThat(bench.handle().views().contactsByAddress("", "bo@x.example")).isEmpty();
    assertThat(joined.views().ledger(new LedgerKey(LedgerKey.Kind.MAILBOX, 1)).day().used())
        .isZero();
    assertThat(joined.now()).isEqualTo(bench.handle().now());
    assertThat(joined.messageKey()).isEqualTo(bench.handle().messageKey());
    joined.close();
    host.connection().commit();
    assertThat(bench.claim()).hasSize(1);
  }
}
