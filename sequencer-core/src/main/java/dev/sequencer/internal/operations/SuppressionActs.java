package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
import dev.sequencer.EmailAddress;
import dev.sequencer.Page;
import dev.sequencer.SuppressionView;
import dev.sequencer.Suppressions;
import dev.sequencer.internal.capacity.Gate;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.spi.store.InboxEntry.Concern;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Suppression.Blocks;
import dev.sequencer.spi.store.Work;
import java.util.List;
import java.util.Optional;

/** What people do with suppressions. */
final class SuppressionActs implements Suppressions {
  private static final int MOST_IN_FLIGHT = 10_000;

  private final Context context;
  private final Stops stops;

  SuppressionActs(Context context) {
    this.context = context;
    this.stops = new Stops(context);
  }

  @Override
  public ActResult suppress(String target, Act act) {
    return suppress(target, 0, Blocks.ALL_BUT_TRANSACTIONAL, act);
  }

  @Override
  public ActResult suppressEverything(String target, Act act) {
    return suppress(target, 0, Blocks.EVERYTHING, act);
  }

  @Override
  public ActResult suppressFor(String sequence, String target, Act act) {
    return suppress(target, context.sequence(sequence).id(), Blocks.ALL_BUT_TRANSACTIONAL, act);
  }

  ActResult suppress(String target, int sequence, Blocks blocks, Act act) {
    String normalized = normalized(target);
    String reason = act.why().isEmpty() ? "suppressed by hand" : act.why();
    Suppression suppression =
        new Suppression(context.tenant(), normalized, sequence, blocks, reason, context.now());
    if (context.store().leaves()) {
      Wish wish =
          Wish.of("suppress", act)
              .with("target", normalized)
              .with("sequence", (long) sequence)
              .with("blocks", blocks.name());
      context
          .store()
          .leave(wish.entry(context.tenant(), Concern.NOBODY).suppressing(List.of(suppression)));
      return new ActResult(
          Outcome.QUEUED, "suppressed from the commit on, enrollments end after it", 0);
    }
    SteerCall.Target whom =
        normalized.contains("@")
            ? new SteerCall.Target.OfAddress(normalized)
            : new SteerCall.Target.Nobody();
    SteerCall.Answer answer =
        context.steer(
            SteerCall.of(
                    context.tenant(), whom, subject -> stops.suppressed(subject, suppression, act))
                .suppressing(List.of(suppression), List.of())
                .logging(List.of(stops.line("suppressed", act))));
    answer.after().forEach(new Steering(context)::tell);
    return new ActResult(
        Outcome.DONE,
        "suppressed, " + answer.after().size() + " enrollments ended",
        normalized.contains("@") ? answer.inFlight() : inFlightTo(normalized));
  }

  /** Counts what began before a domain was suppressed and may still leave. */
  private int inFlightTo(String domain) {
    List<Long> sending =
        context.store().undecided(Gate.NEVER, MOST_IN_FLIGHT).stream()
            .filter(row -> row.origin().tenant().equals(context.tenant()))
            .map(Work::enrollment)
            .toList();
    return (int)
        context.store().subjects(sending).stream()
            .filter(subject -> Steering.inFlight(subject.work()))
            .filter(subject -> subject.contact().domain().equals(domain))
            .count();
  }

  @Override
  public ActResult unsuppress(String target, Act act) {
    String normalized = normalized(target);
    List<Suppression> known =
        context.store().views().suppressionsOf(context.tenant(), normalized).stream()
            .filter(suppression -> suppression.target().equals(normalized))
            .toList();
    if (known.isEmpty()) {
      return new ActResult(Outcome.UNCHANGED, "it is not suppressed", 0);
    }
    if (context.store().leaves()) {
      Wish wish = Wish.of("unsuppress", act).with("target", normalized);
      context.store().leave(wish.entry(context.tenant(), Concern.NOBODY));
      return new ActResult(Outcome.QUEUED, "unsuppressed after the commit", 0);
    }
    context.steer(
        SteerCall.of(context.tenant(), new SteerCall.Target.Nobody(), subject -> Optional.empty())
            .suppressing(List.of(), known)
            .logging(List.of(stops.line("unsuppressed", act))));
    return new ActResult(Outcome.DONE, "unsuppressed", 0);
  }

  private static String normalized(String target) {
    String stripped = target.strip();
    if (stripped.contains("@")) {
      return EmailAddress.of(stripped).normalized();
    }
    try {
      return EmailAddress.of("x@" + stripped).domain();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a suppression is of an address such as bo@example.com or a domain such as example.com",
          e);
    }
  }

  @Override
  public List<SuppressionView> matching(String address) {
    return context
        .store()
        .views()
        .suppressionsOf(context.tenant(), EmailAddress.of(address).normalized())
        .stream()
        .map(this::view)
        .toList();
  }

  @Override
  public Page<SuppressionView> list(String after, int limit) {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException(
          "a page has 1 to 1000 items, but " + limit + " were asked for");
    }
    List<Suppression> found = context.store().views().suppressions(context.tenant(), after, limit);
    return new Page<>(
        found.stream().map(this::view).toList(),
        found.size() < limit
            ? Optional.empty()
            : Optional.of(found.get(found.size() - 1).target()));
  }

  private SuppressionView view(Suppression suppression) {
    return new SuppressionView(
        suppression.target(),
        suppression.sequence() == 0
            ? Optional.empty()
            : context.catalog().snapshot().sequence(suppression.sequence()).map(SequenceInfo::name),
        suppression.blocks() == Blocks.EVERYTHING,
        suppression.reason(),
        suppression.at());
  }
}
