package dev.sequencer.verification.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Mailbox;
import dev.sequencer.PassReport;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.FakeTransport.Accepted;
import dev.sequencer.testkit.ManualClock;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two engines on a server of which statements fail at any place, by seed. */
class SeededFaultsTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final Instant START = Instant.parse(TestSequencerBuilder.DEFAULT_START);
  private static final int CONTACTS = 15;
  private static final int SEEDS = Integer.getInteger("sequencer.faultSeeds", 2);

  private static final Sequence TWO =
      Sequence.named("two")
          .email("first", mail -> mail.subject("1").text("first"))
          .waitFor(Delay.days(1))
          .email("second", mail -> mail.subject("2").text("second"))
          .build();

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "55P03", "57014", "08006", "53300"})
  @DisplayName("A13 K17 whatever statement fails, each mail is sent once and none is lost")
  void everyMailOnceWhateverFails(String state) {
    // The pool tells of each connection that a fault breaks.
    try (CapturedLog log = new CapturedLog()) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        run(state, seed);
      }
      assertThat(log.count("could not be written")).isLessThan(20);
    }
  }

  private static void run(String state, long seed) {
    String which = "SQLSTATE " + state + ", seed " + seed;
    ManualClock clock = ManualClock.at(START);
    FakeTransport sends = FakeTransport.on(clock);
    FaultySource source = new FaultySource(SERVER.source(), state, seed, 60);
    String schema = SERVER.emptySchema();
    JdbcStore.postgres(SERVER.source()).schema(schema).open(setup(clock)).close();
    Sequencer healthy = engine(JdbcStore.postgres(SERVER.source()).schema(schema), clock, sends, 0);
    for (int i = 0; i < CONTACTS; i++) {
      healthy.enroll("two", Contact.of("c" + i + "@example.com"));
    }
    Sequencer a = faulty(source, schema, clock, sends, 1);
    Sequencer b = faulty(source, schema, clock, sends, 2);
    for (int second = 0; second < 40; second++) {
      pass(a);
      pass(b);
      clock.advance(Duration.ofSeconds(second % 3 == 0 ? 20 : 1));
    }
    assertThat(source.faults()).as(which).isPositive();
    source.heal();
    clock.advance(Duration.ofMinutes(15));
    pass(a);
    pass(b);
    clock.advance(Duration.ofDays(1));
    pass(a);
    pass(b);
    pass(a);
    assertThat(sends.attempted()).as(which).hasSize(2 * CONTACTS);
    assertThat(sends.accepted().stream().map(Accepted::mail).map(OutgoingMail::messageId))
        .as(which)
        .doesNotHaveDuplicates();
    List<DeliveryView> deliveries =
        healthy.deliveries().find(DeliveryQuery.all().limit(1000)).items();
    assertThat(deliveries).as(which).hasSize(2 * CONTACTS);
    assertThat(deliveries)
        .extracting(DeliveryView::status)
        .as(which)
        .containsOnly(DeliveryStatus.SENT);
    List.of(a, b, healthy).forEach(engine -> engine.stop(Duration.ZERO));
  }

  private static StoreSetup setup(ManualClock clock) {
    return new StoreSetup(clock, "setup");
  }

  /** Opening may meet a fault as well. */
  private static Sequencer faulty(
      FaultySource source, String schema, ManualClock clock, FakeTransport sends, int number) {
    for (int tries = 1; ; tries++) {
      try {
        return engine(JdbcStore.postgres(source).schema(schema), clock, sends, number);
      } catch (StoreException e) {
        assertThat(e.isTransient()).isTrue();
        assertThat(tries).isLessThan(50);
      }
    }
  }

  private static Sequencer engine(
      JdbcStore store, ManualClock clock, FakeTransport sends, int number) {
    return Sequencer.builder()
        .store(store)
        .clock(clock)
        .node("node-" + number)
        .defaultZone("UTC")
        .transport(TestSequencerBuilder.FAKE, sends)
        .mailbox(Mailbox.of("a@acme.example").via(TestSequencerBuilder.FAKE))
        .sequence(TWO)
        .build();
  }

  private static void pass(Sequencer engine) {
    try {
      PassReport report = engine.runDue();
      assertThat(report).isNotNull();
    } catch (StoreException e) {
      assertThat(e.isTransient()).as(e.getMessage()).isTrue();
    }
  }
}
