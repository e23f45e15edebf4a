package dev.sequencer.verification.store;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Random calls. The functions in them are pure: what they decide depends on what they are given and
 * on a number drawn when the call was made, so both stores are told the same.
 */
final class RandomValues {
  private final Random random;
  private final SharedClock clock;

  RandomValues(Random random, SharedClock clock) {
    this.random = random;
    this.clock = clock;
  }

  String tenant() {
    return random.nextInt(6) == 0 ? "acme" : "";
  }

  int owner() {
    return random.nextInt(4) * 10;
  }

  String address() {
    return (char) ('a' + random.nextInt(6)) + "@d" + random.nextInt(2) + ".example";
  }

  private Instant instant() {
    return clock.instant().plusMillis(random.nextInt(90_000) - 45_000L);
  }

  private Lane lane(long of) {
    Random fixed = new Random(of);
    return new Lane(
        fixed.nextInt(4) * 10,
        1 + fixed.nextInt(2),
        fixed.nextBoolean() ? "-" : "day",
        fixed.nextInt(4),
        fixed.nextBoolean());
  }

  private StoredContact contact(String tenant) {
    String address = address();
    return new StoredContact(
        0,
        tenant,
        random.nextBoolean() ? Optional.of("id" + random.nextInt(5)) : Optional.empty(),
        random.nextInt(3) == 0 ? "Bo <" + address + ">" : address,
        address,
        random.nextInt(3) == 0 ? Optional.of("Zone/" + random.nextInt(2)) : Optional.empty(),
        random.nextInt(3) == 0 ? Optional.of("de") : Optional.empty(),
        random.nextInt(3) == 0 ? "{\"a\":" + random.nextInt(4) + "}" : "{}");
  }

  EnrollCall enroll() {
    List<EnrollCall.Row> rows = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      long drawn = random.nextLong();
      Instant at = instant();
      boolean fails = random.nextInt(60) == 0;
      Function<StoredContact, EnrollCall.Start> start =
          contact -> {
            if (fails) {
              throw new IllegalStateException("a function that fails");
            }
            long hash = drawn ^ contact.hashCode();
            State state =
                hash % 11 == 0 ? State.WAITING.ended(Ending.COMPLETED, "none") : State.WAITING;
            return new EnrollCall.Start(lane(hash), at, new Cursor(1, 0, at), state);
          };
      rows.add(
          new EnrollCall.Row(
              contact(tenant()),
              1 + random.nextInt(2),
              100 + random.nextInt(2),
              random.nextBoolean() ? "" : "r" + random.nextInt(2),
              EnrollCall.Uniqueness.values()[random.nextInt(4) / 3],
              EnrollCall.Again.values()[random.nextInt(2)],
              random.nextInt(4) == 0,
              "{\"i\":" + i + "}",
              clock.instant(),
              start));
    }
    return new EnrollCall(rows);
  }

  ClaimCall claim(List<ClaimCall.Claimed> release) {
    int drawn = random.nextInt(1000);
    return new ClaimCall(
        Duration.ofSeconds(30 + random.nextInt(60)),
        1 + random.nextInt(5),
        random.nextInt(3) == 0,
        release,
        new DrawnPolicy(drawn));
  }

  BeginCall begin(List<Subject> subjects, long definitions) {
    List<BeginCall.Row> rows = new ArrayList<>();
    for (Subject subject : subjects) {
      int mailbox = owner();
      rows.add(
          new BeginCall.Row(
              subject.work().enrollment(),
              subject.work().rev() - (random.nextInt(8) == 0 ? 1 : 0),
              mailbox,
              lane(random.nextInt(30)),
              random.nextInt(4) == 0,
              random.nextInt(2),
              "<" + subject.work().enrollment() + "." + mailbox + "@x>",
              random.nextBoolean() ? Optional.of("draft") : Optional.empty(),
              List.of(
                  new LedgerKey(LedgerKey.Kind.MAILBOX, mailbox),
                  new LedgerKey(LedgerKey.Kind.SEQUENCE, 1))));
    }
    int drawn = random.nextInt(1000);
    long known = random.nextInt(10) == 0 ? definitions - 1 : definitions;
    return new BeginCall(known, rows, new DrawnCapacity(drawn));
  }

  Completion completion(Subject subject) {
    Work work = subject.work();
    int attempt =
        random.nextInt(8) == 0
            ? random.nextInt(3)
            : work.state().phase() == EnrollmentPhase.WAITING ? 0 : work.attempt().number();
    List<Completion.LedgerChange> changes =
        List.of(
            new Completion.LedgerChange(
                new LedgerKey(LedgerKey.Kind.MAILBOX, work.attempt().mailbox()),
                ledger -> ledger.left(Optional.of(ledger.lastBegun().orElse(Instant.EPOCH)))));
    return new Completion(
        attempt,
        work.rev() - (random.nextInt(4) == 0 ? 1 : 0),
        transition(subject, attempt, random.nextInt(1000)),
        changes);
  }

  private Transition transition(Subject subject, int attempt, int drawn) {
    Work work = subject.work();
    EnrollmentPhase phase =
        attempt > 0 && drawn % 5 == 0 ? EnrollmentPhase.IN_DOUBT : EnrollmentPhase.WAITING;
    State state = state(drawn).phase(phase);
    int step = drawn % 3 == 0 ? work.cursor().step() : 1 + drawn % 4;
    Work next =
        work.at(
                lane(drawn),
                clock.instant().plusSeconds(drawn % 50),
                new Cursor(step, work.cursor().step(), clock.instant()))
            .state(state)
            .attempt(work.attempt().counts(drawn % 3, drawn % 2).staged(Optional.empty()));
    Optional<Delivery> delivery =
        drawn % 4 == 0
            ? Optional.empty()
            : Optional.of(delivery(work, attempt, drawn, phase));
    List<LogEntry> log =
        drawn % 2 == 0
            ? List.of()
            : List.of(
                new LogEntry(
                    0,
                    work.origin().tenant(),
                    clock.instant(),
                    work.enrollment(),
                    step,
                    "kind" + drawn,
                    "{}"));
    return new Transition(next, delivery, log);
  }

  private static State state(int drawn) {
    return switch (drawn % 7) {
      case 0 -> State.WAITING.status(EnrollmentStatus.HELD, "held");
      case 1 -> State.WAITING.status(EnrollmentStatus.PAUSED, "paused");
      case 2 -> State.WAITING.ended(Ending.STOPPED, "replied");
      default -> State.WAITING;
    };
  }

  private Delivery delivery(Work work, int attempt, int drawn, EnrollmentPhase phase) {
    DeliveryStatus status =
        phase == EnrollmentPhase.IN_DOUBT
            ? DeliveryStatus.IN_DOUBT
            : DeliveryStatus.values()[drawn % 3];
    Optional<Instant> left =
        status == DeliveryStatus.SENT ? Optional.of(clock.instant()) : Optional.empty();
    return new Delivery(
        work.enrollment(),
        work.cursor().step(),
        status,
        attempt,
        work.attempt().mailbox(),
        clock.instant(),
        work.attempt().times().map(dev.sequencer.spi.store.Attempt.Times::begunAt),
        left,
        Delivery.Ids.NONE,
        "{\"drawn\":" + drawn + "}");
  }

  SteerCall steer(long enrollments) {
    int drawn = random.nextInt(1000);
    String tenant = tenant();
    SteerCall call =
        SteerCall.of(
            tenant,
            target(enrollments),
            subject ->
                (drawn + subject.work().enrollment()) % 3 == 0
                    ? Optional.empty()
                    : Optional.of(
                        transition(
                            subject, 0, (int) (drawn + subject.work().enrollment()) % 1000)));
    if (random.nextInt(4) == 0) {
      call = call.key("key" + random.nextInt(6));
    }
    if (call.target() instanceof Target.OfSavedContact || random.nextInt(4) == 0) {
      call = call.saving(contact(tenant));
    }
    if (random.nextInt(3) == 0) {
      call =
          call.suppressing(
              random.nextBoolean() ? List.of(suppression(tenant)) : List.of(),
              random.nextBoolean() ? List.of(suppression(tenant)) : List.of());
    }
    return random.nextInt(4) == 0
        ? call.logging(
            List.of(new LogEntry(0, tenant, clock.instant(), 0, 0, "note", "{}")))
        : call;
  }

  private Suppression suppression(String tenant) {
    return new Suppression(
        tenant,
        random.nextInt(3) == 0 ? "d" + random.nextInt(2) + ".example" : address(),
        random.nextInt(3),
        Suppression.Blocks.values()[random.nextInt(2)],
        "by hand " + random.nextInt(4),
        clock.instant());
  }

  private Target target(long enrollments) {
    return switch (random.nextInt(7)) {
      case 0 -> new Target.Nobody();
      case 1 -> new Target.OfContact("id" + random.nextInt(5));
      case 2 -> new Target.OfAddress(address());
      case 3 -> new Target.OfSavedContact();
      case 4 -> new Target.OfMailbox(owner(), random.nextInt(5), 1 + random.nextInt(5));
      case 5 ->
          new Target.OfSequence(1 + random.nextInt(2), random.nextInt(9), 1 + random.nextInt(5));
      default ->
          new Target.These(
              List.of(
                  1L + random.nextInt((int) enrollments + 1),
                  1L + random.nextInt((int) enrollments + 1)));
    };
  }

  /** Slots, openings and wake-ups by one number. */
  private record DrawnPolicy(int drawn) implements ClaimCall.Policy {
    @Override
    public Map<Integer, Integer> slots(
        List<Integer> owners, ClaimCall.LedgerReader ledgers, Instant now) {
      Map<Integer, Integer> slots = new HashMap<>();
      for (int owner : owners) {
        if ((owner + drawn) % 4 > 0) {
          slots.put(owner, (owner / 10 + drawn) % 6);
        }
      }
      return slots;
    }

    @Override
    public boolean open(Lane lane, Instant now) {
      return (lane.hashCode() ^ drawn) % 5 != 0;
    }

    @Override
    public Instant wakeAt(
        int owner,
        int taken,
        List<ClaimCall.LaneHead> heads,
        ClaimCall.LedgerReader ledgers,
        Instant now) {
      return heads.stream()
          .map(ClaimCall.LaneHead::due)
          .min(Instant::compareTo)
          .map(due -> due.isAfter(now) ? due : now.plusSeconds(drawn % 20))
          .orElse(Instant.MAX);
    }
  }

  /** Takes or refuses by one number and what it is given. */
  private record DrawnCapacity(int drawn) implements BeginCall.Capacity {
    @Override
    public BeginCall.Take take(
        BeginCall.Row row,
        Work work,
        Map<LedgerKey, Ledger> ledgers,
        BeginCall.RollingCounter rolling,
        Instant now) {
      Optional<Instant> third = rolling.nthNewest(row.mailbox(), 1 + drawn % 4);
      if ((row.enrollment() + drawn) % 5 == 0) {
        return new BeginCall.Take.NotNow(now.plusSeconds(9), "third newest " + third);
      }
      List<Ledger> after = new ArrayList<>();
      for (Ledger ledger : ledgers.values()) {
        after.add(
            ledger
                .begun(now)
                .buckets(
                    new Ledger.Bucket("2026-06-01", ledger.day().used() + 1), ledger.hour())
                .fullUntil(third));
      }
      return new BeginCall.Take.Taken(after, now.plusSeconds(20), now.plusSeconds(30));
    }
  }
}
