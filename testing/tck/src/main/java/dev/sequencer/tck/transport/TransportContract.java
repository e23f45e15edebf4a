package dev.sequencer.tck.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.Found;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.spi.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What every transport must keep, whatever it talks to. Extend it and say how to open a transport
 * with its other side:
 *
 * <pre>{@code
 * class HttpApiTransportTest extends TransportContract {
 *   @Override
 *   protected FarEnd open() {
 *     FakeApi api = FakeApi.start();
 *     return FarEnd.of(new HttpApiTransport(api.uri()), api::taken)
 *         .withClosing(api::stop)
 *         .withFault("status 503", () -> api.next(503))
 *         .withFault("cut after the request", api::cutNext);
 *   }
 * }
 * }</pre>
 *
 * <p>Name a fault for every point at which the other side can fail: refused, slow, silent, cut,
 * nonsense; before, during and after it takes the mail. A transport under test should have
 * time-outs of 200 ms or less.
 */
@Timeout(60)
public abstract class TransportContract {
  private static final int THREADS = 6;
  private static final int MAILS_PER_THREAD = 5;

  /** Opens a fresh transport and its other side, which accepts everything. */
  protected abstract FarEnd open() throws Exception;

  /** The point of no return. */
  @Nested
  class ThePermit {
    @Test
    void isAskedBeforeTheOtherSideHasTheMail() throws Exception {
      try (FarEnd end = open()) {
        AtomicInteger takenAtCheck = new AtomicInteger(-1);
        TestPermit permit =
            TestPermit.granting().atCheck(() -> takenAtCheck.set(end.taken().size()));
        Sending sending = Sending.of(end.transport(), TestMails.mail(1), permit);
        assertThat(sending.outcome()).as(sending.said()).isEqualTo(Outcome.SENT);
        assertThat(permit.asked()).as("times that the permit was asked").isPositive();
        assertThat(takenAtCheck).as("mails taken when the permit was asked").hasValue(0);
        assertThat(end.settled()).hasSize(1);
      }
    }

    @Test
    void refusedMeansThatNothingIsHandedOver() throws Exception {
      try (FarEnd end = open()) {
        TestPermit permit = TestPermit.refusing();
        Sending sending = Sending.of(end.transport(), TestMails.mail(1), permit);
        assertThat(sending.outcome()).as(sending.said()).isEqualTo(Outcome.NOT_HANDED_OVER);
        assertThat(end.settled()).isEmpty();
      }
    }

    @Test
    void expiredFromTheStartMeansThatNothingIsHandedOver() throws Exception {
      try (FarEnd end = open()) {
        Sending sending = Sending.of(end.transport(), TestMails.mail(1), TestPermit.expired());
        assertThat(sending.outcome()).as(sending.said()).isEqualTo(Outcome.NOT_HANDED_OVER);
        assertThat(end.settled()).isEmpty();
      }
    }

    @Test
    void refusedOnceDoesNotSpoilTheNextMail() throws Exception {
      try (FarEnd end = open()) {
        Sending.of(end.transport(), TestMails.mail(1), TestPermit.refusing());
        Sending next = Sending.of(end.transport(), TestMails.mail(2), TestPermit.granting());
        assertThat(next.outcome()).as(next.said()).isEqualTo(Outcome.SENT);
        assertThat(end.settled())
            .extracting(TakenMail::messageId)
            .containsExactly(TestMails.mail(2).messageId());
      }
    }

    @Test
    void thatFailsMeansThatNothingIsHandedOver() throws Exception {
      try (FarEnd end = open()) {
        TestPermit permit =
            TestPermit.refusing()
                .atCheck(
                    () -> {
                      throw new IllegalStateException("the permit broke");
                    });
        Sending sending = Sending.of(end.transport(), TestMails.mail(1), permit);
        assertThat(sending.isNotSent()).as(sending.said()).isTrue();
        assertThat(end.settled()).isEmpty();
      }
    }
  }

  /** What tells mails apart. */
  @Nested
  class Identity {
    @Test
    void theMessageIdThatRecipientsSeeIsTheRequestedOneOrIsReported() throws Exception {
      try (FarEnd end = open()) {
        OutgoingMail mail = TestMails.mail(7);
        SendResult result = end.transport().send(mail, TestPermit.granting());
        String expected = result.receipt().actualMessageId().orElse(mail.messageId());
        assertThat(end.settled()).extracting(TakenMail::messageId).containsExactly(expected);
      }
    }

    @Test
    void blindCopiesGetTheMailAndStandNowhereInIt() throws Exception {
      try (FarEnd end = open()) {
        OutgoingMail mail =
            TestMails.withCopies(
                TestMails.mail(1), List.of("carbon@example.com"), List.of("blind@example.com"));
        Sending sending = Sending.of(end.transport(), mail, TestPermit.granting());
        assertThat(sending.outcome()).as(sending.said()).isEqualTo(Outcome.SENT);
        List<TakenMail> taken = end.settled();
        assertThat(taken).hasSize(1);
        if (end.hasEnvelope()) {
          assertThat(taken.get(0).recipients())
              .containsExactlyInAnyOrder(
                  "bo1@example.com", "carbon@example.com", "blind@example.com");
        }
        assertThat(taken.get(0).content()).doesNotContain("blind@example.com");
      }
    }

    @Test
    void aLineBreakInTheSubjectNeverBecomesAHeader() throws Exception {
      try (FarEnd end = open()) {
        OutgoingMail mail =
            TestMails.withSubject(TestMails.mail(1), "Hi A\r\nBcc: evil@example.com");
        Sending sending = Sending.of(end.transport(), mail, TestPermit.granting());
        List<TakenMail> taken = end.settled();
        assertThat(sending.agreesWith(taken.size())).as(sending.said()).isTrue();
        assertThat(taken).flatExtracting(TakenMail::recipients).doesNotContain("evil@example.com");
        assertThat(taken).noneMatch(one -> one.content().contains("\nBcc: evil@example.com"));
      }
    }
  }

  /** When the engine stops. */
  @Nested
  class AnInterrupt {
    @Test
    void beforeTheSendKeepsTheInvariant() throws Exception {
      try (FarEnd end = open()) {
        Thread.currentThread().interrupt();
        Sending sending = Sending.of(end.transport(), TestMails.mail(1), TestPermit.granting());
        assertInvariant(end, sending);
      }
    }

    @Test
    void whileThePermitIsAskedKeepsTheInvariant() throws Exception {
      try (FarEnd end = open()) {
        TestPermit permit = TestPermit.granting().atCheck(() -> Thread.currentThread().interrupt());
        Sending sending = Sending.of(end.transport(), TestMails.mail(1), permit);
        assertInvariant(end, sending);
      }
    }

    @Test
    void leavesTheTransportUsable() throws Exception {
      try (FarEnd end = open()) {
        Thread.currentThread().interrupt();
        Sending.of(end.transport(), TestMails.mail(1), TestPermit.refusing());
        Sending next = Sending.of(end.transport(), TestMails.mail(2), TestPermit.granting());
        assertThat(next.outcome()).as(next.said()).isEqualTo(Outcome.SENT);
        assertThat(end.settled()).hasSize(1);
      }
    }
  }

  /** Everything else that the engine relies on. */
  @Nested
  class TheRest {
    @Test
    void limitsAreTheSameAtEveryCall() throws Exception {
      try (FarEnd end = open()) {
        assertThat(end.transport().limits()).isEqualTo(end.transport().limits());
      }
    }

    @Test
    void connectHandsNothingOver() throws Exception {
      try (FarEnd end = open()) {
        Optional<SendResult> trouble = end.transport().connect(TestMails.mail(1).sender());
        assertThat(trouble).isEmpty();
        assertThat(end.settled()).isEmpty();
      }
    }

    @Test
    void severalThreadsSendForSeveralMailboxesEachMailOnce() throws Exception {
      try (FarEnd end = open()) {
        sendFromManyThreads(end);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < THREADS * MAILS_PER_THREAD; i++) {
          expected.add("bo" + i + "@example.com");
        }
        assertThat(end.settled())
            .flatExtracting(TakenMail::recipients)
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }

    @Test
    void aSentMailIsNeverFoundNotSent() throws Exception {
      try (FarEnd end = open()) {
        OutgoingMail mail = TestMails.mail(1);
        end.transport().send(mail, TestPermit.granting());
        Found found = end.transport().find(mail.sender(), mail.key());
        assertThat(found.verdict()).isNotEqualTo(Found.Verdict.NOT_SENT);
      }
    }

    @Test
    void aMailThatWasNeverHandedOverIsNeverFoundSent() throws Exception {
      try (FarEnd end = open()) {
        Found found = end.transport().find(TestMails.mail(1).sender(), TestMails.key(1));
        assertThat(found.verdict()).isNotEqualTo(Found.Verdict.SENT);
      }
    }

    @Test
    void closingTwiceIsNoError() throws Exception {
      try (FarEnd end = open()) {
        Sending.of(end.transport(), TestMails.mail(1), TestPermit.granting());
        end.transport().close();
        end.transport().close();
      }
    }
  }

  /**
   * The invariant over every fault: (0, not sent), (1, sent), (0 or 1, in doubt); and the next mail
   * goes as if nothing had been.
   */
  @TestFactory
  List<DynamicTest> everyFaultKeepsTheInvariant() throws Exception {
    List<String> names;
    try (FarEnd end = open()) {
      names = List.copyOf(end.faults().keySet());
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : names) {
      tests.add(DynamicTest.dynamicTest(name, () -> assertInvariantUnder(name)));
    }
    return tests;
  }

  private void assertInvariantUnder(String fault) throws Exception {
    try (FarEnd end = open()) {
      Optional.ofNullable(end.faults().get(fault)).orElseThrow().run();
      Sending sending = Sending.of(end.transport(), TestMails.mail(1), TestPermit.granting());
      assertInvariant(end, sending);
    }
    try (FarEnd end = open()) {
      Optional.ofNullable(end.faults().get(fault)).orElseThrow().run();
      Sending first = Sending.of(end.transport(), TestMails.mail(1), TestPermit.granting());
      Sending next = Sending.of(end.transport(), TestMails.mail(2), TestPermit.granting());
      assertThat(next.outcome())
          .as("after %s: %s", first.said(), next.said())
          .isEqualTo(Outcome.SENT);
    }
  }

  private static void assertInvariant(FarEnd end, Sending sending) {
    int accepted = end.settled().size();
    assertThat(sending.agreesWith(accepted))
        .as("the other side took %d mails and the transport said %s", accepted, sending.said())
        .isTrue();
  }

  private static void sendFromManyThreads(FarEnd end) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread * MAILS_PER_THREAD;
        // two threads share a mailbox
        Sender sender = Sender.of(EmailAddress.of("box" + thread / 2 + "@acme.example"));
        all.add(executor.submit(() -> sendSome(end, sender, first)));
      }
      for (Future<?> one : all) {
        one.get(30, TimeUnit.SECONDS);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void sendSome(FarEnd end, Sender sender, int first) {
    for (int i = first; i < first + MAILS_PER_THREAD; i++) {
      Sending sending =
          Sending.of(end.transport(), TestMails.from(sender, i), TestPermit.granting());
      assertThat(sending.outcome()).as(sending.said()).isEqualTo(Outcome.SENT);
    }
  }
}
