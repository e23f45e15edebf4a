package dev.sequencer.internal.engine;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.BulkResult;
import dev.sequencer.BulkSummary;
import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.Contacts;
import dev.sequencer.Deliveries;
import dev.sequencer.DeliveryId;
import dev.sequencer.EnrollRequest;
import dev.sequencer.EnrollResult;
import dev.sequencer.Enrollments;
import dev.sequencer.Health;
import dev.sequencer.HostEvent;
import dev.sequencer.Mailboxes;
import dev.sequencer.PassReport;
import dev.sequencer.PublishResult;
import dev.sequencer.RenderedMail;
import dev.sequencer.RunScope;
import dev.sequencer.Send;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerConfig;
import dev.sequencer.SequencerOperations;
import dev.sequencer.Sequences;
import dev.sequencer.Suppressions;
import dev.sequencer.Zones;
import dev.sequencer.internal.catalog.MailboxKeeper;
import dev.sequencer.internal.catalog.Publisher;
import dev.sequencer.internal.dispatch.History;
import dev.sequencer.internal.dispatch.HostCode;
import dev.sequencer.internal.dispatch.Machine;
import dev.sequencer.internal.dispatch.Parts;
import dev.sequencer.internal.dispatch.Telling;
import dev.sequencer.internal.dispatch.Workers;
import dev.sequencer.internal.operations.Inbox;
import dev.sequencer.internal.operations.Operations;
import dev.sequencer.spi.HostTransaction;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine as a host holds it.
 *
 * <p>Life: built, then started once, then stopped once. Operations and {@code runDue} work before
 * {@code start} and, except {@code runDue}, until the store is closed by {@code stop}.
 */
final class Engine implements Sequencer {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");
  private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

  private enum Life {
    BUILT,
    STARTED,
    STOPPED
  }

  private final SequencerConfig config;
  private final Parts parts;
  private final Publisher publisher;
  private final MailboxKeeper keeper;
  private final Operations operations;
  private final Inbox inbox;
  private final History history;
  private final Machine direct;
  private final Nodes nodes;
  private final Pulse pulse;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Thread ending;
  private Life life = Life.BUILT;
  private Optional<EngineThreads> threads = Optional.empty();
  private Optional<Machine> machine = Optional.empty();
  private Optional<Listening> listening = Optional.empty();
  private boolean declared;
  private final Telling telling = new Telling();

  Engine(
      SequencerConfig config,
      Parts parts,
      Publisher publisher,
      MailboxKeeper keeper,
      Signal signal,
      Operations operations,
      Inbox inbox,
      Nodes nodes,
      Workers passWorkers) {
    this.config = config;
    this.parts = parts;
    this.publisher = publisher;
    this.keeper = keeper;
    this.operations = operations;
    this.inbox = inbox;
    this.nodes = nodes;
    this.history = new History(parts.events());
    this.pulse = new Pulse(parts, config.settings());
    this.direct = new Machine(parts, passWorkers, HostCode.direct(), history, () -> {});
    signal.to(this::signalled);
  }

  private boolean virtual() {
    return config.time().clock() instanceof VirtualClock;
  }

  private void signalled() {
    direct.stir();
    machine.ifPresent(Machine::stir);
    threads.ifPresent(EngineThreads::signal);
  }

  /** Saves the declared mailboxes and publishes the declared sequences, once. */
  private synchronized void declare() {
    if (!declared) {
      config.mailboxes().forEach(keeper::declare);
      config
          .sequences()
          .forEach(sequence -> publisher.publish("", sequence, Publisher.How.DECLARED));
      parts.store().wake(java.util.List.of(), parts.store().now());
      new ZoneRules(parts).replanWhereRulesChanged();
      declared = true;
    }
  }

  @Override
  public synchronized void start() {
    if (life == Life.STOPPED) {
      throw new IllegalStateException("an engine is started once: build a new one");
    }
    if (virtual()) {
      throw new IllegalStateException(
          "an engine on a virtual clock is driven by runDue() or the test kit's advance(): do not"
              + " call start()");
    }
    if (life == Life.STARTED) {
      return;
    }
    declare();
    EngineThreads own =
        new EngineThreads(
            nodes.name(), config.settings(), config.mail().transports().size(), this::step);
    threads = Optional.of(own);
    machine = Optional.of(new Machine(parts, own, own, history, own::signal));
    listening = parts.store().wakeUps().map(heard -> new Listening(heard, this::signalled));
    life = Life.STARTED;
    own.start();
    listening.ifPresent(own::alongside);
    LOG.info(
        "started node '{}' with {} workers, time-zone rules {}",
        nodes.name(),
        config.settings().workers(),
        Zones.tzdbVersion());
  }

  /** Makes one pass on the driver's thread; gives how long it may wait before the next. */
  private Duration step() {
    Optional<Machine> running = machine;
    if (running.isEmpty()) {
      return AFTER_FAULT;
    }
    try {
      inbox.carryOutNowAndThen();
      PassReport report = running.get().pass(RunScope.EVERYTHING);
      nodes.passed();
      if (!running.get().claimsFail()) {
        recovered();
      }
      return waitTime(report);
    } catch (RuntimeException | Error e) {
      // Also an error of the machine, such as no memory, must not end the driver unnoticed.
      failed(e);
      return AFTER_FAULT;
    }
  }

  private Duration waitTime(PassReport report) {
    Duration longest = listening.map(Listening::longestWait).orElse(Listening.LONGEST_WAIT);
    Duration toNext =
        report
            .nextNeededAt()
            .map(next -> Duration.between(parts.store().now(), next))
            .orElse(longest);
    if (toNext.isNegative() || toNext.isZero()) {
      return report.idle() ? Duration.ofMillis(20) : Duration.ZERO;
    }
    return toNext.compareTo(longest) < 0 ? toNext : longest;
  }

  private void failed(Throwable e) {
    if (telling.failed(parts.store().now())) {
      LOG.warn(
          "a pass failed ({}); nothing is lost, it is tried again every {}",
          e instanceof Error ? e : e.getMessage(),
          AFTER_FAULT);
      LOG.debug("what the pass threw", e);
    }
  }

  private void recovered() {
    if (telling.succeeded(parts.store().now())) {
      LOG.warn("passes succeed again");
    }
  }

  @Override
  public void stop(Duration grace) {
    if (!firstToStop()) {
      awaitEnd(grace);
      return;
    }
    Optional<EngineThreads> own = threads;
    if (own.isPresent() && own.get().callsItself()) {
      // It would wait for itself: whoever drives ends the engine after this pass.
      own.get().stopDrivingThen(() -> end(own, grace));
      return;
    }
    own.ifPresent(EngineThreads::stopDriving);
    end(own, grace);
  }

  private synchronized boolean firstToStop() {
    boolean first = life != Life.STOPPED;
    life = Life.STOPPED;
    return first;
  }

  /** Waits for the stop that another thread makes; what that one calls must not wait for itself. */
  private void awaitEnd(Duration grace) {
    boolean fromInside =
        ending == Thread.currentThread() || threads.filter(EngineThreads::callsItself).isPresent();
    if (fromInside) {
      return;
    }
    try {
      if (!ended.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("another thread was still stopping the engine after {}", grace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(Optional<EngineThreads> own, Duration grace) {
    ending = Thread.currentThread();
    try {
      endOnce(own, grace);
    } finally {
      ended.countDown();
    }
  }

  private void endOnce(Optional<EngineThreads> own, Duration grace) {
    if (own.isPresent()) {
      if (!own.get().awaitIdle(grace, this::windUp)) {
        LOG.warn(
            "{} mails were still being sent after {}; their outcome is decided when their deadline"
                + " passes",
            machine.map(Machine::inFlight).orElse(0),
            grace);
      }
      own.get().shutDown();
    }
    listening.ifPresent(Listening::end);
    config.mail().transports().values().forEach(Engine::close);
    parts.store().close();
    LOG.info("stopped node '{}'", nodes.name());
  }

  /** Takes in what workers have learnt; what the store does not take now, it may the next time. */
  private void windUp() {
    try {
      machine.ifPresent(Machine::windUp);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private static void close(MailTransport transport) {
    try {
      transport.close();
    } catch (RuntimeException e) {
      LOG.warn(
          "transport {} threw {} when it was closed",
          transport.getClass().getName(),
          e.getClass().getName());
    }
  }

  @Override
  public PassReport runDue(RunScope scope) {
    alive();
    declare();
    inbox.carryOut();
    PassReport report = direct.pass(scope);
    nodes.passed();
    return report;
  }

  private synchronized void alive() {
    if (life == Life.STOPPED) {
      throw new IllegalStateException("the engine was stopped: build a new one");
    }
  }

  @Override
  public PassReport runFor(Duration budget) {
    Instant end = parts.store().now().plus(budget);
    PassReport sum = runDue();
    boolean goOn = true;
    while (goOn) {
      Instant now = parts.store().now();
      Optional<Instant> next =
          sum.nextNeededAt().filter(at -> !at.isAfter(end)).filter(at -> now.isBefore(end));
      goOn = next.isPresent() && !virtual() && Pause.until(next.get(), parts.store()::now);
      if (goOn) {
        sum = sum.plus(runDue());
      }
    }
    return sum;
  }

  @Override
  public Health health() {
    boolean started = threads.isPresent();
    int stuck = threads.map(EngineThreads::stuck).orElse(0);
    return pulse.health(started, stuck, history.intact(), nodes);
  }

  @Override
  public int acceptHistory(Instant from) {
    int doubtful = new LostSpan(parts).doubt(from);
    publisher.acceptHistory(
        "what may have left since " + from + " is in doubt", parts.store().now());
    history.accept();
    signalled();
    return doubtful;
  }

  @Override
  public ActResult pauseEverything(Act act) {
    return operations.everything(true, act);
  }

  @Override
  public ActResult resumeEverything(Act act) {
    return operations.everything(false, act);
  }

  @Override
  public SequencerOperations tenant(String name) {
    return operations.tenant(name);
  }

  @Override
  public SequencerOperations inTransaction(HostTransaction transaction) {
    declare();
    return operations.inTransaction(transaction);
  }

  @Override
  public PublishResult publish(Sequence sequence) {
    declare();
    return operations.publish(sequence);
  }

  @Override
  public EnrollResult enroll(String sequence, Contact contact) {
    declare();
    return operations.enroll(sequence, contact);
  }

  @Override
  public EnrollResult enroll(EnrollRequest request) {
    declare();
    return operations.enroll(request);
  }

  @Override
  public BulkSummary enrollAll(
      String sequence, Stream<ContactInput> contacts, Consumer<BulkResult> each) {
    declare();
    return operations.enrollAll(sequence, contacts, each);
  }

  @Override
  public DeliveryId send(Send send) {
    declare();
    return operations.send(send);
  }

  @Override
  public int record(HostEvent event) {
    return operations.record(event);
  }

  @Override
  public RenderedMail preview(String sequence, String step, Contact contact) {
    declare();
    return operations.preview(sequence, step, contact);
  }

  @Override
  public String sendTest(
      String sequence, String step, Contact contact, String mailbox, String recipient) {
    declare();
    return operations.sendTest(sequence, step, contact, mailbox, recipient);
  }

  @Override
  public ActResult pause(Act act) {
    return operations.pause(act);
  }

  @Override
  public ActResult resume(Act act) {
    return operations.resume(act);
  }

  @Override
  public Sequences sequences() {
    declare();
    return operations.sequences();
  }

  @Override
  public Contacts contacts() {
    return operations.contacts();
  }

  @Override
  public Enrollments enrollments() {
    return operations.enrollments();
  }

  @Override
  public Deliveries deliveries() {
    return operations.deliveries();
  }

  @Override
  public Mailboxes mailboxes() {
    declare();
    return operations.mailboxes();
  }

  @Override
  public Suppressions suppressions() {
    declare();
    return operations.suppressions();
  }
}
