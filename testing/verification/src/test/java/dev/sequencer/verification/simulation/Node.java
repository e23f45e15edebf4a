package dev.sequencer.verification.simulation;

import dev.sequencer.PassReport;
import dev.sequencer.Sequencer;
import dev.sequencer.internal.dispatch.Workers;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.tck.faults.FaultPlan;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.tck.faults.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A node that sends: it wakes late, makes passes, freezes with all its threads, dies and is started
 * again. With workers it goes on while mails are sent; without it sends on the thread of its pass.
 */
final class Node {
  private static final int LONGEST_FREEZE = (int) Duration.ofMinutes(15).toMillis();
  private static final int LONGEST_DOWN = (int) Duration.ofMinutes(10).toMillis();

  private final World world;
  private final String name;
  private final NodeClock clock;
  private final int workers;
  private Optional<Baton.Strand> driver = Optional.empty();
  private boolean idle;
  private long frozenUntil;

  /** One life, from a start to a crash. */
  static final class Life {
    private boolean ended;
  }

  Node(World world, String name, NodeClock clock, int workers) {
    this.world = world;
    this.name = name;
    this.clock = clock;
    this.workers = workers;
  }

  String name() {
    return name;
  }

  NodeClock clock() {
    return clock;
  }

  void begin() {
    driver = Optional.of(world.spawn(name, this::live));
  }

  private void live() {
    while (true) {
      Life life = new Life();
      try {
        drive(start(life), life);
      } catch (SimulatedCrash | StoreException notStarted) {
        // A process that cannot start ends too.
        life.ended = true;
        world.farEnd().ends(this);
        world.note(name, "is dead");
        world.sleep(world.chance().nextInt(LONGEST_DOWN));
      }
    }
  }

  private Sequencer start(Life life) {
    world.note(name, "starts");
    FaultPlan plan = world.storePlan();
    FaultyStore store =
        FaultyStore.around(world.store())
            .onCall(FaultyStore.ANY, () -> port(life, ""))
            .afterCall(FaultyStore.ANY, Times.always(), () -> port(life, ""))
            .following(plan);
    Workers own = workers == 0 ? Workers.onCallersThread() : new Pool(life);
    FarEnd.Transport plain = world.farEnd().new Transport(this, life);
    Map<String, MailTransport> transports =
        Map.of(Scene.PLAIN, plain, Scene.STAGED, world.staging().new Transport(this, life, plain));
    return world.engine(name, store, clock, transports, own);
  }

  private void drive(Sequencer engine, Life life) {
    while (true) {
      long wait = pass(engine);
      idle = true;
      world.sleep(wait + lateness());
      idle = false;
      port(life, "wakes");
    }
  }

  /** Makes a pass; gives how long it may sleep. */
  private long pass(Sequencer engine) {
    try {
      PassReport report = engine.runDue();
      world.note(name, report.idle() ? "idle" : "passed " + report);
      if (!report.idle()) {
        world.nudge(this);
      }
      Instant now = clock.instant();
      long next =
          report.nextNeededAt().map(at -> Duration.between(now, at).toMillis()).orElse(1L << 40);
      long least = report.idle() ? 20 : 0;
      return Math.max(least, Math.min(next, world.longestSleep()));
    } catch (StoreException failed) {
      world.note(name, "pass failed");
      return 1_000;
    } catch (RuntimeException unexpected) {
      world.promises().breaks("passes do not fail", unexpected.toString());
      world.failed(unexpected);
      return 1_000;
    }
  }

  private int lateness() {
    return 1 + world.chance().nextInt(world.chance().nextBoolean() ? 50 : 3_000);
  }

  /** Wakes it when it sleeps between passes. */
  void nudge(int within) {
    if (idle) {
      driver.ifPresent(strand -> world.wake(strand, world.now() + within));
    }
  }

  /** At a call to the outside the baton may go to another, and the node may freeze or die. */
  void port(Life life, String what) {
    if (!what.isEmpty()) {
      world.note(name, what);
    }
    world.pass();
    if (!world.calm()) {
      misfortune(life, !what.isEmpty());
    }
    awake(life);
  }

  private void misfortune(Life life, boolean mayDie) {
    if (world.strikes(world.freezes())) {
      frozenUntil = world.now() + world.chance().nextInt(LONGEST_FREEZE);
      world.note(name, "freezes until " + Instant.ofEpochMilli(frozenUntil));
    }
    if (mayDie && world.strikes(world.crashes())) {
      life.ended = true;
      world.note(name, "dies");
      nudge(0);
    }
    if (world.strikes(world.slowness())) {
      world.sleep(world.chance().nextInt(700));
    }
  }

  private void awake(Life life) {
    while (frozenUntil > world.now()) {
      world.sleep(frozenUntil - world.now());
    }
    if (life.ended) {
      throw new SimulatedCrash(name + " is dead");
    }
  }

  /** Takes time. */
  void spend(Life life, Duration time) {
    if (!time.isZero()) {
      world.sleep(time.toMillis());
      awake(life);
    }
  }

  /** Workers that are threads of the run. */
  private final class Pool implements Workers {
    private final Life life;
    private int taken;

    private Pool(Life life) {
      this.life = life;
    }

    @Override
    public boolean take(String transport) {
      if (taken >= workers) {
        return false;
      }
      taken++;
      return true;
    }

    @Override
    public void giveBack(String transport) {
      taken--;
    }

    @Override
    public void run(Runnable task) {
      world.spawn(name + "/worker", () -> work(task));
    }

    @Override
    public boolean tryRun(Runnable task) {
      run(task);
      return true;
    }

    @Override
    public void aside(Runnable step) {
      world.spawn(name + "/aside", () -> work(step));
    }

    private void work(Runnable task) {
      try {
        port(life, "");
        task.run();
      } catch (SimulatedCrash dead) {
        // With its node.
      }
      nudge(0);
    }

    @Override
    public boolean direct() {
      return false;
    }
  }
}
