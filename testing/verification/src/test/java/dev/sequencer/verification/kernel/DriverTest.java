package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollRequest;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerEvent;
import dev.sequencer.spi.Found;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.TransportLimits;
import dev.sequencer.spi.store.Store;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread that makes the passes waits for nobody. */
class DriverTest {
  private static final int IN_DOUBT = 12;

  /** More attempts without outcome than a sweep reads at first. */
  private static final int MANY = 130;

  private static final String SECOND = "b@acme.example";
  private static final String OTHER = "c@acme.example";

  @TempDir Path folder;

  private final CountDownLatch go = new CountDownLatch(1);
  private final List<Sequencer> engines = new ArrayList<>();

  @AfterEach
  void stopAll() {
    go.countDown();
    engines.forEach(engine -> engine.stop(Duration.ZERO));
  }

  /** Sends like a fake transport, and looks up only when it is told to. */
  private final class SlowToTell implements MailTransport {
    final FakeTransport sends = FakeTransport.create();
    final AtomicInteger lookUps = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final CountDownLatch asked = new CountDownLatch(1);

    @Override
    public TransportLimits limits() {
      return sends.limits();
    }

    @Override
    public SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException {
      return sends.send(mail, permit);
    }

    @Override
    public Found find(Sender sender, SendKey key) throws InterruptedException {
      most.accumulateAndGet(lookUps.incrementAndGet(), Math::max);
      asked.countDown();
      go.await();
      lookUps.decrementAndGet();
      return Found.NOT_SENT;
    }
  }

  private Sequencer.Builder describe(Store store, MailTransport transport, Duration sweep) {
    return Sequencer.builder()
        .store(store)
        .transport("fake", transport)
        .node("test")
        .defaultZone("UTC")
        .mailbox(Scenario.mailbox().concurrency(MANY / 2))
        .timing(Duration.ofSeconds(60), Duration.ofMillis(10), sweep)
        .sequence(Scenario.ONE);
  }

  private Sequencer start(Sequencer.Builder builder) {
    Sequencer engine = builder.build();
    engines.add(engine);
    engine.start();
    return engine;
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @DisplayName("K1 look-ups that do not answer hold up no other mail, and four ask at a time")
  void slowLookUps() throws Exception {
    Store store = Kept.IN_MEMORY.in(folder);
    FakeTransport hangs =
        FakeTransport.create()
            .limits(TransportLimits.of(Duration.ofMillis(1), Duration.ofMillis(1)));
    hangs.always(FakeAnswer.blockUntil(go));
    Sequencer dead = start(describe(store, hangs, Duration.ofHours(1)).workers(IN_DOUBT));
    for (int i = 0; i < IN_DOUBT; i++) {
      dead.enroll("one", Contact.of("d" + i + "@example.com"));
    }
    await(hangs.whenAttempted(IN_DOUBT));
    dead.stop(Duration.ZERO);

    SlowToTell transport = new SlowToTell();
    CountDownLatch resent = new CountDownLatch(IN_DOUBT + 1);
    Sequencer engine =
        start(
            describe(store, transport, Duration.ofMillis(50))
                .workers(1)
                .listener(
                    event -> {
                      if (event instanceof SequencerEvent.MailSent) {
                        resent.countDown();
                      }
                    }));
    await(transport.asked);
    engine.enroll("one", Contact.of("new@example.com"));
    await(transport.sends.whenAccepted(1));
    assertThat(transport.most.get()).isBetween(1, 4);
    go.countDown();
    await(resent);
    assertThat(engine.deliveries().find(DeliveryQuery.all()).items())
        .hasSize(IN_DOUBT + 1)
        .allMatch(delivery -> delivery.status() == DeliveryStatus.SENT);
    assertThat(transport.most.get()).isBetween(1, 4);
  }

  @Test
  @DisplayName("K1 behind many attempts of a transport that does not tell, another one is asked")
  void manySlowLookUpsBeforeAnother() throws Exception {
    Store store = Kept.IN_MEMORY.in(folder);
    FakeTransport hangs =
        FakeTransport.create()
            .limits(TransportLimits.of(Duration.ofMillis(1), Duration.ofMillis(1)));
    hangs.always(FakeAnswer.blockUntil(go));
    Sequencer dead = start(ofTwo(store, hangs, hangs, Duration.ofHours(1)).workers(200));
    for (int i = 0; i < MANY; i++) {
      dead.enroll(to("d" + i + "@example.com", i % 2 == 0 ? Scenario.MAILBOX : SECOND));
    }
    await(hangs.whenAttempted(MANY));
    dead.enroll(to("last@example.com", OTHER));
    await(hangs.whenAttempted(MANY + 1));
    dead.stop(Duration.ZERO);

    SlowToTell slow = new SlowToTell();
    FakeTransport other = FakeTransport.create().lookup(FakeTransport.Lookup.TRUTH);
    start(ofTwo(store, slow, other, Duration.ofMillis(50)).workers(1));
    await(other.whenAccepted(1));
    assertThat(other.lookups()).hasSize(1);
    assertThat(slow.most.get()).isBetween(1, 4);
  }

  private Sequencer.Builder ofTwo(
      Store store, MailTransport first, MailTransport second, Duration sweep) {
    return describe(store, first, sweep)
        .transport("other", second)
        .mailbox(Mailbox.of(SECOND).via("fake").concurrency(MANY / 2))
        .mailbox(Mailbox.of(OTHER).via("other"));
  }

  private static EnrollRequest to(String address, String mailbox) {
    return EnrollRequest.of("one", Contact.of(address)).mailbox(mailbox);
  }

  @Test
  @DisplayName(
      "a listener that stops the engine does not wait for itself, and what left is recorded")
  void stoppedByAListener() throws Exception {
    Store store = Kept.SQLITE.in(folder);
    FakeTransport transport = FakeTransport.create();
    AtomicReference<Sequencer> engine = new AtomicReference<>();
    CountDownLatch returned = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    MailTransport closing =
        new MailTransport() {
          @Override
          public TransportLimits limits() {
            return transport.limits();
          }

          @Override
          public SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException {
            return transport.send(mail, permit);
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    engine.set(
        describe(store, closing, Duration.ofSeconds(10))
            .listener(
                event -> {
                  if (event instanceof SequencerEvent.MailSent) {
                    engine.get().stop(Duration.ofMinutes(5));
                    returned.countDown();
                  }
                })
            .build());
    engines.add(engine.get());
    engine.get().enroll("one", Contact.of("bo@example.com"));
    engine.get().start();
    await(returned);
    await(closed);
    Sequencer after = describe(store, transport, Duration.ofSeconds(10)).build();
    engines.add(after);
    assertThat(after.deliveries().find(DeliveryQuery.all()).items())
        .extracting(delivery -> delivery.status())
        .containsExactly(DeliveryStatus.SENT);
  }

  @Test
  @DisplayName(
      "a transport that stops the engine does not wait for itself, and its mail is recorded")
  void stoppedByATransport() throws Exception {
    Store store = Kept.SQLITE.in(folder);
    FakeTransport transport = FakeTransport.create();
    AtomicReference<Sequencer> engine = new AtomicReference<>();
    CountDownLatch recorded = new CountDownLatch(1);
    transport.onNext(
        FakeAnswer.accept().afterwards(() -> engine.get().stop(Duration.ofMinutes(5))));
    engine.set(
        describe(store, transport, Duration.ofSeconds(10))
            .listener(
                event -> {
                  if (event instanceof SequencerEvent.MailSent) {
                    recorded.countDown();
                  }
                })
            .build());
    engines.add(engine.get());
    engine.get().enroll("one", Contact.of("bo@example.com"));
    engine.get().start();
    await(recorded);
    assertThat(transport.accepted()).hasSize(1);
  }
}
