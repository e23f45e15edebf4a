package dev.sequencer.verification.store;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.StoreViews.DeliveryFilter;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;

/** Random reads. */
final class RandomLooks {
  private RandomLooks() {}

  static RandomCalls.Answers look(
      RandomCalls calls, RandomValues values, Random random, long enrollments) {
    EnrollmentFilter filter = filter(values, random);
    DeliveryFilter deliveries =
        new DeliveryFilter(
            filter,
            maybe(random, DeliveryStatus.values()[random.nextInt(4)]),
            random.nextInt(4) == 0 ? OptionalInt.of(values.owner()) : OptionalInt.empty(),
            maybe(random, calls.now()));
    long after = random.nextInt((int) enrollments + 2);
    int step = random.nextInt(3);
    int limit = 1 + random.nextInt(20);
    int owner = values.owner();
    String address = values.address();
    String afterTarget = random.nextBoolean() ? "" : "c";
    List<Long> all = LongStream.rangeClosed(0, enrollments + 1).boxed().toList();
    return calls.ask(
        "look " + filter + deliveries + after + " " + limit,
        store -> {
          StoreViews views = store.views();
          List<Object> seen = new ArrayList<>();
          seen.add(views.enrollments(filter, after, limit));
          seen.add(views.deliveries(deliveries, after, step, limit));
          seen.add(views.inFlight(filter));
          seen.add(views.log("", 0, after, limit));
          seen.add(views.log("", after, 0, limit));
          seen.add(views.contactById("", "id1"));
          seen.add(views.contactsByAddress("", address));
          seen.add(views.contacts(List.of(3L, 1L, 99_999L)));
          seen.add(views.suppressions("", afterTarget, 1));
          seen.add(views.suppressionsOf("", address));
          seen.add(views.ledger(new LedgerKey(LedgerKey.Kind.MAILBOX, owner)));
          seen.add(views.nthNewest(owner, 1 + step));
          seen.add(sorted(views.states(1)));
          seen.add(sorted(views.outcomes(1)));
          seen.add(store.undecided(calls.now(), limit));
          seen.add(store.subjects(all));
          seen.add(store.position().newestBegun());
          return seen;
        });
  }

  private static EnrollmentFilter filter(RandomValues values, Random random) {
    return new EnrollmentFilter(
        maybe(random, values.tenant()),
        random.nextInt(3) == 0
            ? OptionalInt.of(1 + random.nextInt(2))
            : OptionalInt.empty(),
        maybe(random, EnrollmentStatus.values()[random.nextInt(4)]),
        maybe(random, EnrollmentPhase.values()[random.nextInt(3)]),
        random.nextInt(3) == 0
            ? OptionalLong.of(1 + random.nextInt(6))
            : OptionalLong.empty(),
        random.nextInt(5) == 0 ? OptionalInt.of(values.owner()) : OptionalInt.empty());
  }

  private static <T> Optional<T> maybe(Random random, T value) {
    return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
  }

  private static List<String> sorted(List<?> counts) {
    return counts.stream().map(Object::toString).sorted().toList();
  }

  /** Gives heads in an order of their own. */
  static List<LaneHead> heads(List<LaneHead> heads) {
    return heads.stream().sorted(Comparator.comparing(Object::toString)).toList();
  }
}
