package dev.sequencer.jdbc.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.WakeUps;
import dev.sequencer.spi.store.WakeUps.Answer;
import dev.sequencer.tck.postgres.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Listening, by a monotonic reading that tests turn on. */
final class PostgresWakeUpsTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicLong turned = new AtomicLong();
  private final PostgresOptions options = PostgresOptions.USUAL.withSchema(SERVER.freshSchema());
  private final Calls own = calls("own");
  private final Calls other = calls("other");
  private final Jdbi jdbi = Jdbi.create(SERVER.source());
  private final List<WakeUps> open = new ArrayList<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  @BeforeEach
  void catchLog() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void closeAll() {
    System.setErr(before);
    open.forEach(WakeUps::close);
  }

  private Calls calls(String node) {
    return new Calls(options, node, this::nanos);
  }

  private long nanos() {
    return System.nanoTime() + turned.get();
  }

  private void turn(Duration time) {
    turned.addAndGet(time.toNanos());
  }

  private void call(Calls by) {
    jdbi.useHandle(by::call);
  }

  private WakeUps listen(DataSource source) {
    return listen(source, payload -> jdbi.useHandle(handle -> own.say(handle, payload)));
  }

  private WakeUps listen(DataSource source, Consumer<String> say) {
    WakeUps wakeUps = new PostgresWakeUps(source, own, say, this::nanos);
    open.add(wakeUps);
    return wakeUps;
  }

  /** A source of connections to another database, where nobody calls. */
  private DataSource elsewhere() {
    return direct("template1");
  }

  private static DataSource direct(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(SERVER.url());
    source.setUser("postgres");
    source.setDatabaseName(database);
    return source;
  }

  private String told() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private int listeners() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from pg_stat_activity where query = 'listen '||:channel")
                .bind("channel", own.channel())
                .mapTo(Integer.class)
                .one());
  }

  @Test
  void whoHearsACallLooksAgainForWhatItsCallerLeftShortlyAfter() {
    WakeUps wakeUps = listen(SERVER.source());
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.SILENCE);
    call(other);
    assertThat(wakeUps.await(PATIENCE)).isEqualTo(Answer.CALL);
    long first = nanos();
    assertThat(wakeUps.await(PATIENCE)).isEqualTo(Answer.CALL);
    assertThat(Duration.ofNanos(nanos() - first)).isBetween(Duration.ofMillis(40), PATIENCE);
    assertThat(wakeUps.await(Duration.ofMillis(100))).isEqualTo(Answer.SILENCE);
  }

  @Test
  void ownCallsAreNotHeard() {
    WakeUps wakeUps = listen(SERVER.source());
    wakeUps.await(SHORT);
    call(own);
    assertThat(wakeUps.await(Duration.ofMillis(100))).isEqualTo(Answer.SILENCE);
  }

  @Test
  void aListenerThatHearsItselfSaysNothing() {
    WakeUps wakeUps = listen(SERVER.source());
    for (int i = 0; i < 5; i++) {
      assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.SILENCE);
      turn(Duration.ofSeconds(31));
    }
    assertThat(told()).isEmpty();
  }

  @Test
  void aListenerThatDoesNotHearItselfWithin2SecondsIsDeafAndSaysSoOnce() {
    WakeUps wakeUps = listen(elsewhere());
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.SILENCE);
    turn(Duration.ofMillis(1_800));
    assertThat(wakeUps.await(Duration.ofMillis(1))).isEqualTo(Answer.SILENCE);
    turn(Duration.ofMillis(200));
    assertThat(wakeUps.await(PATIENCE)).isEqualTo(Answer.DEAF);
    assertThat(wakeUps.await(PATIENCE)).isEqualTo(Answer.DEAF);
    turn(Duration.ofMinutes(10));
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.SILENCE);
    turn(Duration.ofSeconds(2));
    assertThat(wakeUps.await(PATIENCE)).isEqualTo(Answer.DEAF);
    assertThat(told())
        .containsOnlyOnce(
            "calls of other nodes are not heard (a call of this node itself was not heard within"
                + " PT2S)")
        .contains("PgBouncer");
    assertThat(listeners()).isZero();
  }

  @Test
  void aListenerWhosePingsStopComingBackNoticesAtTheNextPing() {
    AtomicLong deaf = new AtomicLong();
    WakeUps wakeUps =
        listen(
            SERVER.source(),
            payload -> {
              if (deaf.get() == 0) {
                jdbi.useHandle(handle -> own.say(handle, payload));
              }
            });
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.SILENCE);
    deaf.set(1);
    turn(Duration.ofSeconds(31));
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.SILENCE);
    turn(Duration.ofSeconds(2));
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.DEAF);
  }

  @Test
  void aConnectionThatWasCutIsMadeAgainAfterPausesThatGrow() {
    WakeUps wakeUps = listen(direct("postgres"));
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.SILENCE);
    cut();
    assertThat(wakeUps.await(PATIENCE)).isEqualTo(Answer.DEAF);
    turn(Duration.ofMillis(700));
    assertThat(wakeUps.await(PATIENCE)).isEqualTo(Answer.DEAF);
    turn(Duration.ofMillis(300));
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.SILENCE);
    call(other);
    assertThat(wakeUps.await(PATIENCE)).isEqualTo(Answer.CALL);
    assertThat(told())
        .containsOnlyOnce("calls of other nodes are not heard")
        .containsOnlyOnce("calls of other nodes are heard again");
  }

  private void cut() {
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen"
                        + " '||:channel")
                .bind("channel", own.channel())
                .mapTo(Boolean.class)
                .list());
  }

  @Test
  void whileTheServerIsAwayItIsAskedMoreAndMoreSeldom() {
    AtomicLong asked = new AtomicLong();
    PGSimpleDataSource away =
        new PGSimpleDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            asked.incrementAndGet();
            throw new SQLException("gone", "08001");
          }
        };
    WakeUps wakeUps = listen(away);
    // After 0, 1, 3, 7, 15, 31, 63, 123, 183 s: the pause doubles up to a minute.
    for (int second = 0; second < 200; second++) {
      assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.DEAF);
      turn(Duration.ofSeconds(1));
    }
    assertThat(asked.get()).isBetween(8L, 9L);
    assertThat(told()).containsOnlyOnce("SQLSTATE 08001");
  }

  @Test
  void aPoolThatHasNoConnectionLeftForThePingGetsItsOwnBack() {
    WakeUps wakeUps =
        listen(
            SERVER.source(),
            payload -> {
              throw new StoreException("all are busy", true, new SQLException());
            });
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.DEAF);
    assertThat(listeners()).isZero();
    turn(Duration.ofMinutes(9));
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.DEAF);
    assertThat(told()).containsOnlyOnce("a call could not be sent: all are busy");
  }

  @Test
  void aListenerWhoseHandleWasClosedIsSilent() {
    WakeUps wakeUps =
        listen(
            SERVER.source(),
            payload -> {
              throw new IllegalStateException("a handle is not used after close");
            });
    assertThat(wakeUps.await(SHORT)).isEqualTo(Answer.DEAF);
    assertThat(listeners()).isZero();
    assertThat(told()).isEmpty();
  }

  @Test
  void aClosedListenerGivesItsConnectionBackAndStaysClosed() {
    WakeUps wakeUps = listen(SERVER.source());
    wakeUps.await(SHORT);
    assertThat(listeners()).isEqualTo(1);
    wakeUps.close();
    wakeUps.close();
    assertThat(listeners()).isZero();
    assertThat(wakeUps.await(PATIENCE)).isEqualTo(Answer.DEAF);
    assertThat(listeners()).isZero();
  }
}
