package dev.sequencer.verification.simulation;

import dev.sequencer.Contact;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerConfig;
import dev.sequencer.SequencerConfig.Settings;
import dev.sequencer.internal.dispatch.Workers;
import dev.sequencer.internal.engine.EngineProvider;
import dev.sequencer.spi.CredentialStore;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.ModelSource;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.spi.VirtualClock;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.faults.FaultPlan;
import dev.sequencer.tck.faults.SendPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** All that a seed chooses: how many engines, what goes wrong how often, who does what when. */
final class World {
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  private static final int MOST_STEPS = 400_000;

  private final Random chance;
  private final Baton baton;
  private final Trace trace = new Trace();
  private final Promises promises;
  private final Watched store;
  private final FarEnd farEnd;
  private final Staging staging = new Staging(this);
  private final List<FaultPlan> plans = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Host> hosts = new ArrayList<>();
  private final Set<EnrollmentId> byHand = new HashSet<>();
  private final Set<EnrollmentId> retried = new HashSet<>();
  private final Odds odds;
  private final int contacts;
  private final int hours;
  private boolean calm;
  private Optional<Throwable> failure = Optional.empty();

  /**
   * How often things go wrong: at one call in so many, 0 for never.
   *
   * @param failures calls of the store fail
   * @param crashes nodes die at a call of a transport; at one of the store, a quarter as often
   * @param freezes nodes freeze
   * @param slowness calls take long
   * @param troubles sends go wrong
   * @param delays parts of sends take minutes
   * @param skew by how many milliseconds clocks differ at most
   */
  private record Odds(
      int failures, int crashes, int freezes, int slowness, int troubles, int delays, int skew) {
    static Odds by(Random chance) {
      return new Odds(
          one(chance, 30, 400),
          one(chance, 30, 300),
          one(chance, 200, 2_000),
          one(chance, 5, 60),
          one(chance, 2, 8),
          one(chance, 3, 30),
          chance.nextInt(4) == 0 ? 1 + chance.nextInt(4_000) : 0);
    }

    private static int one(Random chance, int least, int most) {
      return chance.nextInt(4) == 0 ? 0 : least + chance.nextInt(most - least);
    }
  }

  /**
   * Makes the world of a seed.
   *
   * @param hours how long things may go wrong at most
   */
  World(long seed, Store kept, int hours) {
    this.hours = hours;
    chance = new Random(seed * 0x9E3779B97F4A7C15L);
    odds = Odds.by(chance);
    long start = START.toEpochMilli() + chance.nextInt((int) Duration.ofDays(7).toMillis());
    baton = new Baton(chance, start, 1 + chance.nextInt(8));
    promises = new Promises(new Limits(Duration.ofMillis(2L * odds.skew)));
    store = new Watched(kept, this);
    farEnd =
        new FarEnd(
            this,
            SendPlan.by(chance, Duration.ofMinutes(4))
                .troubleOneIn(odds.troubles)
                .delayOneIn(odds.delays));
    contacts = 3 + chance.nextInt(8);
    int sending = 2 + chance.nextInt(3);
    for (int i = 1; i <= sending; i++) {
      nodes.add(new Node(this, "n" + i, clock(), chance.nextInt(3) == 0 ? 0 : 1 << i));
    }
    for (int i = 1; i <= 5 - sending && i <= 2; i++) {
      hosts.add(new Host(this, "h" + i, clock()));
    }
  }

  private NodeClock clock() {
    int skew = odds.skew;
    return skew == 0
        ? new NodeClock(baton, 0, 0)
        : new NodeClock(baton, chance.nextInt(5), chance.nextInt(skew));
  }

  /** Runs it to its end; gives what is wrong. */
  Optional<String> run() {
    Duration trouble = Duration.ofMinutes(30 + chance.nextInt(hours * 60));
    try {
      prepare();
      nodes.forEach(Node::begin);
      hosts.forEach(Host::begin);
      spawn("director", () -> new Director(this, trouble).direct());
      baton.run();
    } finally {
      store.close();
    }
    return promises.broken();
  }

  /** What has been there before anything can go wrong. */
  private void prepare() {
    Sequencer first = bystander("first", store, clock());
    first.sequences().list();
    Scene.ACMES.forEach(first.tenant(Scene.ACME).mailboxes()::save);
    first.tenant(Scene.ACME).publish(Scene.acmes(1));
  }

  /** A transport where nothing is sent. */
  private static final class FarEndOfNobody implements MailTransport {
    @Override
    public dev.sequencer.spi.TransportLimits limits() {
      return FarEnd.LIMITS;
    }

    @Override
    public dev.sequencer.spi.SendResult send(
        dev.sequencer.spi.OutgoingMail mail, dev.sequencer.spi.Permit permit) {
      throw new IllegalStateException("nothing is sent from here");
    }
  }

  Sequencer engine(
      String name,
      Store itsStore,
      VirtualClock clock,
      Map<String, MailTransport> transports,
      Workers workers) {
    Settings defaults = Settings.DEFAULT;
    Settings settings =
        new Settings(
            8,
            Optional.empty(),
            defaults.claimExpiry(),
            defaults.decisionMargin(),
            defaults.sweep(),
            defaults.inDoubt(),
            defaults.hostCodeLimit(),
            defaults.expectPassWithin(),
            false);
    List<Mailbox> mailboxes = Scene.MAILBOXES;
    return new EngineProvider(() -> workers)
        .create(
            new SequencerConfig(
                Optional.of(itsStore),
                new SequencerConfig.MailParts(
                    transports,
                    CredentialStore.none(),
                    TemplateSource.none(),
                    Optional.empty(),
                    ModelSource.none()),
                Scene.SEQUENCES,
                mailboxes,
                new SequencerConfig.Time(clock, Optional.of(ZoneId.of(Scene.ZONE))),
                Optional.of(name),
                List.of(),
                settings));
  }

  Sequencer bystander(String name, Store itsStore, VirtualClock clock) {
    MailTransport nobody = new FarEndOfNobody();
    return engine(
        name,
        itsStore,
        clock,
        Map.of(Scene.PLAIN, nobody, Scene.STAGED, nobody),
        Workers.onCallersThread());
  }

  FaultPlan storePlan() {
    FaultPlan plan = FaultPlan.by(chance);
    if (!calm) {
      plan.failOneIn(odds.failures).endAtOneIn(odds.crashes * 4);
    }
    plans.add(plan);
    return plan;
  }

  /** Ends all faults. */
  void calmDown() {
    calm = true;
    plans.forEach(FaultPlan::stop);
    farEnd.plan().stop();
  }

  /** Notes that people skip a step of a run or move it to another. */
  void decides(EnrollmentId id) {
    byHand.add(id);
  }

  /** Notes that somebody lets a failed step be tried again, whose outcome is then another one. */
  void retries(EnrollmentId id) {
    retried.add(id);
  }

  boolean retried(EnrollmentId id) {
    return retried.contains(id);
  }

  boolean decided(EnrollmentId id) {
    return byHand.contains(id);
  }

  Baton baton() {
    return baton;
  }

  Contact contact(int number) {
    Contact contact = Contact.of(Scene.address(number));
    String zone = Scene.zone(number);
    return zone.isEmpty() ? contact : contact.zone(zone);
  }

  int contacts() {
    return contacts;
  }

  /** Now and then somebody acts on a run in the very moment in which a mail of it is to begin. */
  boolean meddles(BeginCall call) {
    if (calm || call.rows().isEmpty() || !strikes(12)) {
      return false;
    }
    long run = call.rows().get(chance.nextInt(call.rows().size())).enrollment();
    return hosts.stream().anyMatch(host -> host.meddle(run));
  }

  /** Lets another node look soon, as its polling does. */
  void nudge(Node except) {
    Node other = nodes.get(chance.nextInt(nodes.size()));
    if (other != except) {
      other.nudge(pollWithin());
    }
  }

  void nudge() {
    nodes.forEach(node -> node.nudge(pollWithin()));
  }

  private int pollWithin() {
    return 1 + chance.nextInt(1_000);
  }

  /** Sets clocks that differ right, or wrong in another way. */
  void setClocks() {
    if (odds.skew > 0) {
      nodes.forEach(node -> node.clock().set(chance.nextInt(odds.skew)));
    }
  }

  long longestSleep() {
    return calm ? Duration.ofHours(6).toMillis() : Duration.ofMinutes(45).toMillis();
  }

  void note(String who, String what) {
    trace.note(baton.now(), who, what);
    if (trace.steps() > MOST_STEPS) {
      promises.breaks("a run comes to rest", "it has made " + MOST_STEPS + " steps");
    }
    if (promises.broken().isPresent()) {
      baton.end();
    }
  }

  void failed(Throwable what) {
    if (failure.isEmpty()) {
      failure = Optional.of(what);
    }
  }

  Optional<Throwable> failure() {
    return failure;
  }

  Baton.Strand spawn(String name, Runnable code) {
    return baton.spawn(
        name,
        () -> {
          try {
            code.run();
          } catch (Baton.RunIsOver end) {
            throw end;
          } catch (Throwable unexpected) {
            promises.breaks("nothing else is thrown", name + " ends by " + unexpected);
            failed(unexpected);
            baton.end();
          }
        });
  }

  void end() {
    baton.end();
  }

  void pass() {
    baton.pass();
  }

  void sleep(long millis) {
    baton.sleepUntil(baton.now() + millis);
  }

  void wake(Baton.Strand strand, long at) {
    baton.wake(strand, at);
  }

  long now() {
    return baton.now();
  }

  boolean strikes(int oneIn) {
    return oneIn > 0 && chance.nextInt(oneIn) == 0;
  }

  int freezes() {
    return odds.freezes;
  }

  int crashes() {
    return odds.crashes;
  }

  int slowness() {
    return odds.slowness;
  }

  Random chance() {
    return chance;
  }

  boolean calm() {
    return calm;
  }

  Promises promises() {
    return promises;
  }

  FarEnd farEnd() {
    return farEnd;
  }

  Staging staging() {
    return staging;
  }

  Watched store() {
    return store;
  }

  Trace trace() {
    return trace;
  }

  @Override
  public String toString() {
    return nodes.size() + " nodes, " + hosts.size() + " hosts, " + contacts + " contacts, " + odds;
  }
}
