package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Mailbox;
import dev.sequencer.PassReport;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.Times;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.FakeTransport.Accepted;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two engines on one store. */
class TwoEnginesTest extends Scenario {
  private static final int DUE = 100;

  /** Each with a fresh store; DuplicatesTest repeats it 50 times with one that fills up. */
  private static final int REPETITIONS = 15;

  private Sequencer engine(Store store, FakeTransport sends, String node, Mailbox mailbox) {
    Sequencer engine =
        Sequencer.builder()
            .store(store)
            .clock(clock)
            .node(node)
            .defaultZone("UTC")
            .transport(TestSequencerBuilder.FAKE, sends)
            .mailbox(mailbox)
            .sequence(ONE)
            .build();
    closing(() -> engine.stop(Duration.ZERO));
    return engine;
  }

  private static void enrollAll(Sequencer engine, int count) {
    engine.enrollAll(
        "one",
        IntStream.range(0, count).mapToObj(i -> ContactInput.of("c" + i + "@example.com")),
        each -> {});
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A2 100 due and two engines at once make exactly 100 sends")
  void twoEnginesSendEachMailOnce(Kept kept) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int repetition = 0; repetition < REPETITIONS; repetition++) {
        once(kept, threads, folder, repetition);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void once(Kept kept, ExecutorService threads, Path where, int repetition)
      throws Exception {
    FakeTransport sends = FakeTransport.on(clock);
    Store store = kept.in(where, "store-" + repetition);
    Sequencer a = engine(store, sends, "a", mailbox());
    Sequencer b = engine(store, sends, "b", mailbox());
    enrollAll(a, DUE);
    CyclicBarrier barrier = new CyclicBarrier(2);
    List<Future<PassReport>> passes = new ArrayList<>();
    for (Sequencer engine : List.of(a, b)) {
      Callable<PassReport> pass =
          () -> {
            barrier.await(10, TimeUnit.SECONDS);
            return engine.runDue();
          };
      passes.add(threads.submit(pass));
    }
    int sent = 0;
    for (Future<PassReport> pass : passes) {
      sent += pass.get(60, TimeUnit.SECONDS).sent();
    }
    // What one gave back because the other was at it is left for the next pass.
    sent += a.runDue().sent() + b.runDue().sent();
    String run = "repetition " + repetition;
    assertThat(sends.attempted()).as(run).hasSize(DUE);
    assertThat(sends.accepted().stream().map(Accepted::mail).map(OutgoingMail::messageId))
        .as(run)
        .doesNotHaveDuplicates();
    assertThat(sent).as(run).isEqualTo(DUE);
    assertThat(deliveries(a)).as(run).hasSize(DUE);
    assertThat(deliveries(b))
        .extracting(DeliveryView::status)
        .as(run)
        .containsOnly(DeliveryStatus.SENT);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K3 K5 two engines share the quota of a mailbox; what is beyond it leaves next day")
  void sharedQuota(Kept kept) {
    FakeTransport sends = FakeTransport.on(clock);
    Store store = kept.in(folder);
    Mailbox limited = mailbox().perDay(7);
    Sequencer a = engine(store, sends, "a", limited);
    Sequencer b = engine(store, sends, "b", limited);
    enrollAll(a, 20);
    for (int round = 0; round < 5; round++) {
      a.runDue();
      b.runDue();
    }
    assertThat(sends.accepted()).hasSize(7);
    clock.advance(Duration.ofDays(1));
    b.runDue();
    a.runDue();
    assertThat(sends.accepted()).hasSize(14);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K5 the quota is taken at begin: what another engine took meanwhile is not sent")
  void quotaTakenBetweenClaimAndBegin(Kept kept) {
    FakeTransport sends = FakeTransport.on(clock);
    Store plain = kept.in(folder);
    FaultyStore store = FaultyStore.around(plain);
    Mailbox limited = mailbox().perHour(1);
    Sequencer a = engine(store, sends, "a", limited);
    Sequencer b = engine(plain, sends, "b", limited);
    enrollAll(a, 1);
    store.onCall("begin", Times.times(1), () -> takeTheLast(b));
    PassReport refused = a.runDue();
    assertThat(sends.accepted())
        .extracting(m -> m.mail().to().address())
        .containsExactly("other@example.com");
    assertThat(refused.sent()).isZero();

    // It goes by its own wake-ups until the mail has left: in the next hour, not later.
    drive(a, Duration.ofHours(2));
    assertThat(leftAfter(sends)).containsExactly(Duration.ZERO, Duration.ofHours(1));
  }

  private static void takeTheLast(Sequencer b) {
    b.enroll("one", Contact.of("other@example.com"));
    b.runDue();
  }

  /** Goes from wake-up to wake-up of one engine. */
  private void drive(Sequencer engine, Duration time) {
    Instant end = clock.instant().plus(time);
    PassReport pass = engine.runDue();
    for (int i = 0; i < 1_000; i++) {
      Optional<Instant> next = pass.nextNeededAt().filter(at -> !at.isAfter(end));
      if (next.isEmpty()) {
        return;
      }
      if (next.get().isAfter(clock.instant())) {
        clock.set(next.get());
      }
      pass = engine.runDue();
    }
    throw new AssertionError("the engine woke up a thousand times");
  }

  private static List<Duration> leftAfter(FakeTransport sends) {
    return sends.accepted().stream().map(mail -> Duration.between(START, mail.at())).toList();
  }
}
