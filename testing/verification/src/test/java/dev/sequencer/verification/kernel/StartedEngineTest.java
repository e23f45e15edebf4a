package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerEvent;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.Times;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.ManualClock;
import dev.sequencer.testkit.StagedFakeTransport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine with threads of its own, by the clock of the machine. */
class StartedEngineTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Sequence ONE = Scenario.ONE;

  @TempDir Path folder;

  private final FakeTransport transport = FakeTransport.create();
  private final ExecutorService helper = Executors.newCachedThreadPool();
  private final List<CountDownLatch> latches = new ArrayList<>();
  private final List<Sequencer> engines = new ArrayList<>();

  @AfterEach
  void stopAll() {
    latches.forEach(CountDownLatch::countDown);
    engines.forEach(engine -> engine.stop(Duration.ZERO));
    helper.shutdownNow();
  }

  private CountDownLatch latch() {
    CountDownLatch latch = new CountDownLatch(1);
    latches.add(latch);
    return latch;
  }

  private static Sequencer.Builder describe(Store store, MailTransport transport) {
    return Sequencer.builder()
        .store(store)
        .transport("fake", transport)
        .node("test")
        .defaultZone("UTC")
        .sequence(ONE);
  }

  private Sequencer.Builder describe(Store store) {
    return describe(store, transport).mailbox(Scenario.mailbox());
  }

  private Sequencer start(Sequencer.Builder builder) {
    Sequencer engine = build(builder);
    engine.start();
    return engine;
  }

  private Sequencer build(Sequencer.Builder builder) {
    Sequencer engine = builder.build();
    engines.add(engine);
    return engine;
  }

  private static void enroll(Sequencer engine, int from, int count) {
    for (int i = from; i < from + count; i++) {
      engine.enroll("one", Contact.of("c" + i + "@example.com"));
    }
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private List<DeliveryStatus> statuses(Store store) {
    return build(describe(store))
        .deliveries()
        .find(DeliveryQuery.all().limit(1000))
        .items()
        .stream()
        .map(DeliveryView::status)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void mailsLeaveWithoutAWordAfterEnrolling(Kept kept) throws Exception {
    Sequencer engine = start(describe(kept.in(folder)));
    enroll(engine, 0, 20);
    await(transport.whenAccepted(20));
    assertThat(transport.attempted()).hasSize(20);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K4 no more mails are begun than there are workers")
  void workersAreRespected(Kept kept) throws Exception {
    CountDownLatch go = latch();
    transport.always(FakeAnswer.blockUntil(go));
    Sequencer engine = start(describe(kept.in(folder)).workers(3));
    enroll(engine, 0, 12);
    await(transport.whenAttempted(3));
    assertThat(
            engine.enrollments().find(EnrollmentQuery.all().phase(EnrollmentPhase.SENDING)).items())
        .hasSizeLessThanOrEqualTo(3);
    go.countDown();
    await(transport.whenAccepted(12));
    assertThat(transport.mostInFlight()).isEqualTo(3);
  }

  @Test
  @DisplayName("K4 a host that does not answer leaves workers for the others")
  void aBlackHoleStopsNobodyElse() throws Exception {
    FakeTransport hole = FakeTransport.create().always(FakeAnswer.blockUntil(latch()));
    Sequence other =
        Sequence.named("other")
            .email("first", mail -> mail.subject("1").text("first"))
            .pool("b@acme.example")
            .build();
    Sequence stuck =
        Sequence.named("stuck")
            .email("first", mail -> mail.subject("1").text("first"))
            .pool("hole@acme.example")
            .build();
    Sequencer engine =
        start(
            Sequencer.builder()
                .store(Kept.IN_MEMORY.in(folder))
                .transport("hole", hole)
                .transport("fake", transport)
                .defaultZone("UTC")
                .workers(4)
                .mailbox(Mailbox.of("hole@acme.example").via("hole").concurrency(50))
                .mailbox(Mailbox.of("b@acme.example").via("fake"))
                .sequence(stuck)
                .sequence(other));
    for (int i = 0; i < 10; i++) {
      engine.enroll("stuck", Contact.of("s" + i + "@example.com"));
    }
    await(hole.whenAttempted(3));
    for (int i = 0; i < 10; i++) {
      engine.enroll("other", Contact.of("o" + i + "@example.com"));
    }
    await(transport.whenAccepted(10));
    assertThat(hole.mostInFlight()).isEqualTo(3);
  }

  @Test
  void theHostsExecutorSends() throws Exception {
    AtomicInteger number = new AtomicInteger();
    ExecutorService own =
        Executors.newFixedThreadPool(
            2, task -> new Thread(task, "host-" + number.incrementAndGet()));
    Set<String> names = ConcurrentHashMap.newKeySet();
    transport.always(FakeAnswer.accept().first(() -> names.add(Thread.currentThread().getName())));
    try {
      Sequencer engine = start(describe(Kept.IN_MEMORY.in(folder)).executor(own));
      enroll(engine, 0, 8);
      await(transport.whenAccepted(8));
      engine.stop(LONG);
    } finally {
      own.shutdownNow();
    }
    assertThat(names).isNotEmpty().allMatch(name -> name.startsWith("host-"));
  }

  @Test
  void anExecutorThatTakesNothingMoreIsHelpedByTheDriver() throws Exception {
    AtomicInteger refusals = new AtomicInteger(3);
    Sequencer engine =
        start(
            describe(Kept.IN_MEMORY.in(folder))
                .workers(2)
                .executor(
                    task -> {
                      if (refusals.getAndDecrement() > 0) {
                        throw new RejectedExecutionException("full");
                      }
                      helper.execute(task);
                    }));
    enroll(engine, 0, 1);
    await(transport.whenAccepted(1));
    enroll(engine, 1, 5);
    await(transport.whenAccepted(6));
    assertThat(transport.attempted()).hasSize(6);
  }

  @ParameterizedTest
  @EnumSource
  void stopWaitsForWhatIsBeingSentAndNoLonger(Kept kept) throws Exception {
    CountDownLatch go = latch();
    transport.always(FakeAnswer.accept().afterwardsWaitingFor(go));
    Store store = kept.in(folder);
    Sequencer engine = start(describe(store).workers(2));
    enroll(engine, 0, 5);
    await(transport.whenAccepted(2));
    Future<?> stopped = helper.submit(() -> engine.stop(LONG));
    assertThatThrownBy(() -> stopped.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    go.countDown();
    stopped.get(20, TimeUnit.SECONDS);
    assertThat(transport.attempted()).hasSize(2);
    assertThat(statuses(store)).containsExactly(DeliveryStatus.SENT, DeliveryStatus.SENT);
  }

  @Test
  void aSecondStopReturnsWhenTheFirstHasEnded() throws Exception {
    CountDownLatch go = latch();
    transport.always(FakeAnswer.accept().afterwardsWaitingFor(go));
    Sequencer engine = start(describe(Kept.IN_MEMORY.in(folder)).workers(1));
    enroll(engine, 0, 1);
    await(transport.whenAccepted(1));
    List<Future<?>> stops =
        List.of(helper.submit(() -> engine.stop(LONG)), helper.submit(() -> engine.stop(LONG)));
    for (Future<?> stop : stops) {
      assertThatThrownBy(() -> stop.get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    }
    go.countDown();
    for (Future<?> stop : stops) {
      stop.get(20, TimeUnit.SECONDS);
    }
    assertThat(transport.closes()).isEqualTo(1);
  }

  @Test
  void whatWasClaimedAndNotBegunIsFreeAtOnceAfterAStop() throws Exception {
    CountDownLatch go = latch();
    transport.onNext(FakeAnswer.blockUntil(go));
    Store store = Kept.IN_MEMORY.in(folder);
    Sequencer engine = start(describe(store).workers(1));
    enroll(engine, 0, 5);
    await(transport.whenAttempted(1));
    Future<?> stopped = helper.submit(() -> engine.stop(LONG));
    go.countDown();
    stopped.get(20, TimeUnit.SECONDS);
    int before = transport.accepted().size();

    build(describe(store)).runDue();
    assertThat(transport.accepted()).hasSize(5).hasSizeGreaterThan(before);
  }

  @Test
  @DisplayName("K18 a mail that is staged when the engine stops is not sent and leaves no draft")
  void stoppingWhileAMailIsStaged() throws Exception {
    StagedFakeTransport staged = StagedFakeTransport.create();
    CountDownLatch staging = latch();
    CountDownLatch go = latch();
    staged.afterStaging(
        () -> {
          staging.countDown();
          go.await();
        });
    Store store = Kept.IN_MEMORY.in(folder);
    Sequencer engine = start(describe(store, staged).mailbox(Scenario.mailbox()));
    enroll(engine, 0, 1);
    await(staging);
    Future<?> stopped = helper.submit(() -> engine.stop(LONG));
    assertThatThrownBy(() -> stopped.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    go.countDown();
    stopped.get(20, TimeUnit.SECONDS);
    assertThat(staged.sends().attempted()).isEmpty();
    assertThat(staged.drafts()).isEmpty();

    build(describe(store, staged).mailbox(Scenario.mailbox())).runDue();
    assertThat(staged.sends().accepted()).hasSize(1);
    assertThat(staged.drafts()).isEmpty();
  }

  @Test
  @DisplayName("K18 a transport that hangs over its drafts holds up no pass")
  void tidyingUpHoldsUpNobody() throws Exception {
    StagedFakeTransport staged = StagedFakeTransport.create();
    CountDownLatch listing = latch();
    CountDownLatch discarding = latch();
    staged.beforeListing(listing::await).beforeDiscarding(discarding::await);
    staged.sends().onNext(SendResult.refusedMessage("400", "no"));
    Sequencer engine =
        start(describe(Kept.IN_MEMORY.in(folder), staged).mailbox(Scenario.mailbox()));
    enroll(engine, 0, 10);
    await(staged.sends().whenAccepted(9));
    assertThat(staged.listed()).isEqualTo(1);
    assertThat(staged.discarded()).hasSize(1);
  }

  @Test
  void stopWithoutGraceDoesNotWait() throws Exception {
    transport.always(FakeAnswer.blockUntil(latch()));
    Sequencer engine = start(describe(Kept.IN_MEMORY.in(folder)));
    enroll(engine, 0, 1);
    await(transport.whenAttempted(1));
    Future<?> stopped = helper.submit(() -> engine.stop(Duration.ZERO));
    stopped.get(20, TimeUnit.SECONDS);
    assertThat(transport.accepted()).isEmpty();
  }

  @Test
  @DisplayName("K23 an engine on a virtual clock is not started")
  void startingOnAVirtualClockIsRefused() {
    Sequencer engine =
        build(describe(Kept.IN_MEMORY.in(folder)).clock(ManualClock.at(Scenario.START)));
    assertThatThrownBy(engine::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("virtual clock");
  }

  @Test
  void anEngineLivesOnce() {
    Sequencer engine = start(describe(Kept.IN_MEMORY.in(folder)));
    engine.start();
    engine.stop(Duration.ZERO);
    engine.stop(Duration.ZERO);
    assertThat(transport.closes()).isEqualTo(1);
    assertThatThrownBy(engine::start).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(engine::runDue).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void passesThatFailAreToldOnceAndOnceThatTheySucceedAgain() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      FaultyStore store = FaultyStore.around(Kept.IN_MEMORY.in(folder));
      store.failBefore("claim", Times.times(2));
      Sequencer engine = start(describe(store));
      enroll(engine, 0, 1);
      await(transport.whenAccepted(1));
      engine.stop(LONG);
    } finally {
      System.setErr(before);
    }
    String text = log.toString(StandardCharsets.UTF_8);
    assertThat(text).containsOnlyOnce("a pass failed").containsOnlyOnce("passes succeed again");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K12 host code that does not end stops its own mail and no other")
  void slowHostCodeIsFenced(Kept kept) throws Exception {
    CountDownLatch never = latch();
    Sequencer engine =
        start(
            describe(kept.in(folder))
                .hostCodeLimit(Duration.ofMillis(50))
                .models(
                    mails -> {
                      if (mails.stream()
                          .anyMatch(mail -> mail.contact().email().address().startsWith("slow"))) {
                        try {
                          never.await();
                        } catch (InterruptedException e) {
                          Thread.currentThread().interrupt();
                        }
                      }
                      return Map.<EnrollmentId, Attributes>of();
                    }));
    engine.enroll("one", Contact.of("slow@example.com"));
    enroll(engine, 0, 5);
    await(transport.whenAccepted(5));
    assertThat(transport.accepted())
        .noneMatch(mail -> mail.mail().to().address().startsWith("slow"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K14 a mailbox with spacing sends one mail at a time")
  void oneAtATime(Kept kept) throws Exception {
    Sequencer engine =
        start(
            describe(kept.in(folder), transport)
                .mailbox(Scenario.mailbox().minGap(Duration.ofMillis(5)).concurrency(10)));
    enroll(engine, 0, 6);
    await(transport.whenAccepted(6));
    assertThat(transport.mostInFlight()).isEqualTo(1);
  }

  @Test
  @DisplayName("K18 drafts are made and used by the workers")
  void stagedMails() throws Exception {
    StagedFakeTransport staged = StagedFakeTransport.create();
    Sequencer engine =
        start(describe(Kept.IN_MEMORY.in(folder), staged).mailbox(Scenario.mailbox()));
    enroll(engine, 0, 10);
    await(staged.sends().whenAccepted(10));
    engine.stop(LONG);
    assertThat(staged.staged()).hasSize(10);
    assertThat(staged.drafts()).isEmpty();
  }

  @Test
  void aListenerMayWaitForWhatAnotherThreadDoesWithTheEngine() throws Exception {
    AtomicReference<Sequencer> engine = new AtomicReference<>();
    CountDownLatch heard = latch();
    engine.set(
        build(
            describe(Kept.IN_MEMORY.in(folder))
                .listener(
                    event -> {
                      if (event instanceof SequencerEvent.MailSent && heard.getCount() > 0) {
                        heard.countDown();
                        Future<?> enrolled =
                            helper.submit(
                                () -> {
                                  enroll(engine.get(), 100, 1);
                                  engine.get().health();
                                });
                        try {
                          enrolled.get(10, TimeUnit.SECONDS);
                        } catch (Exception e) {
                          throw new IllegalStateException(e);
                        }
                      }
                    })));
    engine.get().start();
    enroll(engine.get(), 0, 1);
    await(transport.whenAccepted(2));
  }
}
