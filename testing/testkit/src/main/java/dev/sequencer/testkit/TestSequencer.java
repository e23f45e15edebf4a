package dev.sequencer.testkit;

import dev.sequencer.EmailAddress;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentView;
import dev.sequencer.PassReport;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerEvent;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An engine for a test: the real one, on a clock that the test moves and a transport that sends
 * nothing. Two weeks pass in a few milliseconds, on the thread of the test.
 *
 * <p>Defaults: the clock stands at Monday 2026-06-01 08:00 UTC, the engine's zone is UTC, the store
 * is in memory, the mailbox {@code sender@example.com} has no limits, and every template name has a
 * short text. {@link TestSequencerBuilder} changes each of them.
 *
 * <p>To be used by one thread at a time, as a test is.
 */
public final class TestSequencer extends DelegatingSequencer {
  private final TestSequencerBuilder parts;
  private final Store store;
  private final ManualClock clock;
  private final FakeTransport transport;
  private final Driver driver;
  private final MailReader reader;
  private final EventRecorder events = new EventRecorder();
  private final List<Sequencer> abandoned = new ArrayList<>();
  private Sequencer engine;

  TestSequencer(TestSequencerBuilder parts, Store store, ManualClock clock) {
    this.parts = parts;
    this.store = store;
    this.clock = clock;
    this.transport = parts.fake();
    this.engine = parts.newEngine(store, clock, events);
    this.driver = new Driver(clock, this::engine, parts.mostPasses());
    this.reader = new MailReader(this::engine, parts.zone());
  }

  /** Gives an engine with all defaults. */
  public static TestSequencer create() {
    return builder().build();
  }

  /** Begins to describe an engine for a test. */
  public static TestSequencerBuilder builder() {
    return new TestSequencerBuilder();
  }

  // Time.

  /**
   * Moves time on, from wake-up to wake-up: at each the engine makes passes until it is idle, so
   * every mail leaves at the instant at which it would really leave. Never jumps.
   *
   * @return what all passes did
   * @throws IllegalArgumentException when the duration is negative or finer than milliseconds
   * @throws AssertionError when the engine does not get idle, with what its last pass did
   */
  public PassReport advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "time is advanced by zero or more, but by " + duration + ": use clock().stepBack");
    }
    return driver.advanceTo(clock.instant().plus(duration));
  }

  /**
   * Moves time on to an instant, as {@link #advance}.
   *
   * @throws IllegalArgumentException when that is before now or finer than milliseconds
   * @throws AssertionError when the engine does not get idle, with what its last pass did
   */
  public PassReport advanceTo(Instant instant) {
    if (instant.isBefore(clock.instant())) {
      throw new IllegalArgumentException(
          "time that stands at " + clock.instant() + " is not set back to " + instant);
    }
    return driver.advanceTo(instant);
  }

  /**
   * Moves time on to an instant such as {@code 2026-06-02T09:00:00Z}.
   *
   * @throws IllegalArgumentException when it is no instant, before now or finer than milliseconds
   * @throws AssertionError when the engine does not get idle, with what its last pass did
   */
  public PassReport advanceTo(String instant) {
    return advanceTo(ManualClock.parse(instant));
  }

  /**
   * Moves time on to the next wake-up of the engine and makes its passes.
   *
   * @return where the clock stands now; empty when nothing waits and nothing was moved
   * @throws AssertionError when the engine does not get idle, with what its last pass did
   */
  public Optional<Instant> advanceToNextWakeUp() {
    return driver.advanceToNextWakeUp();
  }

  /**
   * Makes passes at the instant at which the clock stands until one has nothing to do.
   *
   * @throws AssertionError when the engine does not get idle, with what its last pass did
   */
  public PassReport runUntilIdle() {
    return driver.settle();
  }

  /** Gives the clock. */
  public ManualClock clock() {
    return clock;
  }

  // Mails and events.

  /** Gives the fake transport: to write answers down, and to see what it was given. */
  public FakeTransport transport() {
    return transport;
  }

  /**
   * Answers the e-mails of a step so, one after the other: a mail belongs to the step at which an
   * enrollment of its recipient is being sent.
   */
  public TestSequencer answerStep(String step, FakeAnswer... answers) {
    transport.answer(ofStep(step), answers);
    return this;
  }

  /**
   * Answers the e-mails of a step so, one after the other; see {@link FakeAnswer#of(SendResult)}.
   */
  public TestSequencer answerStep(String step, SendResult... results) {
    transport.answer(ofStep(step), results);
    return this;
  }

  private Predicate<OutgoingMail> ofStep(String step) {
    return mail ->
        engine
            .tenant(mail.sender().tenant())
            .enrollments()
            .find(
                EnrollmentQuery.all()
                    .email(mail.to().address())
                    .phase(EnrollmentPhase.SENDING)
                    .limit(1000))
            .items()
            .stream()
            .map(EnrollmentView::state)
            .anyMatch(state -> state.step().equals(Optional.of(step)));
  }

  /** Gives the mails that the fake transport accepted, of all tenants, in the order they left. */
  public List<SentMail> mails() {
    return transport.accepted().stream().map(reader::read).toList();
  }

  /**
   * Gives those to an address.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public List<SentMail> mailsTo(String address) {
    String normalized = EmailAddress.of(address).normalized();
    return transport.accepted().stream()
        .filter(accepted -> accepted.mail().to().normalized().equals(normalized))
        .map(reader::read)
        .toList();
  }

  /** Gives the mails as text, a line each with local time, step, recipient, mailbox and subject. */
  public String timeLine() {
    return mails().stream().map(SentMail::toString).collect(Collectors.joining("\n"));
  }

  /** Gives what the engine told its listeners since the test began, in order. */
  public List<SequencerEvent> events() {
    return events.all();
  }

  /** Gives the events of one kind, in order. */
  public <E extends SequencerEvent> List<E> events(Class<E> kind) {
    return events.all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  // Engines.

  /** Gives the engine that runs now. */
  @Override
  public Sequencer engine() {
    return engine;
  }

  /** Gives the store, for a second engine on it. */
  public Store store() {
    return store;
  }

  /**
   * Stops the engine and builds a new one on the same store, clock and transport, as a deploy does.
   * What {@link #tenant} and other operations gave before belongs to the engine that was stopped.
   */
  public void restart() {
    engine.stop(Duration.ZERO);
    engine = parts.newEngine(store, clock, events);
  }

  /**
   * Drops the engine without a word and builds a new one on the same store, clock and transport, as
   * after a crash: its claims and attempts stay as they are until they expire.
   */
  public void crash() {
    abandoned.add(engine);
    engine = parts.newEngine(store, clock, events);
  }

  /** Stops the engine and those that crashed. */
  @Override
  public void close() {
    abandoned.forEach(TestSequencer::stopQuietly);
    abandoned.clear();
    engine.stop(Duration.ZERO);
  }

  /** What a dead engine still says when it is put away concerns no test. */
  private static void stopQuietly(Sequencer dead) {
    try {
      dead.stop(Duration.ZERO);
    } catch (RuntimeException | Error ignored) {
      // Its store may be gone, which is what the test wanted.
    }
  }

  @Override
  public String toString() {
    return "TestSequencer[" + clock.instant() + ", " + transport.accepted().size() + " mails]";
  }
}
