package dev.sequencer.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Ending;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Suppression.Blocks;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.Filters;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.Rows;
import dev.sequencer.tck.store.StoreBench;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random calls, each first with a function that throws somewhere: then nothing has changed. */
final class RollBackTest {
  private static final int PEOPLE = 12;

  private final StoreBench bench = new StoreBench(InMemoryStore.create());
  private Random random = new Random(0);
  private int calls;
  private int fuse = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aCallThatThrowsHasChangedNothing(long seed) {
    random = new Random(seed);
    int thrown = 0;
    for (int step = 0; step < 400; step++) {
      bench.clock().advance(Duration.ofSeconds(random.nextInt(120)));
      Runnable call = randomCall();
      List<Object> before = everything();
      calls = 0;
      fuse = random.nextInt(4);
      boolean failed = fails(call);
      fuse = Integer.MAX_VALUE;
      if (failed) {
        thrown++;
        assertThat(everything()).as("seed %d, step %d", seed, step).isEqualTo(before);
        call.run();
      }
    }
    assertThat(thrown).as("seed %d", seed).isGreaterThan(100);
  }

  private boolean fails(Runnable call) {
    try {
      call.run();
      return false;
    } catch (FuseBlown e) {
      return true;
    }
  }

  /** Throws at the call that the fuse names. */
  private void tick() {
    if (calls++ == fuse) {
      throw new FuseBlown();
    }
  }

  private Runnable randomCall() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> enrolling();
      case 2 -> claiming();
      case 3 -> beginning();
      case 4 -> completing();
      default -> steering();
    };
  }

  private Runnable enrolling() {
    List<EnrollCall.Row> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Rows row = bench.row("p" + random.nextInt(PEOPLE) + "@x.example").afterEnd();
      row = random.nextBoolean() ? row.id("u" + random.nextInt(PEOPLE)) : row;
      row = random.nextInt(4) == 0 ? row.whoever().run("k" + random.nextInt(9)) : row;
      EnrollCall.Row plain = row.row();
      rows.add(
          row.start(
                  contact -> {
                    tick();
                    return plain.start().apply(contact);
                  })
              .row());
    }
    return () -> bench.handle().enroll(new EnrollCall(rows));
  }

  private Runnable claiming() {
    Claims claims = new Claims().all();
    ClaimCall plain = claims.call();
    ClaimCall call =
        new ClaimCall(
            plain.expiry(), 99, true, List.of(), new FusedPolicy(plain.policy(), this::tick));
    return () -> bench.handle().claim(call);
  }

  private Runnable beginning() {
    List<BeginCall.Row> rows =
        some().stream()
            .map(work -> Begins.of(work, bench.mailbox()).resendOf(work.attempt().number()).row())
            .toList();
    BeginCall.Capacity capacity =
        (row, work, ledgers, rolling, now) -> {
          tick();
          return Begins.perDay(99_999).take(row, work, ledgers, rolling, now);
        };
    return () -> bench.handle().begin(new BeginCall(bench.handle().definitions(), rows, capacity));
  }

  private Runnable completing() {
    Instant now = bench.clock().instant();
    List<Completion> completions = new ArrayList<>();
    for (Work work : some()) {
      Completion completion =
          switch (random.nextInt(4)) {
            case 0 -> Plans.failed(work, now);
            case 1 -> Plans.doubted(work, now);
            case 2 -> Plans.deferred(work, now.plusSeconds(30));
            default -> Plans.sent(work, now);
          };
      completions.add(
          Plans.changing(
              completion,
              Begins.ledger(bench.mailbox()),
              ledger -> {
                tick();
                return ledger.left(Optional.of(now));
              }));
    }
    return () -> bench.handle().complete(completions);
  }

  private Runnable steering() {
    String address = "p" + random.nextInt(PEOPLE) + "@x.example";
    boolean ending = random.nextBoolean();
    boolean adding = random.nextInt(3) == 0;
    Suppression suppression =
        new Suppression("", address, 0, Blocks.ALL_BUT_TRANSACTIONAL, "", bench.clock().instant());
    SteerCall call =
        SteerCall.of(
                "",
                random.nextBoolean()
                    ? new Target.OfAddress(address)
                    : new Target.OfSequence(bench.sequence(), random.nextInt(9), 5),
                subject -> {
                  tick();
                  return ending
                      ? Plans.end(Ending.FAILED).apply(subject)
                      : Plans.change(work -> work.state(State.WAITING)).apply(subject);
                })
            .key("evt" + random.nextInt())
            .saving(Rows.contact("p" + random.nextInt(PEOPLE) + "@x.example", "u1"))
            .suppressing(
                adding ? List.of(suppression) : List.of(),
                adding ? List.of() : List.of(suppression))
            .logging(List.of(new LogEntry(0, "", bench.clock().instant(), 0, 0, "act", "{}")));
    return () -> bench.handle().steer(call);
  }

  private List<Work> some() {
    List<Work> all = bench.handle().views().enrollments(Filters.any(), 0, 99_999);
    return all.isEmpty() ? List.of() : random.ints(5, 0, all.size()).mapToObj(all::get).toList();
  }

  /** Reads all that a caller can see. */
  private List<Object> everything() {
    List<Object> all = new ArrayList<>();
    all.add(bench.claim(new Claims().owners(0)).nextWake());
    StoreViews views = bench.handle().views();
    List<Work> works = views.enrollments(Filters.any(), 0, 99_999);
    all.add(bench.handle().subjects(works.stream().map(Work::enrollment).toList()));
    all.add(views.log("", 0, 0, 99_999));
    works.forEach(work -> all.add(views.log("", work.enrollment(), 0, 99)));
    for (int i = 0; i < PEOPLE; i++) {
      all.add(views.contactById("", "u" + i));
      all.add(views.contactsByAddress("", "p" + i + "@x.example"));
    }
    all.add(views.suppressions("", "", 99));
    all.add(views.ledger(Begins.ledger(bench.mailbox())));
    for (int n = 1; n < 40; n++) {
      all.add(views.nthNewest(bench.mailbox(), n));
    }
    all.add(views.states(bench.sequence()));
    all.add(views.outcomes(bench.sequence()));
    all.add(Set.copyOf(views.heads()));
    all.add(bench.handle().undecided(Instant.MAX, 99_999));
    all.add(bench.handle().position());
    return all;
  }

  /** What a function throws when its turn has come. */
  private static final class FuseBlown extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A policy that may throw whenever it is asked. */
  private record FusedPolicy(ClaimCall.Policy plain, Runnable tick) implements ClaimCall.Policy {
    @Override
    public Map<Integer, Integer> slots(
        List<Integer> owners, ClaimCall.LedgerReader ledgers, Instant now) {
      tick.run();
      return plain.slots(owners, ledgers, now);
    }

    @Override
    public boolean open(Lane lane, Instant now) {
      tick.run();
      return plain.open(lane, now);
    }

    @Override
    public Instant wakeAt(
        int owner,
        int taken,
        List<ClaimCall.LaneHead> heads,
        ClaimCall.LedgerReader ledgers,
        Instant now) {
      tick.run();
      return plain.wakeAt(owner, taken, heads, ledgers, now);
    }
  }
}
