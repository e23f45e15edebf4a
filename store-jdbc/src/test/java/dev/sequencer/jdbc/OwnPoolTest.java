package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.WakeUps;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.store.ManualClock;
import dev.sequencer.tck.store.StoreBench;
import dev.sequencer.tck.store.Together;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that makes its own connections. */
final class OwnPoolTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String SECRET = "s3cr3t-word";

  private static JdbcStore.Postgres store() {
    return JdbcStore.postgres(SERVER.url(), "postgres", SECRET).schema(SERVER.freshSchema());
  }

  private static StoreSetup setup() {
    return new StoreSetup(ManualClock.at(StoreBench.START), "ann");
  }

  /** The server ends a session a little after its connection was closed. */
  private static int connectionsLeft() {
    int left = connections();
    for (int i = 0; i < 200 && left > 0; i++) {
      Jdbi.create(SERVER.source()).useHandle(handle -> handle.execute("select pg_sleep(0.02)"));
      left = connections();
    }
    return left;
  }

  private static int connections() {
    return Jdbi.create(SERVER.source())
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from pg_stat_activity where application_name ="
                            + " 'sequencer'")
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void anEngineHasAPoolOfItsOwnThatIsClosedWithIt() throws Exception {
    StoreBench bench = new StoreBench(store().connections(2));
    StoreHandle other = bench.open("ben");
    try (Together together = new Together();
        WakeUps wakeUps = other.wakeUps().orElseThrow()) {
      together.run(Collections.nCopies(8, () -> bench.handle().documents(Document.Kind.POOL)));
      together.run(Collections.nCopies(8, () -> other.documents(Document.Kind.POOL)));
      assertThat(wakeUps.await(Duration.ofMillis(50))).isEqualTo(WakeUps.Answer.SILENCE);
      assertThat(connections()).isBetween(3, 5);
      bench.enroll(bench.row("1@x.example"));
      assertThat(wakeUps.await(Duration.ofSeconds(10))).isEqualTo(WakeUps.Answer.CALL);
    }
    bench.close();
    assertThat(connectionsLeft()).isZero();
  }

  @Test
  void aServerThatRefusesTheLoginIsToldWithoutThePassword() {
    JdbcStore.Postgres store = JdbcStore.postgres(SERVER.url(), "nobody_known", SECRET);
    assertThatThrownBy(() -> store.open(setup()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "user, password and database must be those of the server, but it refused the"
                + " connection to schema public, tables sequencer_* (SQLSTATE 28000): correct them,"
                + " or let the server take them (pg_hba.conf)")
        .satisfies(thrown -> assertThat(((StoreException) thrown).isTransient()).isFalse());
    assertThat(connectionsLeft()).isZero();
  }

  @Test
  void aServerThatIsNotThereIsToldAsOneThatMayComeBack() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(
            () ->
                JdbcStore.postgres("jdbc:postgresql://localhost:" + free + "/app", "app", SECRET)
                    .open(setup()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the server must be there")
        .satisfies(thrown -> assertThat(((StoreException) thrown).isTransient()).isTrue())
        .satisfies(OwnPoolTest::isSilentAboutThePassword);
  }

  private static void isSilentAboutThePassword(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain(SECRET);
  }

  @Test
  void tablesThatCannotBeUsedLeaveNoConnectionBehind() {
    JdbcStore.Postgres checks = store().migrate(false);
    assertThatThrownBy(() -> checks.open(setup())).isInstanceOf(StoreException.class);
    assertThat(connectionsLeft()).isZero();
  }

  @Test
  void thePasswordIsNotShown() {
    assertThat(store().tablePrefix("mail_").toString())
        .startsWith("JdbcStore.postgres(schema s")
        .endsWith(", tables mail_*)")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://app:s3cr3t-word@db/app",
        "jdbc:postgresql://db/app?password=s3cr3t-word",
        "jdbc:postgresql://db/app?ssl=true&user=s3cr3t-word"
      })
  void aLoginInTheUrlIsRefusedAndNotShown(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcStore.postgres(url, "app", SECRET))
        .withMessage(
            "the URL of a PostgreSQL store must have no login in it, but this one has: hand in user"
                + " and password apart, where they are not shown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "postgresql://db/app", "jdbc:mysql://db/app", "jdbc:postgres://db/app"})
  void anotherUrlIsRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcStore.postgres(url, "app", SECRET))
        .withMessage(
            "the URL of a PostgreSQL store must begin with 'jdbc:postgresql:', but this one does"
                + " not: write it as in jdbc:postgresql://host:5432/database");
  }

  @Test
  void aUrlThatTheDriverCannotReadIsRefusedWhenItIsOpened() {
    JdbcStore.Postgres store = JdbcStore.postgres("jdbc:postgresql://db:port/app", "app", SECRET);
    assertThatThrownBy(() -> store.open(setup()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "the URL of a PostgreSQL store must be one that its driver can read, but it cannot read"
                + " this one: write it as in jdbc:postgresql://host:5432/database");
  }
}
