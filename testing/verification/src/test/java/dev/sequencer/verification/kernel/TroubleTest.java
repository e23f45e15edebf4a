package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Act;
import dev.sequencer.Delay;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.Mailbox;
import dev.sequencer.MailboxView;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerEvent.MailFailed;
import dev.sequencer.SequencerEvent.MailboxResting;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What trouble of a mailbox does to it, to the mail that met it, and to the others. */
class TroubleTest extends Scenario {
  private static final Duration BEHIND = Duration.ofMinutes(15);
  private static final Sequence HOURLY = sequence(2, "hourly");

  private static Sequence sequence(int mails, String name) {
    Sequence.Builder sequence = Sequence.named(name);
    for (int i = 1; i <= mails; i++) {
      int number = i;
      sequence.email("mail-" + i, mail -> mail.subject("Mail " + number).text("text"));
      if (i < mails) {
        sequence.waitFor(Delay.hours(1));
      }
    }
    return sequence.build();
  }

  private static FakeAnswer trouble(Kind kind) {
    return FakeAnswer.of(SendResult.mailboxTrouble(kind, "trouble").code("550"));
  }

  private static Predicate<OutgoingMail> to(String address) {
    return mail -> mail.to().address().equals(address);
  }

  private static Optional<MailboxView.Rest> rest(TestSequencer sequencer) {
    return sequencer.mailboxes().list().get(0).rest();
  }

  private static Optional<Instant> restsUntil(TestSequencer sequencer) {
    return rest(sequencer).flatMap(MailboxView.Rest::until);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K11 a poison mail goes behind, fails at its third strike, and stops nobody")
  void poison(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    transport.always(to("poison@bad.example"), trouble(Kind.POLICY));
    EnrollmentId poison = enroll(sequencer, ONE, "poison@bad.example");
    for (int i = 0; i < 5; i++) {
      enroll(sequencer, ONE, "c" + i + "@example.com");
    }
    sequencer.runUntilIdle();
    assertThat(transport.accepted()).hasSize(5);
    assertThat(view(sequencer, poison).state().due()).contains(START.plus(BEHIND));

    sequencer.advance(BEHIND.multipliedBy(2).minus(MILLI));
    assertThat(view(sequencer, poison).status()).isEqualTo(EnrollmentStatus.ACTIVE);
    sequencer.advance(MILLI);
    assertThat(view(sequencer, poison).status()).isEqualTo(EnrollmentStatus.ENDED);
    assertThat(sequencer.events(MailFailed.class)).hasSize(1);
    assertThat(sequencer.events(MailboxResting.class)).isEmpty();
    assertThat(sequencer.suppressions().matching("poison@bad.example")).isEmpty();
    assertThat(transport.attempted().stream().filter(to("poison@bad.example"))).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K11 without a success of the mailbox no strike fails a mail")
  void noSuccessNoFailure(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    transport.always(trouble(Kind.POLICY));
    EnrollmentId enrollment = enroll(sequencer, ONE, "bo@example.com");
    sequencer.advance(Duration.ofHours(2));
    assertThat(transport.attempted()).hasSizeGreaterThan(3);
    assertThat(view(sequencer, enrollment).status()).isEqualTo(EnrollmentStatus.ACTIVE);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K11 policy trouble at three domains rests the mailbox, at two it does not")
  void threeDomains(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    transport.always(trouble(Kind.POLICY));
    enroll(sequencer, ONE, "a@one.example");
    enroll(sequencer, ONE, "b@one.example");
    enroll(sequencer, ONE, "c@two.example");
    sequencer.runUntilIdle();
    assertThat(rest(sequencer)).isEmpty();
    enroll(sequencer, ONE, "d@three.example");
    sequencer.runUntilIdle();
    assertThat(restsUntil(sequencer)).contains(START.plus(Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K11 throttled: 1, 2, 5, 15, 60, 60 minutes, and a success begins anew")
  void throttled(Kept kept) {
    TestSequencer sequencer = start(store(kept), HOURLY);
    FakeAnswer throttled = trouble(Kind.THROTTLED);
    transport.onNext(throttled, throttled, throttled, throttled, throttled, throttled);
    enroll(sequencer, HOURLY, "bo@example.com");
    List<Long> rests = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      sequencer.runUntilIdle();
      Instant until = restsUntil(sequencer).orElseThrow();
      rests.add(Duration.between(clock.instant(), until).toMinutes());
      sequencer.advanceTo(until.minus(MILLI));
      assertThat(transport.attempted()).hasSize(i + 1);
      clock.set(until);
    }
    assertThat(rests).containsExactly(1L, 2L, 5L, 15L, 60L, 60L);
    transport.onNext(FakeAnswer.accept(), throttled);
    sequencer.runUntilIdle();
    assertThat(rest(sequencer)).isEmpty();
    sequencer.advance(Duration.ofHours(1));
    assertThat(restsUntil(sequencer)).contains(clock.instant().plus(Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K11 a mailbox whose login is refused stops until it is reconnected")
  void login(Kept kept) {
    for (Kind kind : List.of(Kind.LOGIN, Kind.TOKEN)) {
      transport.reset();
      TestSequencer sequencer = start(FaultyStore.around(kept.in(folder, kind.name())), ONE);
      transport.onNext(trouble(kind));
      enroll(sequencer, ONE, "bo@example.com");
      sequencer.advance(Duration.ofDays(30));
      assertThat(transport.attempted()).hasSize(1);
      assertThat(rest(sequencer).orElseThrow().until()).isEmpty();
      sequencer.mailboxes().reconnect(MAILBOX, Act.because("a new password"));
      sequencer.runUntilIdle();
      assertThat(transport.accepted()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K11 a daily limit rests to the next quota day, a rolling one for 24 hours")
  void dailyLimit(Kept kept) {
    for (boolean rolling : List.of(false, true)) {
      transport.reset();
      Instant noon = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(36));
      clock.set(noon);
      Mailbox calendar = mailbox().zone("Europe/Berlin").perDay(100);
      TestSequencer sequencer =
          start(
              FaultyStore.around(kept.in(folder, "rolling-" + rolling)),
              rolling ? calendar.rollingDay() : calendar,
              ONE);
      transport.onNext(trouble(Kind.DAILY_LIMIT));
      enroll(sequencer, ONE, "bo@example.com");
      sequencer.runUntilIdle();
      assertThat(restsUntil(sequencer)).contains(noon.plus(Duration.ofHours(rolling ? 24 : 10)));
      sequencer.advance(Duration.ofDays(2));
      assertThat(transport.accepted()).hasSize(1);
    }
  }

  /** While a@ is on its way, for which an answer comes later, another node is throttled with b@. */
  private void throttledMeanwhile(TestSequencer other, FakeAnswer answer, Duration later) {
    transport.answer(
        "a@example.com",
        answer.first(
            () -> {
              clock.advance(Duration.ofSeconds(1));
              enroll(other, ONE, "b@example.com");
              other.runDue();
              clock.advance(later);
            }));
    transport.answer("b@example.com", trouble(Kind.THROTTLED));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K11 reports of attempts from before a rest do not lengthen it")
  void oldReports(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer one = start(store, ONE);
    TestSequencer two = start(store, ONE);
    enroll(one, ONE, "a@example.com");
    throttledMeanwhile(two, trouble(Kind.THROTTLED), Duration.ofSeconds(2));
    one.runDue();
    assertThat(transport.attempted()).hasSize(2);
    assertThat(restsUntil(one)).contains(START.plusSeconds(61));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K11 a success of an attempt from before a rest does not end it")
  void oldSuccess(Kept kept) {
    FaultyStore store = store(kept);
    TestSequencer one = start(store, ONE);
    TestSequencer two = start(store, ONE);
    enroll(one, ONE, "a@example.com");
    throttledMeanwhile(two, FakeAnswer.accept(), Duration.ZERO);
    one.runDue();
    assertThat(transport.accepted()).hasSize(1);
    assertThat(restsUntil(one)).contains(START.plusSeconds(61));
    one.advance(Duration.ofSeconds(60));
    assertThat(transport.accepted()).hasSize(2);
    assertThat(rest(one)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S26 a hint is believed between 30 seconds and 24 hours, and after six it is a day")
  void hints(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    enroll(sequencer, ONE, "bo@example.com");
    List<Duration> hints =
        List.of(
            Duration.ofSeconds(-5),
            Duration.ofSeconds(29),
            Duration.ofSeconds(31),
            Duration.ofDays(365),
            Duration.ofHours(3),
            Duration.ofHours(3));
    List<Duration> rests = new ArrayList<>();
    for (Duration hint : hints) {
      transport.onNext(SendResult.mailboxTrouble(Kind.THROTTLED, "later").retryAfter(hint));
      sequencer.runUntilIdle();
      Instant until = restsUntil(sequencer).orElseThrow();
      rests.add(Duration.between(clock.instant(), until));
      clock.set(until);
    }
    assertThat(rests)
        .containsExactly(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(31),
            Duration.ofHours(24),
            Duration.ofHours(3),
            Duration.ofHours(24));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S16 S26 a deferred mail waits for the longer of hint and pause, a year is a day")
  void hintsOfDeferrals(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    transport.onNext(
        SendResult.deferred("451", "later").retryAfter(Duration.ofMinutes(1)),
        SendResult.deferred("451", "later").retryAfter(Duration.ofDays(365)));
    EnrollmentId enrollment = enroll(sequencer, ONE, "bo@example.com");
    sequencer.runUntilIdle();
    Instant second = START.plus(Duration.ofMinutes(5));
    assertThat(view(sequencer, enrollment).state().due()).contains(second);
    sequencer.advance(Duration.ofMinutes(5));
    assertThat(view(sequencer, enrollment).state().due())
        .contains(second.plus(Duration.ofHours(24)));
  }
}
