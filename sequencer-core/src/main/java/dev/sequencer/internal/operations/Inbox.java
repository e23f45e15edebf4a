package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
import dev.sequencer.DeliveryId;
import dev.sequencer.EnrollmentId;
import dev.sequencer.internal.dispatch.Details;
import dev.sequencer.spi.store.InboxEntry;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.Suppression.Blocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what transactions of hosts have left (KERNEL K19), one entry after another in the
 * order in which they were left. Any engine does; the call that carries an entry out takes it out
 * of the inbox in the same transaction, so it happens once. Safe for use by several threads.
 */
public final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");
  private static final int PAGE = 100;
  private static final Duration SELDOM = Duration.ofMillis(100);

  private final Context context;
  private volatile Instant lookedAt = Instant.EPOCH;

  /** Makes one. */
  public Inbox(Context context) {
    this.context = context;
  }

  /** The same for passes that follow each other closely: looks ten times a second at the most. */
  public void carryOutNowAndThen() {
    Instant now = context.now();
    if (!now.isBefore(lookedAt.plus(SELDOM))) {
      lookedAt = now;
      carryOut();
    }
  }

  /** Carries out all that is there. */
  public void carryOut() {
    boolean more = true;
    while (more) {
      List<InboxEntry> entries = context.parts().store().inbox(PAGE);
      more = entries.size() == PAGE;
      for (InboxEntry entry : entries) {
        if (!carryOut(entry)) {
          return;
        }
      }
    }
  }

  /** Says whether it was carried out; one that a newer engine left waits for such a one. */
  private boolean carryOut(InboxEntry entry) {
    Carried carried = new Carried(entry.number());
    Context own = context.tenant(entry.tenant()).carrying(carried);
    try {
      Wish wish = Wish.read(entry);
      if (wish.newer()) {
        return false;
      }
      told(entry, act(own, entry, wish));
    } catch (StoreException e) {
      if (e.isTransient()) {
        throw e;
      }
      failed(own, entry, e);
      return true;
    } catch (IllegalArgumentException | IllegalStateException e) {
      failed(own, entry, e);
      return true;
    }
    if (!carried.taken()) {
      own.steer(takenOut(own, List.of()));
    }
    return true;
  }

  private static SteerCall takenOut(Context own, List<LogEntry> lines) {
    return SteerCall.of(own.tenant(), new SteerCall.Target.Nobody(), subject -> Optional.empty())
        .logging(lines);
  }

  private static void told(InboxEntry entry, ActResult result) {
    switch (result.outcome()) {
      case DONE, UNCHANGED, QUEUED -> {}
      case TOO_LATE, REFUSED, NOT_FOUND ->
          LOG.warn(
              "what a transaction of the host left ({} of enrollment {}) changed nothing: {}",
              entry.kind(),
              entry.concern().enrollment(),
              result.message());
    }
  }

  /** One that cannot be carried out must not keep others waiting; it stays in the log. */
  private static void failed(Context own, InboxEntry entry, RuntimeException e) {
    LOG.warn(
        "what a transaction of the host left ({}, number {}) cannot be carried out: {}; it stands"
            + " in the log as inbox-failed",
        entry.kind(),
        entry.number(),
        e.getMessage());
    LogEntry line =
        new LogEntry(
            0,
            own.tenant(),
            own.now(),
            entry.concern().enrollment(),
            0,
            "inbox-failed",
            Details.of("what", entry.kind(), "why", String.valueOf(e.getMessage())));
    own.store().steer(takenOut(own, List.of(line)).carryingOut(entry.number()));
  }

  private static ActResult act(Context own, InboxEntry entry, Wish wish) {
    switch (wish.kind()) {
      case EventForm.KIND -> new Recorder(own).record(EventForm.read(wish));
      case InboxEntry.CONTACT -> new ContactActs(own).save(entry.contact().orElseThrow());
      case "suppress" -> {
        return new SuppressionActs(own)
            .suppress(
                wish.text("target"),
                (int) wish.number("sequence"),
                Blocks.valueOf(wish.text("blocks")),
                wish.act());
      }
      case "unsuppress" -> {
        return new SuppressionActs(own).unsuppress(wish.text("target"), wish.act());
      }
      case "cancelDelivery" -> {
        return new DeliveryActs(own).cancel(DeliveryId.parse(wish.text("delivery")), wish.act());
      }
      default -> {
        return enrollment(own, wish);
      }
    }
    return new ActResult(Outcome.DONE, "recorded", 0);
  }

  private static ActResult enrollment(Context own, Wish wish) {
    EnrollmentActs acts = new EnrollmentActs(own);
    EnrollmentId id = new EnrollmentId(wish.number("enrollment"));
    Act act = wish.act();
    return switch (wish.kind()) {
      case "pause" -> acts.pause(id, act);
      case "resume" -> acts.resume(id, act);
      case "hold" -> acts.hold(id, act);
      case "skip" -> acts.skip(id, act);
      case "retry" -> acts.retry(id, act);
      case "runNow" -> acts.runNow(id, act);
      case "cancel" -> acts.cancel(id, act);
      case "complete" -> acts.complete(id, act);
      case "move" -> acts.move(id, wish.text("step"), act);
      default ->
          throw new IllegalArgumentException(
              "there is no act '" + wish.kind() + "' in this version");
    };
  }
}
