package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.StoreBench;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that take part in a transaction of the host. */
final class PostgresJoinTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private StoreBench bench;
  private Connection host;

  @BeforeEach
  void open() throws SQLException {
    bench = new StoreBench(JdbcStore.postgres(SERVER.source()).schema(SERVER.emptySchema()));
    host = SERVER.source().getConnection();
    host.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    host.rollback();
    host.close();
    bench.close();
  }

  private long enroll(String address) {
    StoreHandle joined = bench.handle().join(JdbcTransaction.of(host));
    return joined.enroll(new EnrollCall(List.of(bench.row(address).row()))).get(0).enrollment();
  }

  @Test
  void whatIsEnrolledIsThereWithTheHostsCommitAndWakesItsOwner() throws SQLException {
    long enrollment = enroll("1@x.example");
    assertThat(bench.claim(new Claims().all()).rows()).isEmpty();
    host.commit();
    assertThat(bench.claim()).extracting(work -> work.enrollment()).containsExactly(enrollment);
  }

  @Test
  void whatIsEnrolledIsGoneWithTheHostsRollBack() throws SQLException {
    enroll("1@x.example");
    host.rollback();
    assertThat(bench.claim(new Claims().all()).rows()).isEmpty();
    assertThat(bench.handle().views().contactsByAddress("", "1@x.example")).isEmpty();
  }

  @Test
  void theEngineDoesNotWaitForAHostThatEnrolls() {
    enroll("1@x.example");
    bench.enroll(bench.row("2@x.example"));
    assertThat(bench.claim()).hasSize(1);
    assertThat(bench.begun("3@x.example").enrollment()).isPositive();
  }

  @Test
  void aConnectionWithoutATransactionIsRefused() throws SQLException {
    try (Connection plain = SERVER.source().getConnection()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> bench.handle().join(JdbcTransaction.of(plain)))
          .withMessageContaining("setAutoCommit(false)");
    }
  }
}
