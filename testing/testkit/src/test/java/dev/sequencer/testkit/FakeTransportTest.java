package dev.sequencer.testkit;

import static dev.sequencer.testkit.TestMails.ANN;
import static dev.sequencer.testkit.TestMails.BEN;
import static dev.sequencer.testkit.TestMails.MONDAY;
import static dev.sequencer.testkit.TestMails.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.Found;
import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.spi.TransportLimits;
import dev.sequencer.testkit.FakeTransport.Lookup;
import dev.sequencer.testkit.TestMails.CountingPermit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FakeTransportTest {
  private final FakeTransport transport = FakeTransport.create();

  private Outcome send(int number) throws InterruptedException {
    return transport.send(mail(number), CountingPermit.given()).outcome();
  }

  private List<String> accepted() {
    return transport.accepted().stream().map(a -> a.mail().to().address()).toList();
  }

  @Nested
  class WithoutAScript {
    @Test
    void acceptsMailsAndRemembersThemInOrder() throws InterruptedException {
      assertThat(List.of(send(1), send(2))).containsOnly(Outcome.SENT);

      assertThat(accepted()).containsExactly("bo1@example.com", "bo2@example.com");
      assertThat(transport.accepted())
          .extracting(FakeTransport.Accepted::number)
          .containsExactly(1, 2);
      assertThat(transport.attempted()).hasSize(2);
    }

    @Test
    void asksThePermitOnceAndNamesTheMail() throws InterruptedException {
      CountingPermit permit = CountingPermit.given();
      SendResult result = transport.send(mail(1), permit);

      assertThat(permit.asked()).isEqualTo(1);
      assertThat(result.receipt().providerId()).contains("fake-1");
      assertThat(result.receipt().actualMessageId()).isEmpty();
    }

    @Test
    void acceptsNothingWithoutAPermit() throws InterruptedException {
      CountingPermit permit = CountingPermit.expired();

      assertThat(transport.send(mail(1), permit).outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
      assertThat(permit.asked()).isEqualTo(1);
      assertThat(transport.accepted()).isEmpty();
      assertThat(transport.refusedPermits()).isEqualTo(1);
    }

    @Test
    void isReadyAndCannotTell() {
      assertThat(transport.connect(ANN)).isEmpty();
      assertThat(transport.find(ANN, mail(1).key())).isSameAs(Found.CANNOT_TELL);
      assertThat(transport.limits())
          .isEqualTo(TransportLimits.of(Duration.ofMinutes(2), Duration.ofMinutes(10)));
    }

    @Test
    void takesTheMailsDateForTheInstantOrReadsItsClock() throws InterruptedException {
      send(1);
      assertThat(transport.accepted().get(0).at()).isEqualTo(MONDAY);

      ManualClock clock = ManualClock.at(MONDAY);
      FakeTransport onClock = FakeTransport.on(clock);
      onClock.onNext(FakeAnswer.accept().first(() -> clock.advance(Duration.ofSeconds(3))));
      onClock.send(mail(1), CountingPermit.given());
      assertThat(onClock.accepted().get(0).at()).isEqualTo(MONDAY.plusSeconds(3));
    }

    @Test
    void staysUsableWhenItIsClosed() throws InterruptedException {
      transport.close();
      assertThat(transport.closes()).isEqualTo(1);
      assertThat(send(1)).isEqualTo(Outcome.SENT);
    }
  }

  @Nested
  class WithAScript {
    @Test
    void usesEachAnswerOnceAndAcceptsAgain() throws InterruptedException {
      transport.onNext(SendResult.deferred("451", "later"), SendResult.refusedMessage("554", "no"));

      assertThat(List.of(send(1), send(2), send(3)))
          .containsExactly(Outcome.DEFERRED, Outcome.REFUSED_MESSAGE, Outcome.SENT);
      assertThat(accepted()).containsExactly("bo3@example.com");
    }

    @Test
    void asksNoPermitForAMailThatStays() throws InterruptedException {
      for (SendResult result :
          List.of(
              SendResult.refusedRecipient("550", "no"),
              SendResult.refusedMessage("554", "no"),
              SendResult.deferred("451", "later"),
              SendResult.mailboxTrouble(Kind.LOGIN, "no"),
              SendResult.notHandedOver("no"))) {
        CountingPermit permit = CountingPermit.given();
        transport.onNext(result);
        assertThat(transport.send(mail(1), permit)).isSameAs(result);
        assertThat(permit.asked()).isZero();
      }
      assertThat(transport.accepted()).isEmpty();
    }

    @Test
    void answersByRecipientMailboxAndSubject() throws InterruptedException {
      transport
          .answer("BO2@example.com", SendResult.refusedRecipient("550", "no"))
          .answer(Mails.subject("Subject 3"), SendResult.deferred("451", "later"))
          .answer(Mails.from("ben@acme.example"), FakeAnswer.inDoubt());

      assertThat(List.of(send(1), send(2), send(3), send(2), send(3)))
          .containsExactly(
              Outcome.SENT,
              Outcome.REFUSED_RECIPIENT,
              Outcome.DEFERRED,
              Outcome.SENT,
              Outcome.SENT);
      assertThat(transport.send(mail(4, BEN), CountingPermit.given()).outcome())
          .isEqualTo(Outcome.IN_DOUBT);
    }

    @Test
    void prefersWhatComesNextToARuleAndARuleToAStandingAnswer() throws InterruptedException {
      transport
          .always(FakeAnswer.of(SendResult.notHandedOver("old")))
          .always(FakeAnswer.of(SendResult.deferred("451", "newer")))
          .answer(Mails.to("bo1@example.com"), SendResult.refusedMessage("554", "rule"))
          .onNext(FakeAnswer.inDoubt());

      assertThat(List.of(send(1), send(1), send(1), send(1)))
          .containsExactly(
              Outcome.IN_DOUBT, Outcome.REFUSED_MESSAGE, Outcome.DEFERRED, Outcome.DEFERRED);
    }

    @Test
    void losesAMailInDoubtAfterAskingThePermit() throws InterruptedException {
      CountingPermit permit = CountingPermit.given();
      transport.onNext(FakeAnswer.inDoubt());

      assertThat(transport.send(mail(1), permit).outcome()).isEqualTo(Outcome.IN_DOUBT);
      assertThat(permit.asked()).isEqualTo(1);
      assertThat(transport.accepted()).isEmpty();
    }

    @Test
    void acceptsAMailAndAnswersInDoubt() throws InterruptedException {
      transport.onNext(FakeAnswer.inDoubtButAccepted());

      assertThat(send(1)).isEqualTo(Outcome.IN_DOUBT);
      assertThat(accepted()).containsExactly("bo1@example.com");
    }

    @Test
    void isNotInDoubtWithoutAPermit() throws InterruptedException {
      transport.onNext(FakeAnswer.inDoubtButAccepted(), FakeAnswer.inDoubt());
      for (int i = 1; i <= 2; i++) {
        assertThat(transport.send(mail(i), CountingPermit.expired()).outcome())
            .isEqualTo(Outcome.NOT_HANDED_OVER);
      }
      assertThat(transport.accepted()).isEmpty();
    }

    @Test
    void throwsBeforeOrAfterTheMailLeft() {
      CountingPermit before = CountingPermit.given();
      CountingPermit after = CountingPermit.given();
      transport.onNext(
          FakeAnswer.throwing(new IllegalStateException("before")),
          FakeAnswer.acceptThenThrow(new IllegalStateException("after")));

      assertThatThrownBy(() -> transport.send(mail(1), before)).hasMessage("before");
      assertThatThrownBy(() -> transport.send(mail(2), after)).hasMessage("after");
      assertThat(before.asked()).isZero();
      assertThat(after.asked()).isEqualTo(1);
      assertThat(accepted()).containsExactly("bo2@example.com");
    }

    @Test
    void runsCodeAroundTheAcceptance() throws InterruptedException {
      List<Integer> seen = new ArrayList<>();
      transport.onNext(
          FakeAnswer.accept()
              .first(() -> seen.add(transport.accepted().size()))
              .afterwards(() -> seen.add(transport.accepted().size())));
      send(1);

      assertThat(seen).containsExactly(0, 1);
    }

    @Test
    void answersWithTheReceiptOfTheTest() throws InterruptedException {
      Receipt receipt =
          new Receipt(Optional.of("<x@y.example>"), Optional.of("9"), Optional.of("t"), "ok");
      transport.onNext(FakeAnswer.accept(receipt));

      assertThat(transport.send(mail(1), CountingPermit.given()).receipt()).isEqualTo(receipt);
      assertThat(accepted()).hasSize(1);
    }

    @Test
    void givesOtherMessageIdsLikeSomeProviders() throws InterruptedException {
      transport.rewriteMessageIds();

      assertThat(transport.send(mail(1), CountingPermit.given()).receipt().actualMessageId())
          .contains("<fake-1@provider.example>");
    }

    @Test
    void refusesToGetReadyOnceOrUntilItIsAllowed() {
      SendResult once = SendResult.notHandedOver("no connection");
      SendResult login = SendResult.mailboxTrouble(Kind.LOGIN, "no");
      transport.onConnect(once).refuseConnect("ben@acme.example", login);

      assertThat(transport.connect(ANN)).contains(once);
      assertThat(transport.connect(ANN)).isEmpty();
      assertThat(transport.connect(BEN)).contains(login);
      assertThat(transport.connect(BEN)).contains(login);
      assertThat(transport.allowConnect().connect(BEN)).isEmpty();
      assertThat(transport.connects()).isEqualTo(5);
    }

    @Test
    void tellsAsMuchAsItIsSetTo() throws InterruptedException {
      send(1);

      transport.lookup(Lookup.TRUTH);
      Found sent = transport.find(ANN, mail(1).key());
      assertThat(sent.verdict()).isEqualTo(Found.Verdict.SENT);
      assertThat(sent.receipt().flatMap(Receipt::providerId)).contains("fake-1");
      assertThat(transport.find(ANN, mail(2).key())).isSameAs(Found.NOT_SENT);

      transport.lookup(Lookup.ONLY_SENT);
      assertThat(transport.find(ANN, mail(1).key()).verdict()).isEqualTo(Found.Verdict.SENT);
      assertThat(transport.find(ANN, mail(2).key())).isSameAs(Found.CANNOT_TELL);
    }

    @Test
    void answersLookUpsAsWrittenDown() {
      transport.onFind(Found.NOT_SENT).onFindThrow(new IllegalStateException("no answer"));

      assertThat(transport.find(ANN, mail(1).key())).isSameAs(Found.NOT_SENT);
      assertThatThrownBy(() -> transport.find(ANN, mail(1).key())).hasMessage("no answer");
      assertThat(transport.find(ANN, mail(1).key())).isSameAs(Found.CANNOT_TELL);
      assertThat(transport.lookups()).hasSize(3);
    }

    @Test
    void forgetsEverythingWhenReset() throws InterruptedException {
      send(1);
      transport.always(FakeAnswer.inDoubt()).refuseConnect(SendResult.notHandedOver("no"));
      transport.reset();

      assertThat(transport.accepted()).isEmpty();
      assertThat(transport.attempted()).isEmpty();
      assertThat(transport.connect(ANN)).isEmpty();
      assertThat(send(2)).isEqualTo(Outcome.SENT);
    }

    @Test
    void refusesAScriptWithoutAnswer() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> transport.onNext(new SendResult[0]))
          .withMessageContaining("has none");
    }
  }

  @Nested
  class UnderSeveralThreads {
    @Test
    void blocksUntilTheTestLetsItGo() throws Exception {
      CountDownLatch release = new CountDownLatch(1);
      transport.onNext(FakeAnswer.blockUntil(release));
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        Future<Outcome> blocked = threads.submit(() -> send(1));
        assertThat(transport.whenAttempted(1).await(20, TimeUnit.SECONDS)).isTrue();
        Future<Outcome> other = threads.submit(() -> send(2));
        assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.SENT);
        assertThat(accepted()).containsExactly("bo2@example.com");
        CountDownLatch both = transport.whenAccepted(2);
        assertThat(both.getCount()).isEqualTo(1);

        release.countDown();
        assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(blocked.get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.SENT);
        assertThat(transport.mostInFlight()).isEqualTo(2);
        assertThat(transport.mostInFlight(ANN)).isEqualTo(2);
        assertThat(transport.mostInFlight(BEN)).isZero();
      } finally {
        threads.shutdownNow();
      }
    }

    @Test
    void canBeInterruptedWhileItBlocks() throws Exception {
      transport.onNext(FakeAnswer.accept().afterwardsWaitingFor(new CountDownLatch(1)));
      ExecutorService threads = Executors.newSingleThreadExecutor();
      Future<Outcome> blocked = threads.submit(() -> send(1));
      assertThat(transport.whenAccepted(1).await(20, TimeUnit.SECONDS)).isTrue();

      threads.shutdownNow();
      assertThatThrownBy(() -> blocked.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }
}
