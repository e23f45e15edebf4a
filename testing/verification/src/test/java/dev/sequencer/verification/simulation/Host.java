package dev.sequencer.verification.simulation;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.EnrollResult;
import dev.sequencer.EnrollmentId;
import dev.sequencer.HostEvent;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerException;
import dev.sequencer.SequencerOperations;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.tck.faults.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** People and programs that enroll, pause, stop, reply and decide while nodes send. */
final class Host {
  private static final Act ACT = Act.because("the simulation");

  private final World world;
  private final String name;
  private final NodeClock clock;
  private final Stops stops;
  private final Random chance;
  private final List<Known> known = new ArrayList<>();
  private Optional<Baton.Strand> strand = Optional.empty();
  private Optional<Known> urgent = Optional.empty();
  private boolean idle;
  private int events;

  /** A run that it began. */
  private record Known(String tenant, String sequence, EnrollmentId id, String address) {
    String run() {
      return tenant + ":" + address + "/" + sequence;
    }
  }

  Host(World world, String name, NodeClock clock) {
    this.world = world;
    this.name = name;
    this.clock = clock;
    this.stops = world.promises().stops();
    this.chance = world.chance();
  }

  void begin() {
    strand = Optional.of(world.spawn(name, this::live));
  }

  /** Lets it act on a run at once; says whether it does, which needs that it began the run. */
  boolean meddle(long run) {
    Optional<Known> found = known.stream().filter(one -> one.id.value() == run).findFirst();
    if (!idle || found.isEmpty()) {
      return false;
    }
    urgent = found;
    strand.ifPresent(one -> world.wake(one, world.now()));
    return true;
  }

  private void live() {
    while (!world.calm()) {
      try {
        FaultyStore store =
            FaultyStore.around(world.store())
                .onCall(FaultyStore.ANY, world::pass)
                .afterCall(FaultyStore.ANY, Times.always(), world::pass)
                .following(world.storePlan());
        Sequencer sequencer = world.bystander(name, store, clock);
        while (!world.calm()) {
          actSoon(sequencer);
        }
      } catch (SimulatedCrash | StoreException notStarted) {
        world.note(name, "is dead");
        world.sleep(1_000);
      }
    }
  }

  private void actSoon(Sequencer sequencer) {
    long most = Duration.ofMinutes(chance.nextInt(4) == 0 ? 40 : 4).toMillis();
    idle = true;
    world.sleep(1 + chance.nextInt((int) most));
    idle = false;
    Optional<Known> now = urgent;
    urgent = Optional.empty();
    if (world.calm()) {
      return;
    }
    try {
      if (now.isPresent()) {
        onOne(sequencer, now.get());
      } else {
        act(sequencer);
      }
    } catch (StoreException unknown) {
      world.note(name, "does not know whether it was done");
    } catch (SequencerException refused) {
      world.note(name, "is refused: " + refused.getMessage());
    }
    world.nudge();
  }

  private void act(Sequencer sequencer) {
    boolean own = chance.nextInt(4) > 0;
    String tenant = own ? "" : Scene.ACME;
    SequencerOperations operations = own ? sequencer : sequencer.tenant(tenant);
    String sequence =
        own ? Scene.SEQUENCES.get(chance.nextInt(Scene.SEQUENCES.size())).name() : "news";
    String mailbox =
        (own ? Scene.MAILBOXES.get(chance.nextInt(Scene.MAILBOXES.size())) : Scene.ACMES.get(0))
            .address()
            .address();
    String address = Scene.address(chance.nextInt(world.contacts()));
    switch (chance.nextInt(40)) {
      case 0 -> stop(Stops.EVERYTHING, "pauses everything", () -> sequencer.pauseEverything(ACT));
      case 1, 2, 3 ->
          release(Stops.EVERYTHING, "resumes everything", () -> sequencer.resumeEverything(ACT));
      case 4 ->
          stop(
              Stops.sequence(tenant, sequence),
              "pauses " + sequence,
              () -> operations.sequences().pause(sequence, ACT));
      case 5, 6, 7 ->
          release(
              Stops.sequence(tenant, sequence),
              "resumes " + sequence,
              () -> operations.sequences().resume(sequence, ACT));
      case 8 ->
          stop(
              Stops.mailbox(mailbox),
              "pauses " + mailbox,
              () -> operations.mailboxes().pause(mailbox, ACT));
      case 9, 10 ->
          release(
              Stops.mailbox(mailbox),
              "resumes " + mailbox,
              () -> operations.mailboxes().resume(mailbox, ACT));
      case 11, 12 ->
          say("reconnects " + mailbox, () -> operations.mailboxes().reconnect(mailbox, ACT));
      case 13 -> suppress(operations, address);
      case 14, 15 ->
          say("unsuppresses " + address, () -> operations.suppressions().unsuppress(address, ACT));
      case 16 -> publish(operations, own);
      case 17, 18, 19, 20 -> event(sequencer);
      case 21, 22, 23, 24, 25, 26, 27 -> onOne(sequencer);
      case 28 -> resolveOne(sequencer);
      default -> enroll(operations, tenant, sequence);
    }
  }

  private void say(String what, Supplier<ActResult> act) {
    world.note(name, what);
    ActResult result = act.get();
    world.note(name, what + ": " + result.outcome());
  }

  private void stop(String scope, String what, Supplier<ActResult> act) {
    Stops.Stop stop = stops.stopping(scope);
    world.note(name, what);
    ActResult result = act.get();
    if (result.done()) {
      stop.done();
    }
    world.note(name, what + ": " + result.outcome());
  }

  private void release(String scope, String what, Supplier<ActResult> act) {
    stops.release(scope, () -> say(what, act));
  }

  private void suppress(SequencerOperations operations, String address) {
    String target = chance.nextInt(8) == 0 ? address.substring(address.indexOf('@') + 1) : address;
    say(
        "suppresses " + target,
        () ->
            chance.nextBoolean()
                ? operations.suppressions().suppress(target, ACT)
                : operations.suppressions().suppressEverything(target, ACT));
  }

  private void publish(SequencerOperations operations, boolean own) {
    if (!own) {
      int version = 1 + chance.nextInt(3);
      world.note(name, "publishes version " + version);
      operations.publish(Scene.acmes(version));
    }
  }

  private void enroll(SequencerOperations operations, String tenant, String sequence) {
    int first = chance.nextInt(world.contacts());
    int count = 1 + chance.nextInt(4);
    for (int i = first; i < first + count; i++) {
      int number = i % world.contacts();
      world.note(name, "enrolls " + number + " in " + tenant + ":" + sequence);
      EnrollResult result = operations.enroll(sequence, world.contact(number));
      result
          .enrollment()
          .map(id -> new Known(tenant, sequence, id, Scene.address(number)))
          .filter(one -> !known.contains(one))
          .ifPresent(known::add);
    }
  }

  private void event(Sequencer sequencer) {
    List<Mailing> accepted = world.farEnd().accepted();
    if (accepted.isEmpty()) {
      return;
    }
    Mailing mail = accepted.get(chance.nextInt(accepted.size()));
    HostEvent event =
        switch (chance.nextInt(8)) {
          case 0, 1, 2 -> HostEvent.replied();
          case 3 -> HostEvent.bounced();
          case 4 -> HostEvent.unsubscribed();
          default -> HostEvent.opened();
        };
    String id = name + "-" + ++events;
    world.note(name, event.kind() + " of " + mail);
    SequencerOperations operations =
        mail.tenant().isEmpty() ? sequencer : sequencer.tenant(mail.tenant());
    Stops.Stop stop = stops.stopping(Stops.run(mail.run()));
    int concerned = operations.record(event.id(id).messageId(mail.messageId()));
    if (event.kind() == HostEvent.Kind.REPLIED && concerned > 0) {
      stop.done();
    }
    world.note(name, event.kind() + " concerns " + concerned);
  }

  private void onOne(Sequencer sequencer) {
    if (known.isEmpty()) {
      return;
    }
    onOne(sequencer, known.get(chance.nextInt(known.size())));
  }

  private void onOne(Sequencer sequencer, Known one) {
    SequencerOperations operations =
        one.tenant.isEmpty() ? sequencer : sequencer.tenant(one.tenant);
    EnrollmentId id = one.id;
    String scope = Stops.enrollment(id.value());
    var acts = operations.enrollments();
    switch (chance.nextInt(14)) {
      case 0, 1, 2 -> stop(scope, "pauses " + id, () -> acts.pause(id, ACT));
      case 3, 4, 5 -> release(scope, "resumes " + id, () -> acts.resume(id, ACT));
      case 6 -> stop(scope, "cancels " + id, () -> acts.cancel(id, ACT));
      case 7 -> {
        world.decides(id);
        release(scope, "skips " + id, () -> acts.skip(id, ACT));
      }
      case 8 -> release(scope, "holds " + id, () -> acts.hold(id, ACT));
      case 9, 10 -> release(scope, "runs now " + id, () -> acts.runNow(id, ACT));
      case 11 -> {
        world.retries(id);
        // Who retries what has failed lets it go on though there was a reply meanwhile.
        stops.release(
            Stops.run(one.run()), () -> release(scope, "retries " + id, () -> acts.retry(id, ACT)));
      }
      default -> {
        List<String> steps = Scene.STEPS.get(one.sequence);
        String step = steps.get(chance.nextInt(steps.size()));
        world.decides(id);
        release(scope, "moves " + id + " to " + step, () -> acts.move(id, step, ACT));
      }
    }
  }

  private void resolveOne(Sequencer sequencer) {
    Operator operator = new Operator(world, sequencer, name);
    for (String tenant : List.of("", Scene.ACME)) {
      operator.resolve(tenant, chance.nextInt(3) == 0);
    }
  }
}
