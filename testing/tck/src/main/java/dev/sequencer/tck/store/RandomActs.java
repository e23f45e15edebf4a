package dev.sequencer.tck.store;

import dev.sequencer.Ending;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Suppression.Blocks;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Random acts of people on the contacts of {@link RandomCalls}. */
final class RandomActs {
  private final StoreBench bench;
  private final Random random;
  private final Runnable asked;

  RandomActs(StoreBench bench, Random random, Runnable asked) {
    this.bench = bench;
    this.random = random;
    this.asked = asked;
  }

  /** Gives an act; on some rows, or on those of a contact, an address or a mailbox. */
  SteerCall act(List<Work> some, StoredContact contact) {
    String address = RandomCalls.address(random.nextInt(RandomCalls.PEOPLE));
    Instant now = bench.clock().instant();
    Suppression suppression = suppression(address, now);
    boolean adding = random.nextInt(4) == 0;
    Function<Subject, Optional<Transition>> reaction = reaction();
    SteerCall call =
        SteerCall.of(
                "",
                target(address, some),
                subject -> {
                  asked.run();
                  return reaction.apply(subject);
                })
            .key(random.nextBoolean() ? "" : "evt" + random.nextInt(40))
            .suppressing(
                adding ? List.of(suppression) : List.of(),
                adding ? List.of() : List.of(suppression))
            .logging(List.of(new LogEntry(0, "", now, 0, 0, "act", "{}")));
    return random.nextInt(3) == 0 ? call.saving(contact) : call;
  }

  private Suppression suppression(String address, Instant now) {
    return new Suppression(
        "",
        random.nextInt(5) == 0 ? "x.example" : address,
        random.nextBoolean() ? 0 : bench.sequence(),
        random.nextBoolean() ? Blocks.EVERYTHING : Blocks.ALL_BUT_TRANSACTIONAL,
        "by hand",
        now);
  }

  private Target target(String address, List<Work> some) {
    return switch (random.nextInt(5)) {
      case 0 -> new Target.OfAddress(address);
      case 1 -> new Target.OfContact("u" + random.nextInt(RandomCalls.PEOPLE));
      case 2 -> new Target.OfSavedContact();
      case 3 -> new Target.OfMailbox(bench.mailbox(), 0, 3);
      default -> new Target.These(some.stream().map(Work::enrollment).toList());
    };
  }

  private Function<Subject, Optional<Transition>> reaction() {
    int step = 1 + random.nextInt(3);
    return switch (random.nextInt(6)) {
      case 0 -> Plans.pause();
      case 1 -> Plans.resume();
      case 2 -> Plans.end(random.nextBoolean() ? Ending.FAILED : Ending.STOPPED);
      case 3 -> Plans.change(work -> work.state(State.WAITING));
      case 4 ->
          Plans.change(
              work ->
                  work.at(
                      work.lane(),
                      work.due(),
                      new Cursor(step, work.cursor().after(), work.cursor().baseAt())));
      default -> Plans.nothing();
    };
  }
}
