package dev.sequencer.verification.kernel;

import dev.sequencer.Act;
import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentView;
import dev.sequencer.HostEvent;
import dev.sequencer.InDoubt;
import dev.sequencer.Mailbox;
import dev.sequencer.OnFailure;
import dev.sequencer.Resolution;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.tck.faults.Times;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.ManualClock;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A few engines on one store in virtual time, to whom things happen that a seed chooses: time
 * passes, people act, transports fail, calls of the store fail or lose their answers, engines die,
 * and other engines run in the middle of a pass. The same seed does the same.
 */
final class SimulatedWorld implements AutoCloseable {
  private static final SendWindow TWENTY_MINUTES_OF_EACH_HOUR =
      IntStream.range(8, 20)
          .mapToObj(hour -> String.format("%02d:", hour))
          .map(hour -> SendWindow.daily(hour + "00", hour + "20"))
          .reduce(SendWindow::and)
          .orElseThrow();
  static final Sequence DRIP =
      Sequence.named("drip")
          .window(TWENTY_MINUTES_OF_EACH_HOUR)
          .pool("a@acme.example", "b@acme.example")
          .email("one", mail -> mail.subject("drip/one").text("1"))
          .waitFor(Delay.hours(1))
          .email("two", mail -> mail.subject("drip/two").text("2"))
          .waitFor(Delay.days(1))
          .email("three", mail -> mail.subject("drip/three").text("3"))
          .build();
  static final Sequence FAST =
      Sequence.named("fast")
          .pool("b@acme.example")
          .onFailure(OnFailure.CONTINUE)
          .email("one", mail -> mail.subject("fast/one").text("1"))
          .waitFor(Delay.minutes(10))
          .email("two", mail -> mail.subject("fast/two").text("2"))
          .build();
  static final Sequence BOLD =
      Sequence.named("bold")
          .pool("c@acme.example")
          .inDoubt(InDoubt.ASSUME_SENT)
          .email("one", mail -> mail.subject("bold/one").text("1"))
          .waitFor(Delay.hours(2))
          .email("two", mail -> mail.subject("bold/two").text("2"))
          .build();
  static final List<Sequence> SEQUENCES = List.of(DRIP, FAST, BOLD);
  static final List<Mailbox> MAILBOXES =
      List.of(
          Mailbox.of("a@acme.example").via("fake").perDay(6).minGap(Duration.ofSeconds(30)),
          Mailbox.of("b@acme.example").via("fake").perHour(4),
          Mailbox.of("c@acme.example").via("fake").perDay(10).evenly());
  private static final Act ACT = Act.because("the simulation");
  private static final List<String> CALLS =
      List.of("begin", "begin", "complete", "claim", "subjects", FaultyStore.ANY);
  private static final int CONTACTS = 40;

  final ManualClock clock = ManualClock.at(TestSequencerBuilder.DEFAULT_START);
  final FakeTransport transport = FakeTransport.on(clock);
  final Sequencer observer;
  private final Random random;
  private final FaultyStore store;
  private final List<TestSequencer> engines = new ArrayList<>();
  private final Set<TestSequencer> running = new HashSet<>();
  private final Set<TestSequencer> dead = new HashSet<>();
  private final Promises promises = new Promises(this);
  private boolean everythingPaused;
  private int resumes;
  private boolean calm;

  SimulatedWorld(long seed, Store kept, int nodes) {
    random = new Random(seed);
    store = FaultyStore.around(kept);
    FakeTransport.Lookup[] lookups = FakeTransport.Lookup.values();
    transport.lookup(lookups[random.nextInt(lookups.length)]);
    Sequencer.Builder builder =
        Sequencer.builder()
            .store(kept)
            .clock(clock)
            .defaultZone("UTC")
            .node("observer")
            .transport("fake", transport);
    MAILBOXES.forEach(builder::mailbox);
    SEQUENCES.forEach(builder::sequence);
    observer = builder.build();
    for (int i = 0; i < nodes; i++) {
      engines.add(engine());
    }
  }

  private TestSequencer engine() {
    TestSequencerBuilder builder =
        TestSequencer.builder().clock(clock).store(store).transport(transport);
    MAILBOXES.forEach(builder::mailbox);
    SEQUENCES.forEach(builder::sequence);
    return builder.build();
  }

  /** Lets one thing happen, and checks the promises. */
  void happen() {
    if (random.nextInt(3) == 0) {
      fault();
    }
    if (random.nextInt(2) == 0) {
      transport.onNext(answer());
    }
    if (random.nextInt(2) == 0) {
      Times when = Times.nth(1 + random.nextInt(4));
      store.onCall(CALLS.get(random.nextInt(CALLS.size())), when, this::interleave);
    }
    if (random.nextInt(2) == 0) {
      run(any(), true);
    } else {
      act();
    }
    store.heal();
    bury();
    promises.check();
  }

  private void fault() {
    Times when = Times.nth(1 + random.nextInt(40));
    switch (random.nextInt(4)) {
      case 0 -> store.failBefore(FaultyStore.ANY, when);
      case 1 -> store.failAfter(FaultyStore.ANY, when);
      case 2 -> store.crashBefore(FaultyStore.ANY, when);
      default -> store.crashAfter(FaultyStore.ANY, when);
    }
  }

  private FakeAnswer answer() {
    return switch (random.nextInt(13)) {
      case 0 -> FakeAnswer.of(SendResult.deferred("451", "later"));
      case 1 -> FakeAnswer.of(SendResult.refusedRecipient("550", "unknown"));
      case 2 -> FakeAnswer.of(SendResult.refusedMessage("554", "no"));
      case 3 -> FakeAnswer.of(SendResult.mailboxTrouble(Kind.THROTTLED, "slow down"));
      case 4 -> FakeAnswer.of(SendResult.mailboxTrouble(Kind.POLICY, "not this"));
      case 5 -> FakeAnswer.of(SendResult.mailboxTrouble(Kind.LOGIN, "who are you"));
      case 6 -> FakeAnswer.of(SendResult.notHandedOver("no connection"));
      case 7 -> FakeAnswer.inDoubt();
      case 8 -> FakeAnswer.inDoubtButAccepted();
      case 9 -> FakeAnswer.throwing(new IllegalStateException("a fault of the transport"));
      case 10 -> FakeAnswer.acceptThenThrow(new IllegalStateException("a fault afterwards"));
      case 11 -> FakeAnswer.accept().first(this::meanwhile);
      default -> FakeAnswer.accept().afterwards(this::meanwhile);
    };
  }

  /** What happens while a mail is being sent: it takes long, and others go on. */
  private void meanwhile() {
    clock.advance(Duration.ofSeconds(random.nextInt(random.nextBoolean() ? 120 : 1_500)));
    interleave();
  }

  private void interleave() {
    if (calm) {
      return;
    }
    if (random.nextBoolean()) {
      act();
      return;
    }
    engines.stream()
        .filter(engine -> !running.contains(engine) && !dead.contains(engine))
        .findAny()
        .ifPresent(engine -> run(engine, false));
  }

  private void run(TestSequencer engine, boolean time) {
    running.add(engine);
    try {
      if (!time) {
        engine.runDue();
      } else if (random.nextInt(4) == 0) {
        clock.advance(Duration.ofMillis(random.nextInt(3_000)));
        engine.runUntilIdle();
      } else {
        engine.advance(Duration.ofMinutes(1L << random.nextInt(10)));
      }
    } catch (SimulatedCrash crash) {
      dead.add(engine);
    } catch (RuntimeException failed) {
      // A pass that fails is made again.
    } finally {
      running.remove(engine);
    }
  }

  /** Does what a host does, whose call may fail: then it does not know whether it was done. */
  private void act() {
    promises.check();
    promises.nothingIsSure();
    try {
      choose();
    } catch (SimulatedCrash crash) {
      engines.stream().filter(engine -> !running.contains(engine)).forEach(dead::add);
    } catch (RuntimeException failed) {
      // It is not known whether it was done.
    }
    promises.check();
  }

  private void bury() {
    dead.forEach(TestSequencer::crash);
    dead.clear();
  }

  private TestSequencer any() {
    return engines.get(random.nextInt(engines.size()));
  }

  private void choose() {
    TestSequencer host = any();
    String address = address(random.nextInt(CONTACTS));
    String mailbox = MAILBOXES.get(random.nextInt(MAILBOXES.size())).address().address();
    String sequence = SEQUENCES.get(random.nextInt(SEQUENCES.size())).name();
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> enroll(host, sequence);
      case 5 -> pauseEverything(host);
      case 6 -> resumeEverything(host);
      case 7, 8, 16, 17, 18, 19 -> onOne(host);
      case 9 -> host.sequences().pause(sequence, ACT);
      case 10 -> host.sequences().resume(sequence, ACT);
      case 11 -> host.mailboxes().pause(mailbox, ACT);
      case 12 -> host.mailboxes().resume(mailbox, ACT);
      case 13 -> suppress(host, address);
      case 14 -> event(host);
      default -> host.mailboxes().reconnect(mailbox, ACT);
    }
  }

  private void enroll(Sequencer host, String sequence) {
    int first = random.nextInt(CONTACTS);
    for (int i = first; i < first + 4; i++) {
      host.enroll(sequence, Contact.of(address(i)));
    }
  }

  private void pauseEverything(Sequencer host) {
    int before = resumes;
    host.pauseEverything(ACT);
    everythingPaused = before == resumes;
  }

  private void resumeEverything(Sequencer host) {
    everythingPaused = false;
    resumes++;
    host.resumeEverything(ACT);
    // A pause within may have come before.
    everythingPaused = false;
  }

  /** Says whether nothing may begin; false when that is not known. */
  boolean everythingPaused() {
    return everythingPaused;
  }

  static String address(int number) {
    return "c" + number + "@d" + number % 3 + ".example";
  }

  private void suppress(Sequencer host, String address) {
    if (random.nextInt(4) == 0) {
      host.suppressions().suppress(address, ACT);
    } else {
      host.suppressions().unsuppress(address, ACT);
    }
  }

  private void onOne(Sequencer host) {
    List<EnrollmentView> next =
        Promises.enrollments(observer).stream()
            .filter(enrollment -> enrollment.state().due().isPresent())
            .sorted(Comparator.comparing(enrollment -> enrollment.state().due().orElseThrow()))
            .toList();
    if (next.isEmpty()) {
      return;
    }
    // Those that are due first are those that are being sent.
    int among = random.nextBoolean() ? next.size() : Math.min(next.size(), 3);
    EnrollmentView one = next.get(random.nextInt(among));
    switch (random.nextInt(8)) {
      case 0, 1 -> host.enrollments().pause(one.id(), ACT);
      case 2, 3 -> host.enrollments().resume(one.id(), ACT);
      case 4 -> host.enrollments().skip(one.id(), ACT);
      case 5 -> host.enrollments().hold(one.id(), ACT);
      case 6 -> host.enrollments().runNow(one.id(), ACT);
      default -> {
        if (random.nextInt(3) == 0) {
          host.enrollments().cancel(one.id(), ACT);
        }
      }
    }
  }

  private void event(Sequencer host) {
    List<OutgoingMail> sent = transport.accepted().stream().map(a -> a.mail()).toList();
    if (sent.isEmpty()) {
      return;
    }
    OutgoingMail about = sent.get(random.nextInt(sent.size()));
    HostEvent event =
        switch (random.nextInt(5)) {
          case 0 -> HostEvent.replied();
          case 1 -> HostEvent.bounced();
          case 2 -> HostEvent.unsubscribed();
          default -> HostEvent.opened();
        };
    host.record(event.messageId(about.messageId()));
  }

  /** Ends all faults and pauses, and lets everything come to its end. */
  void calmDown() {
    calm = true;
    resumeEverything(observer);
    SEQUENCES.forEach(sequence -> observer.sequences().resume(sequence.name(), ACT));
    for (int round = 0; round < 60 && !Promises.atRest(observer); round++) {
      for (Mailbox mailbox : MAILBOXES) {
        observer.mailboxes().resume(mailbox.address().address(), ACT);
        observer.mailboxes().reconnect(mailbox.address().address(), ACT);
      }
      new Operator(observer, transport).decide(ACT);
      promises.check();
      for (TestSequencer engine : engines) {
        engine.advance(Duration.ofHours(12));
      }
    }
    promises.check();
    promises.atTheEnd();
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    engines.forEach(TestSequencer::close);
    observer.close();
  }

  /** Somebody who looks into the mailbox before deciding about a mail in doubt. */
  private record Operator(Sequencer sequencer, FakeTransport transport) {
    void decide(Act act) {
      for (EnrollmentView one : Promises.enrollments(sequencer)) {
        switch (one.status()) {
          case PAUSED, HELD -> sequencer.enrollments().resume(one.id(), act);
          case ACTIVE, ENDED -> {}
        }
      }
      for (DeliveryView delivery : Promises.inDoubt(sequencer)) {
        boolean sent =
            transport.accepted().stream()
                .anyMatch(a -> a.mail().messageId().equals(delivery.messageId()));
        Resolution decision = sent ? Resolution.WAS_SENT : Resolution.RESEND;
        boolean done = sequencer.deliveries().resolve(delivery.id(), decision, act).done();
        if (!done && !sent) {
          // What has ended meanwhile is not sent again.
          sequencer.deliveries().resolve(delivery.id(), Resolution.SKIP, act);
        }
      }
    }
  }
}
