package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.beside;
import static dev.sequencer.verification.behaviour.Scenes.copies;
import static dev.sequencer.verification.behaviour.Scenes.deliveries;
import static dev.sequencer.verification.behaviour.Scenes.enrollments;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.InDoubt;
import dev.sequencer.PassReport;
import dev.sequencer.Resolution;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerEvent.LateReceipt;
import dev.sequencer.SequencerEvent.MailInDoubt;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.tck.faults.Times;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.FakeTransport.Accepted;
import dev.sequencer.testkit.TestSequencer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Crashes, races and second engines: never twice, never lost. */
class DuplicatesTest {
  private static final Contact BO = Contact.of("bo@example.com");
  private static final Duration CLAIM = Duration.ofSeconds(60);
  private static final Duration DECIDED = Duration.ofMinutes(13);

  @TempDir Path folder;

  private static Stream<ContactInput> people(int number) {
    return IntStream.range(0, number).mapToObj(i -> ContactInput.of("p" + i + "@example.com"));
  }

  private static Sequence two(InDoubt policy) {
    return Sequence.named("two")
        .inDoubt(policy)
        .email("first", mail -> mail.template("first"))
        .waitFor(Delay.days(1))
        .email("second", mail -> mail.template("second"))
        .build();
  }

  /** A mail is accepted and the node dies before that is written; its successor goes on. */
  private TestSequencer deadAfterAcceptance(Stores kept, InDoubt policy) {
    FaultyStore store = FaultyStore.around(kept.create(folder));
    TestSequencer sequencer = TestSequencer.builder().store(store).sequence(two(policy)).build();
    sequencer.enroll("two", BO);
    store.crashBefore("complete", Times.nth(1));
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
    sequencer.crash();
    return sequencer;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A1 an acceptance that could not be written is held in doubt and told, not repeated")
  void heldInDoubt(Stores kept) {
    try (TestSequencer sequencer = deadAfterAcceptance(kept, InDoubt.HOLD)) {
      sequencer.advance(Duration.ofDays(7));

      assertThat(sequencer.transport().attempted()).hasSize(1);
      assertThat(deliveries(sequencer))
          .extracting(DeliveryView::status)
          .containsExactly(DeliveryStatus.IN_DOUBT);
      assertThat(sequencer.events(MailInDoubt.class)).hasSize(1);
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.HELD);
      assertThat(only(sequencer).state().phase()).isEqualTo(EnrollmentPhase.IN_DOUBT);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A1 with RESEND it is sent again under the same Message-ID, and told")
  void sentAgain(Stores kept) {
    try (TestSequencer sequencer = deadAfterAcceptance(kept, InDoubt.RESEND)) {
      sequencer.advance(Duration.ofDays(7));

      List<OutgoingMail> mails = sequencer.transport().attempted();
      assertThat(mails).hasSize(3);
      assertThat(mails.get(1).messageId()).isEqualTo(mails.get(0).messageId());
      assertThat(mails.get(2).messageId()).isNotEqualTo(mails.get(0).messageId());
      assertThat(sequencer.events(MailInDoubt.class)).hasSize(1);
      assertThat(deliveries(sequencer))
          .extracting(DeliveryView::step, DeliveryView::status)
          .containsExactly(
              tuple("first", DeliveryStatus.SENT), tuple("second", DeliveryStatus.SENT));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A1 with ASSUME_SENT it goes on, the next delay counting from the begin")
  void assumedSent(Stores kept) {
    try (TestSequencer sequencer = deadAfterAcceptance(kept, InDoubt.ASSUME_SENT)) {
      sequencer.advance(Duration.ofDays(7));

      List<Accepted> mails = sequencer.transport().accepted();
      assertThat(mails).hasSize(2);
      assertThat(mails.get(1).at()).isEqualTo(mails.get(0).at().plus(Duration.ofDays(1)));
      assertThat(sequencer.events(MailInDoubt.class)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A1 a database that is away while the outcome is written delays it, nothing more")
  void databaseAway(Stores kept) {
    FaultyStore store = FaultyStore.around(kept.create(folder));
    try (TestSequencer sequencer =
        TestSequencer.builder().store(store).sequence(two(InDoubt.HOLD)).build()) {
      sequencer.enroll("two", BO);
      store.failBefore("complete", Times.times(5));
      sequencer.advance(Duration.ofDays(2));

      assertThat(sequencer.mails()).hasSize(2);
      assertThat(sequencer.events(MailInDoubt.class)).isEmpty();
      assertThat(deliveries(sequencer))
          .extracting(DeliveryView::status)
          .containsExactly(DeliveryStatus.SENT, DeliveryStatus.SENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A2 two engines that run at the same instant send 100 due mails 100 times, 50 times")
  void twoEngines(Stores kept) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (TestSequencer first = kept.engine(folder).sequence(one("one")).build();
        TestSequencer second = beside(first, one("one"))) {
      for (int round = 1; round <= 50; round++) {
        String name = "p" + round + "-";
        first.enrollAll(
            "one",
            IntStream.range(0, 100).mapToObj(i -> ContactInput.of(name + i + "@example.com")),
            each -> {});
        CyclicBarrier start = new CyclicBarrier(2);
        Future<PassReport> one = threads.submit(() -> together(start, first));
        Future<PassReport> two = threads.submit(() -> together(start, second));
        PassReport sum = one.get(60, TimeUnit.SECONDS).plus(two.get(60, TimeUnit.SECONDS));
        first.runUntilIdle();

        assertThat(sum.at()).isEqualTo(first.clock().instant());
        assertThat(first.transport().accepted()).as("round " + round).hasSize(100 * round);
      }
      assertThat(copies(first.transport()).values()).hasSize(5_000).containsOnly(1L);
      assertThat(first.sequences().counts("one").enrollments()).containsEntry("completed", 5_000L);
    } finally {
      threads.shutdownNow();
    }
  }

  private static PassReport together(CyclicBarrier start, TestSequencer sequencer)
      throws Exception {
    start.await(10, TimeUnit.SECONDS);
    return sequencer.runUntilIdle();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A3 a second run that somebody forces while a slow mail leaves sends nothing twice")
  void forcedSecondRun(Stores kept) throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build();
        TestSequencer second = beside(sequencer, one("one"))) {
      sequencer.enrollAll("one", people(20), each -> {});
      sequencer.transport().onNext(FakeAnswer.blockUntil(answer));
      Future<PassReport> slow = threads.submit(() -> sequencer.runDue());
      assertThat(sequencer.transport().whenAttempted(1).await(10, TimeUnit.SECONDS)).isTrue();
      second.runUntilIdle();
      answer.countDown();
      slow.get(20, TimeUnit.SECONDS);
      sequencer.runUntilIdle();

      assertThat(copies(sequencer.transport()).values()).hasSize(20).containsOnly(1L);
    } finally {
      answer.countDown();
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A3 a second run in the middle of every send sends nothing twice")
  void secondRunInTheMiddleOfEverySend(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build();
        TestSequencer second = beside(sequencer, one("one"))) {
      sequencer.enrollAll("one", people(10), each -> {});
      for (int i = 0; i < 10; i++) {
        sequencer.transport().onNext(FakeAnswer.accept().first(second::runDue));
      }
      sequencer.runUntilIdle();

      assertThat(copies(sequencer.transport()).values()).hasSize(10).containsOnly(1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A4 a node that dies after the claim keeps nobody waiting longer than the claim")
  void deadAfterClaim(Stores kept) {
    FaultyStore store = FaultyStore.around(kept.create(folder));
    try (TestSequencer sequencer =
        TestSequencer.builder().store(store).sequence(one("one")).build()) {
      sequencer.enroll("one", BO);
      store.crashBefore("begin", Times.nth(1));
      assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
      sequencer.crash();
      sequencer.advance(CLAIM.minusMillis(1));
      assertThat(sequencer.mails()).isEmpty();
      sequencer.advance(Duration.ofMillis(1));

      assertThat(sequencer.mails()).hasSize(1);
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.transport().attempted()).hasSize(1);
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.ENDED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A4 a node that dies after begin does not let the mail leave blindly again")
  void deadAfterBegin(Stores kept) {
    FaultyStore store = FaultyStore.around(kept.create(folder));
    try (TestSequencer sequencer =
        TestSequencer.builder().store(store).sequence(one("one")).build()) {
      sequencer.enroll("one", BO);
      store.crashAfter("begin", Times.nth(1));
      assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
      sequencer.crash();
      sequencer.advance(Duration.ofDays(1));

      assertThat(sequencer.transport().attempted()).isEmpty();
      DeliveryView delivery = deliveries(sequencer).get(0);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.IN_DOUBT);
      assertThat(
              sequencer.deliveries().resolve(delivery.id(), Resolution.RESEND, "not sent").done())
          .isTrue();
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A6 1,000 recipients, broken at 400, paused and resumed: each gets one mail")
  void brokenAtFourHundred(Stores kept) {
    FakeTransport transport = FakeTransport.create();
    try (TestSequencer sequencer =
        kept.engine(folder).transport(transport).sequence(one("one")).build()) {
      sequencer.enrollAll("one", people(1_000), each -> {});
      transport.always(
          mail -> transport.accepted().size() >= 400,
          FakeAnswer.of(SendResult.mailboxTrouble(SendResult.Kind.LOGIN, "refused")));
      sequencer.runUntilIdle();
      assertThat(transport.accepted()).hasSize(400);

      sequencer.sequences().pause("one", ACT);
      transport.always(FakeAnswer.accept());
      sequencer.mailboxes().reconnect("sender@example.com", ACT);
      sequencer.advance(Duration.ofHours(1));
      assertThat(transport.accepted()).hasSize(400);
      sequencer.sequences().resume("one", ACT);
      sequencer.advance(Duration.ofHours(1));

      assertThat(copies(transport).values()).hasSize(1_000).containsOnly(1L);
      assertThat(sequencer.sequences().counts("one").enrollments())
          .containsEntry("completed", 1_000L);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A7 of four claimed mails two are sent, the node dies: the others are sent too")
  void fetchedButNotSent(Stores kept) {
    FaultyStore store = FaultyStore.around(kept.create(folder));
    try (TestSequencer sequencer =
        TestSequencer.builder().store(store).sequence(one("one")).build()) {
      sequencer.enrollAll("one", people(4), each -> {});
      store.crashBefore("begin", Times.nth(3));
      assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
      assertThat(sequencer.transport().accepted()).hasSize(2);
      sequencer.crash();
      sequencer.advance(CLAIM);

      assertThat(copies(sequencer.transport()).values()).hasSize(4).containsOnly(1L);
      assertThat(enrollments(sequencer))
          .extracting(EnrollmentView::status)
          .containsOnly(EnrollmentStatus.ENDED);
    }
  }

  /** What another engine does with an attempt whose answer is late. */
  private TestSequencer lateAnswer(Stores kept, List<Resolution> decided) {
    TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build();
    TestSequencer second = beside(sequencer, one("one"));
    sequencer
        .transport()
        .onNext(
            FakeAnswer.accept()
                .afterwards(
                    () -> {
                      second.advance(DECIDED);
                      assertThat(deliveries(second).get(0).status())
                          .isEqualTo(DeliveryStatus.IN_DOUBT);
                      for (Resolution resolution : decided) {
                        second
                            .deliveries()
                            .resolve(deliveries(second).get(0).id(), resolution, ACT);
                        second.runUntilIdle();
                      }
                    }));
    sequencer.enroll("one", BO);
    sequencer.runUntilIdle();
    second.close();
    return sequencer;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A13 a late acceptance of an attempt that is still in doubt counts")
  void lateAcceptance(Stores kept) {
    try (TestSequencer sequencer = lateAnswer(kept, List.of())) {
      assertThat(deliveries(sequencer).get(0).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(only(sequencer).status()).isEqualTo(EnrollmentStatus.ENDED);
      assertThat(sequencer.events(LateReceipt.class)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A13 a late acceptance of a decided attempt changes nothing and is told loudly")
  void lateAcceptanceOfADecidedAttempt(Stores kept) {
    try (TestSequencer sequencer = lateAnswer(kept, List.of(Resolution.SKIP))) {
      assertThat(deliveries(sequencer).get(0).status()).isEqualTo(DeliveryStatus.SKIPPED);
      assertThat(sequencer.events(LateReceipt.class)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A13 a late acceptance of a superseded attempt changes nothing and is told loudly")
  void lateAcceptanceOfASupersededAttempt(Stores kept) {
    try (TestSequencer sequencer = lateAnswer(kept, List.of(Resolution.RESEND))) {
      DeliveryView delivery = deliveries(sequencer).get(0);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(delivery.attempt()).isEqualTo(2);
      assertThat(sequencer.events(LateReceipt.class)).hasSize(1);
      List<String> ids = new ArrayList<>();
      sequencer.transport().attempted().forEach(mail -> ids.add(mail.messageId()));
      assertThat(ids).hasSize(2);
      assertThat(ids.get(1)).isEqualTo(ids.get(0));
    }
  }
}
