package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes a group even when the database refuses a value in it (KERNEL K10): the group is halved
 * until the row is found, and that row is recorded with its outcome and a placeholder for its
 * texts. What the others sent is known at once, and nothing is tried for ever.
 */
final class SplitCompleting {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer.store");
  private static final String PLACEHOLDER = "{\"placeholder\":\"the store refused the text\"}";

  private SplitCompleting() {}

  static List<Completion.Answer> complete(
      Database database, List<Completion> group, Supplier<Instant> clock) {
    try {
      return whole(database, group, clock);
    } catch (DataFault fault) {
      if (group.size() == 1) {
        return plain(database, group.get(0), fault, clock);
      }
      int half = group.size() / 2;
      List<Completion.Answer> answers =
          new ArrayList<>(complete(database, group.subList(0, half), clock));
      answers.addAll(complete(database, group.subList(half, group.size()), clock));
      return answers;
    }
  }

  private static List<Completion.Answer> whole(
      Database database, List<Completion> group, Supplier<Instant> clock) {
    if (group.stream().allMatch(it -> it.seen().isPresent())) {
      try {
        return whole(database, group, clock, Completing.Reading.ASSUMED);
      } catch (Outdated changed) {
        LOG.debug("outcomes are written by rows as they are stored: {}", changed.getMessage());
      }
    }
    return whole(database, group, clock, Completing.Reading.LOCKED);
  }

  private static List<Completion.Answer> whole(
      Database database,
      List<Completion> group,
      Supplier<Instant> clock,
      Completing.Reading reading) {
    return database.write(
        Priority.COMPLETE, tx -> Completing.complete(tx, group, clock.get(), reading));
  }

  private static List<Completion.Answer> plain(
      Database database, Completion completion, DataFault fault, Supplier<Instant> clock) {
    List<Completion.Answer> answers = whole(database, List.of(withoutTexts(completion)), clock);
    LOG.warn(
        "the outcome of enrollment {}, attempt {} is stored without its texts, which the database"
            + " refused: {}",
        completion.transition().next().enrollment(),
        completion.attempt(),
        fault.getMessage());
    return answers;
  }

  /** Keeps whatever decides and drops whatever only tells. */
  private static Completion withoutTexts(Completion completion) {
    Transition told = completion.transition();
    Work next = told.next();
    Transition plain =
        new Transition(
            next.state(
                new State(next.state().status(), next.state().phase(), next.state().ending(), "")),
            told.delivery().map(SplitCompleting::withoutTexts),
            told.log().stream().map(SplitCompleting::withoutTexts).toList());
    return new Completion(
        completion.attempt(), completion.expectedRev(), plain, completion.ledgers());
  }

  private static Delivery withoutTexts(Delivery told) {
    return new Delivery(
        told.enrollment(),
        told.step(),
        told.status(),
        told.attempt(),
        told.mailbox(),
        told.at(),
        told.begunAt(),
        told.leftAt(),
        new Delivery.Ids(
            told.ids().requested(), Optional.empty(), Optional.empty(), Optional.empty()),
        PLACEHOLDER);
  }

  private static LogEntry withoutTexts(LogEntry told) {
    return new LogEntry(
        told.position(),
        told.tenant(),
        told.at(),
        told.enrollment(),
        told.step(),
        told.kind(),
        PLACEHOLDER);
  }
}
