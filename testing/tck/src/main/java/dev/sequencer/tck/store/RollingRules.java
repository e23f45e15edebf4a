package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.BeginCall.Answer;
import dev.sequencer.spi.store.BeginCall.Capacity;
import dev.sequencer.spi.store.BeginCall.RollingCounter;
import dev.sequencer.spi.store.BeginCall.Take;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a rolling quota counts: whatever left, or may have left. */
abstract class RollingRules extends StoreRules {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant now() {
    return bench().clock().instant();
  }

  private Optional<Instant> newest(int n) {
    return bench().handle().views().nthNewest(bench().mailbox(), n);
  }

  /** Begins a mail a minute after the last. */
  private Work begun(String address) {
    bench().clock().advance(MINUTE);
    return bench().begun(address);
  }

  @Test
  void aMailboxThatNeverSentHasNoNewest() {
    assertThat(newest(1)).isEmpty();
  }

  @Test
  void anAttemptInFlightCountsAtItsBegin() {
    begun("1@x.example");
    Instant first = now();
    begun("2@x.example");
    assertThat(newest(1)).contains(now());
    assertThat(newest(2)).contains(first);
    assertThat(newest(3)).isEmpty();
    assertThat(bench().handle().views().nthNewest(bench().otherMailbox(), 1)).isEmpty();
  }

  @Test
  void aSentMailCountsWhenItLeft() {
    Work one = begun("1@x.example");
    Work two = begun("2@x.example");
    Instant begunAt = now();
    bench().complete(Plans.sent(one, begunAt.plusSeconds(30)));
    assertThat(newest(1)).contains(begunAt.plusSeconds(30));
    assertThat(newest(2)).contains(begunAt);
    bench().complete(Plans.sent(two, begunAt.plusSeconds(10)));
    assertThat(newest(2)).contains(begunAt.plusSeconds(10));
    assertThat(newest(3)).isEmpty();
  }

  @Test
  void aMailInDoubtCountsAtItsBegin() {
    Work begun = begun("1@x.example");
    Instant begunAt = now();
    bench().clock().advance(MINUTE);
    bench().complete(Plans.doubted(begun, now()));
    assertThat(newest(1)).contains(begunAt);
    assertThat(newest(2)).isEmpty();
  }

  @Test
  void whatWasNotAcceptedDoesNotCount() {
    bench().complete(Plans.failed(begun("1@x.example"), now()));
    bench().complete(Plans.deferred(begun("2@x.example"), now().plus(MINUTE)));
    Work skipped = bench().work(bench().enroll(bench().row("3@x.example")));
    bench().complete(Plans.skipped(skipped, now()));
    assertThat(newest(1)).isEmpty();
  }

  @Test
  void aMailThatIsSentAgainCountsBesideTheDoubtfulOne() {
    Work begun = begun("1@x.example");
    Instant first = now();
    Work again = begunAgain(begun);
    Instant second = now();
    assertThat(newest(1)).contains(second);
    assertThat(newest(2)).contains(first);
    Completion sent = Plans.sent(again, second.plusSeconds(1));
    bench().complete(sent);
    bench().complete(sent);
    assertThat(newest(1)).contains(second.plusSeconds(1));
    assertThat(newest(2)).contains(first);
    assertThat(newest(3)).isEmpty();
  }

  @Test
  void eachAttemptThatMayHaveLeftCountsUntilTheLastOne() {
    Work first = begun("1@x.example");
    Instant firstAt = now();
    Work second = begunAgain(first);
    Instant secondAt = now();
    Work third = begunAgain(second);
    bench().complete(Plans.failed(third, now()));
    assertThat(newest(1)).contains(secondAt);
    assertThat(newest(2)).contains(firstAt);
    assertThat(newest(3)).isEmpty();
  }

  @Test
  void aMailThatWasSentAgainCountsUpToTwoDaysBeforeTheNextSuchOne() {
    Instant old = sentAgain("1@x.example");
    Instant next = sentAgainAt("2@x.example", old.plus(RollingCounter.KEPT));
    assertThat(newest(1)).contains(next);
    assertThat(newest(2)).contains(old);
  }

  @Test
  void aMailThatWasSentAgainIsForgottenMoreThanTwoDaysAfterIt() {
    Instant old = sentAgain("1@x.example");
    Instant next = sentAgainAt("2@x.example", old.plus(RollingCounter.KEPT).plusMillis(1));
    assertThat(newest(1)).contains(next);
    assertThat(newest(2)).isEmpty();
  }

  private Instant sentAgainAt(String address, Instant at) {
    bench().clock().advance(Duration.between(now(), at).minus(MINUTE));
    return sentAgain(address);
  }

  /** Leaves a mail in doubt whose next attempt fails; gives when it may have left. */
  private Instant sentAgain(String address) {
    Work begun = begun(address);
    Instant at = now();
    bench().complete(Plans.failed(begunAgain(begun), now()));
    return at;
  }

  @Test
  void aMailInDoubtWhoseOwnOutcomeComesCountsOnce() {
    Work begun = begun("1@x.example");
    Instant at = now();
    bench().complete(Plans.doubted(begun, at));
    bench().complete(Plans.sent(begun, at.plusSeconds(5)));
    assertThat(newest(1)).contains(at.plusSeconds(5));
    assertThat(newest(2)).isEmpty();
  }

  /** Leaves an attempt in doubt and begins the next one of the same mail a minute later. */
  private Work begunAgain(Work begun) {
    bench().complete(Plans.doubted(begun, now()));
    bench().steer(begun.enrollment(), Plans.change(work -> work.state(State.WAITING)));
    bench().clock().advance(MINUTE);
    int doubtful = begun.attempt().number();
    return bench().begun(Begins.of(bench().work(begun.enrollment())).resendOf(doubtful));
  }

  @Test
  void theGateCountsWhatBeganEarlierInItsCall() {
    begun("1@x.example");
    bench().clock().advance(MINUTE);
    List<Begins> mails = new ArrayList<>();
    for (int i = 2; i < 6; i++) {
      mails.add(Begins.of(bench().work(bench().enroll(bench().row(i + "@x.example")))));
    }
    List<Answer> answers = bench().begin(rolling(3), mails.toArray(Begins[]::new));
    assertThat(answers)
        .extracting(Answer::verdict)
        .containsExactly(Verdict.BEGUN, Verdict.BEGUN, Verdict.NO_CAPACITY, Verdict.NO_CAPACITY);
    assertThat(answers.get(2).notNow())
        .map(Take.NotNow::next)
        .contains(now().minus(MINUTE).plus(Duration.ofDays(1)));
  }

  private static Capacity rolling(int limit) {
    return (row, work, ledgers, rolling, now) -> {
      Optional<Instant> oldest = rolling.nthNewest(row.mailbox(), limit);
      return oldest.isPresent()
          ? new Take.NotNow(oldest.get().plus(Duration.ofDays(1)), "rolling")
          : Begins.taken(List.of(), now);
    };
  }
}
