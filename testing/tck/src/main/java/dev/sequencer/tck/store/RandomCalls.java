package dev.sequencer.tck.store;

import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Completion.LedgerChange;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.StoreHandle.Saved;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random calls of engines and people on a few contacts: the same calls for the same seed and the
 * same answers before. What a call gives back is comparable between stores. For one thread.
 */
public final class RandomCalls {
  /** How many contacts there are. */
  public static final int PEOPLE = 12;

  private static final int ALL = 99_999;

  /** No claim ends by itself: what that does to wake-ups is left to the store. */
  private static final Duration EXPIRY = Duration.ofDays(30);

  private final StoreBench bench;
  private final Random random;
  private final Runnable asked;
  private final RandomActs acts;
  private List<Work> claimed = List.of();
  private Instant until = StoreBench.START;

  /**
   * Gives calls on a bench.
   *
   * @param asked run whenever the store asks a function; may throw
   */
  public RandomCalls(StoreBench bench, long seed, Runnable asked) {
    this.bench = bench;
    this.random = new Random(seed);
    this.asked = asked;
    this.acts = new RandomActs(bench, random, asked);
  }

  /** Gives the address of a contact. */
  static String address(int person) {
    return "p" + person + "@x.example";
  }

  /** Moves the clock a little and gives the next call; it may be made more than once. */
  public Supplier<Object> next() {
    bench.clock().advance(Duration.ofMillis(random.nextInt(90_000)));
    return switch (random.nextInt(12)) {
      case 0, 1 -> enrolling();
      case 2, 3 -> claiming();
      case 4, 5 -> beginning();
      case 6, 7 -> completing();
      case 8, 9 -> steering();
      case 10 -> sweeping();
      default -> others();
    };
  }

  private Instant now() {
    return bench.clock().instant();
  }

  private Supplier<Object> enrolling() {
    List<EnrollCall.Row> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rows.add(enrolled());
    }
    return () ->
        bench.handle().enroll(new EnrollCall(rows)).stream()
            .map(answer -> answer.outcome() + answer.run() + answer.suppression())
            .toList();
  }

  private EnrollCall.Row enrolled() {
    Rows row = bench.row("p").contact(contact());
    row = random.nextBoolean() ? row.afterEnd() : row.run("r" + random.nextInt(3));
    row = random.nextInt(4) == 0 ? row.whoever().run("k" + random.nextInt(9)) : row;
    row = random.nextInt(3) == 0 ? row.transactional() : row;
    row = row.waitingIn(lane(), now().plusMillis(random.nextInt(200_000) - 100_000));
    EnrollCall.Row plain = row.row();
    return row.start(
            known -> {
              asked.run();
              return plain.start().apply(known);
            })
        .row();
  }

  private StoredContact contact() {
    String address = address(random.nextInt(PEOPLE));
    StoredContact contact =
        random.nextBoolean()
            ? Rows.contact(address)
            : Rows.contact("P <" + address + ">", "u" + random.nextInt(PEOPLE));
    return random.nextInt(3) == 0 ? Rows.inZone(contact, "Asia/Tokyo") : contact;
  }

  private Lane lane() {
    int owner = List.of(bench.mailbox(), bench.otherMailbox(), bench.pool()).get(random.nextInt(3));
    Lane lane = Lanes.of(owner, bench.sequence());
    lane = random.nextBoolean() ? Lanes.bound(lane) : lane;
    return Lanes.calendar(Lanes.priority(lane, random.nextInt(4)), "c" + random.nextInt(2));
  }

  private Supplier<Object> claiming() {
    Claims claims = new Claims().owners(1 + random.nextInt(3)).close(lane());
    if (random.nextBoolean()) {
      claims.all();
    }
    if (random.nextBoolean()) {
      claims.slots(bench.mailbox(), random.nextInt(4)).slots(bench.pool(), 3);
    }
    claimed.stream().limit(2).forEach(work -> claims.release(work.enrollment(), until));
    ClaimCall plain = claims.call();
    ClaimCall call =
        new ClaimCall(
            EXPIRY,
            plain.owners(),
            plain.all(),
            plain.release(),
            new AskedPolicy(plain.policy(), asked));
    return () -> {
      ClaimCall.Answer answer = bench.handle().claim(call);
      claimed = answer.rows();
      until = answer.until();
      return describe(answer.rows()) + answer.now() + answer.until() + answer.nextWake();
    };
  }

  private Supplier<Object> beginning() {
    List<BeginCall.Row> rows = new ArrayList<>();
    for (Work work : some()) {
      Begins mail = Begins.of(work, random.nextBoolean() ? bench.mailbox() : bench.otherMailbox());
      mail = random.nextInt(3) == 0 ? mail.resendOf(work.attempt().number()) : mail;
      mail = random.nextInt(3) == 0 ? mail.transactional() : mail;
      mail = random.nextInt(3) == 0 ? mail.staged("draft") : mail;
      rows.add(bench.addressed(random.nextInt(9) == 0 ? mail.rev(99) : mail));
    }
    int quota = 10 + random.nextInt(20);
    BeginCall.Capacity capacity =
        (row, work, ledgers, rolling, at) -> {
          asked.run();
          return rolling.nthNewest(row.mailbox(), 50).isPresent()
              ? new BeginCall.Take.NotNow(at.plusSeconds(9), "rolling")
              : Begins.perDay(quota).take(row, work, ledgers, rolling, at);
        };
    int stale = random.nextInt(9) == 0 ? 1 : 0;
    return () ->
        bench
            .handle()
            .begin(new BeginCall(bench.handle().definitions() - stale, rows, capacity))
            .stream()
            .map(answer -> answer.verdict() + "" + answer.notNow())
            .toList();
  }

  private Supplier<Object> completing() {
    List<Completion> completions = new ArrayList<>();
    for (Work work : some()) {
      completions.add(
          Plans.changing(
              outcome(work),
              Begins.ledger(bench.mailbox()),
              ledger -> {
                asked.run();
                return ledger.left(Optional.of(now()));
              }));
    }
    return () -> bench.handle().complete(completions);
  }

  private Completion outcome(Work work) {
    Completion completion =
        switch (random.nextInt(6)) {
          case 0 -> Plans.failed(work, now());
          case 1 -> Plans.doubted(work, now());
          case 2 -> Plans.deferred(work, now().plusSeconds(30));
          case 3 -> Plans.skipped(work, now());
          case 4 -> Plans.walked(work, Plans.nextStep(work, now()));
          default -> Plans.sent(work, now());
        };
    return random.nextInt(6) == 0
        ? Plans.attempt(completion, work.attempt().number() - 1)
        : completion;
  }

  private Supplier<Object> steering() {
    SteerCall call = acts.act(some(), contact());
    return () -> {
      SteerCall.Answer answer = bench.handle().steer(call);
      List<Work> before = answer.before().stream().map(Subject::work).toList();
      return List.of(
          answer.repeated(), describe(before), describe(answer.after()), answer.inFlight());
    };
  }

  /** Decides attempts whose deadline has passed. */
  private Supplier<Object> sweeping() {
    Instant at = now();
    return () -> {
      List<Work> late = bench.handle().undecided(at, 3);
      List<Completion> completions = late.stream().map(work -> Plans.doubted(work, at)).toList();
      return describe(late) + bench.handle().complete(completions);
    };
  }

  private Supplier<Object> others() {
    if (random.nextBoolean()) {
      bench.handle().wake(random.nextBoolean() ? List.of() : List.of(bench.mailbox()), now());
    }
    LedgerChange change =
        new LedgerChange(
            Begins.ledger(bench.otherMailbox()),
            ledger -> {
              asked.run();
              return ledger.begun(now());
            });
    int revision = random.nextInt(4);
    Document document = new Document(Kind.SWITCH, "", "all", 0, revision, "{}");
    return () -> {
      bench.handle().change(List.of(change, change));
      Optional<Document> known = bench.handle().document(Kind.SWITCH, "", "all");
      if (revision > 0 && known.isEmpty()) {
        return "nothing to save over";
      }
      Saved saved = bench.handle().save(document);
      return saved.saved() + " " + saved.current().revision();
    };
  }

  private List<Work> some() {
    List<Work> all = bench.handle().views().enrollments(Filters.any(), 0, ALL);
    return all.isEmpty() ? List.of() : random.ints(5, 0, all.size()).mapToObj(all::get).toList();
  }

  /** Names rows by what does not depend on the store. */
  private static String describe(List<Work> works) {
    return works.stream()
        .map(work -> work.origin().run() + work.due() + work.cursor() + work.rev())
        .toList()
        .toString();
  }
}
