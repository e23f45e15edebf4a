package dev.sequencer.testkit;

import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a fake transport does with one mail. Immutable; each method gives a new one.
 *
 * <p>In this order: it does what {@link #first} names; it asks the permit, once, when the mail is
 * to be handed over, and answers NOT_HANDED_OVER when that is refused; it accepts the mail or loses
 * it; it does what {@link #afterwards} names; it answers or throws.
 */
public final class FakeAnswer {
  private static final long LONGEST_WAIT_SECONDS = 20;

  /** What becomes of the mail. */
  enum Fate {
    /** It never leaves; the permit is not asked. */
    STAYS,
    /** It leaves and arrives. */
    ARRIVES,
    /** It leaves and is lost. */
    LOST
  }

  /** Something that a test does in the middle of a send. */
  @FunctionalInterface
  public interface Action {
    /**
     * Does it.
     *
     * @throws InterruptedException when the engine stops
     */
    void run() throws InterruptedException;
  }

  private final Fate fate;
  private final Optional<SendResult> result;
  private final Optional<RuntimeException> failure;
  private final List<Action> before;
  private final List<Action> after;

  private FakeAnswer(
      Fate fate,
      Optional<SendResult> result,
      Optional<RuntimeException> failure,
      List<Action> before,
      List<Action> after) {
    this.fate = fate;
    this.result = result;
    this.failure = failure;
    this.before = List.copyOf(before);
    this.after = List.copyOf(after);
  }

  private static FakeAnswer of(
      Fate fate, Optional<SendResult> result, Optional<RuntimeException> failure) {
    return new FakeAnswer(fate, result, failure, List.of(), List.of());
  }

  /** Accepts the mail and says so, with an id that the transport makes. */
  public static FakeAnswer accept() {
    return of(Fate.ARRIVES, Optional.empty(), Optional.empty());
  }

  /** Accepts the mail and says so, with a receipt of the test's choice. */
  public static FakeAnswer accept(Receipt receipt) {
    return of(Fate.ARRIVES, Optional.of(SendResult.sent(receipt)), Optional.empty());
  }

  /**
   * Gives a result: SENT accepts the mail, IN_DOUBT loses it after the permit was given, any other
   * one answers without asking the permit.
   */
  public static FakeAnswer of(SendResult result) {
    Fate fate =
        switch (result.outcome()) {
          case SENT -> Fate.ARRIVES;
          case IN_DOUBT -> Fate.LOST;
          case REFUSED_RECIPIENT, REFUSED_MESSAGE, DEFERRED, MAILBOX_TROUBLE, NOT_HANDED_OVER ->
              Fate.STAYS;
        };
    return of(fate, Optional.of(result), Optional.empty());
  }

  /** Loses the mail after the permit was given, and answers "in doubt". */
  public static FakeAnswer inDoubt() {
    return of(SendResult.inDoubt("the mail left, no answer came"));
  }

  /** Accepts the mail and answers "in doubt": the answer of the other side was lost. */
  public static FakeAnswer inDoubtButAccepted() {
    return of(
        Fate.ARRIVES,
        Optional.of(SendResult.inDoubt("the mail left, no answer came")),
        Optional.empty());
  }

  /** Throws before the permit is asked; the mail stays. */
  public static FakeAnswer throwing(RuntimeException failure) {
    return of(Fate.STAYS, Optional.empty(), Optional.of(failure));
  }

  /** Throws after the mail was accepted. */
  public static FakeAnswer acceptThenThrow(RuntimeException failure) {
    return of(Fate.ARRIVES, Optional.empty(), Optional.of(failure));
  }

  /** Waits for a latch, then accepts; see {@link #waitingFor}. */
  public static FakeAnswer blockUntil(CountDownLatch latch) {
    return accept().waitingFor(latch);
  }

  /** Gives the same that does something before it asks the permit. */
  public FakeAnswer first(Action action) {
    List<Action> actions = new ArrayList<>(before);
    actions.add(Objects.requireNonNull(action, "action"));
    return new FakeAnswer(fate, result, failure, actions, after);
  }

  /** Gives the same that does something right before it answers or throws. */
  public FakeAnswer afterwards(Action action) {
    List<Action> actions = new ArrayList<>(after);
    actions.add(Objects.requireNonNull(action, "action"));
    return new FakeAnswer(fate, result, failure, before, actions);
  }

  /**
   * Gives the same that waits for a latch before it asks the permit, for at most 20 seconds of real
   * time; then it throws IllegalStateException.
   */
  public FakeAnswer waitingFor(CountDownLatch latch) {
    return first(() -> await(latch));
  }

  /** Gives the same that waits for a latch right before it answers, as {@link #waitingFor}. */
  public FakeAnswer afterwardsWaitingFor(CountDownLatch latch) {
    return afterwards(() -> await(latch));
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "a fake transport waits at most "
              + LONGEST_WAIT_SECONDS
              + " s for its latch, and nobody released it: count it down in the test");
    }
  }

  Fate fate() {
    return fate;
  }

  void before() throws InterruptedException {
    for (Action action : before) {
      action.run();
    }
  }

  /** Does what comes last, and throws or gives the result; the default is that of an acceptance. */
  SendResult finish(SendResult accepted) throws InterruptedException {
    for (Action action : after) {
      action.run();
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return result.orElse(accepted);
  }
}
