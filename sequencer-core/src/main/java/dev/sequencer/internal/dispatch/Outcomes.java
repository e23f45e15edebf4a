package dev.sequencer.internal.dispatch;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.InDoubt;
import dev.sequencer.OnFailure;
import dev.sequencer.SequencerEvent;
import dev.sequencer.internal.capacity.Capacity;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.internal.mail.MessageIds;
import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Completion.LedgerChange;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the result of an attempt into what is written of it: the outcome of the delivery, the next
 * place of the enrollment, the change of the ledgers, and what listeners hear.
 *
 * <p>Reads definitions and what it is given; calls no host code and no store.
 */
final class Outcomes {
  private static final int STRIKES = 3;
  private static final long NO_PLAN = -1;
  private static final Duration BEHIND = Duration.ofMinutes(15);

  private final Planner planner;
  private final Reputation reputation;
  private final InDoubt defaultPolicy;

  Outcomes(Planner planner, Reputation reputation, InDoubt defaultPolicy) {
    this.planner = planner;
    this.reputation = reputation;
    this.defaultPolicy = defaultPolicy;
  }

  /** Gives what is written of an attempt. */
  Settled of(Flight flight, SendResult result, Instant now) {
    return switch (result.outcome()) {
      case SENT -> sent(flight, result, now);
      case REFUSED_RECIPIENT, REFUSED_MESSAGE -> refused(flight, result, now);
      case DEFERRED -> deferred(flight, result, now);
      case MAILBOX_TROUBLE -> trouble(flight, result, now);
      case NOT_HANDED_OVER -> notHandedOver(flight, result, now);
      case IN_DOUBT -> inDoubt(flight, result, now);
    };
  }

  private Settled sent(Flight flight, SendResult result, Instant now) {
    reputation.success(flight.mailbox().id());
    Instant left = flight.leftAt().orElse(flight.begunAt());
    Delivery delivery =
        delivery(flight, DeliveryStatus.SENT, flight.leftAt(), result, now, "text", result.text());
    Work next = planner.after(flight.factsAfterBegin(), flight.version(), flight.step(), left, now);
    return settle(
        flight,
        now,
        next,
        Optional.of(delivery),
        List.of(entry(flight, now, "sent", result)),
        // Spacing counts from when it may have left at the latest (KERNEL K14).
        new Effect() {
          @Override
          public boolean always() {
            return flight.rested();
          }

          @Override
          public Ledger on(Capacity capacity, Ledger ledger) {
            Ledger after = capacity.left(ledger, flight.leftAt().orElse(flight.notAfter()));
            // What went wrong after it had begun is not mended by it.
            boolean newer = ledger.rest().since().filter(flight.begunAt()::isBefore).isPresent();
            return newer ? after : after.rest(Ledger.Rest.NONE);
          }
        },
        List.of(new SequencerEvent.MailSent(now, flight.ref(), left)));
  }

  private Settled refused(Flight flight, SendResult result, Instant now) {
    if (result.hardBounce()) {
      Work ended = flight.row().state(State.WAITING.ended(Ending.STOPPED, "hard bounce"));
      return failed(flight, result, now, ended).suppressing();
    }
    return failed(flight, result, now, afterFailure(flight, reason(result), now));
  }

  private Work afterFailure(Flight flight, String reason, Instant now) {
    return flight.version().definition().rules().onFailure() == OnFailure.CONTINUE
        ? planner.after(flight.factsAfterBegin(), flight.version(), flight.step(), now, now)
        : flight.row().state(State.WAITING.ended(Ending.FAILED, reason));
  }

  private Settled failed(Flight flight, SendResult result, Instant now, Work next) {
    String reason = reason(result);
    Delivery delivery =
        delivery(flight, DeliveryStatus.FAILED, flight.leftAt(), result, now, "reason", reason);
    Work cleared = next.attempt(next.attempt().staged(Optional.empty()));
    return settle(
        flight,
        now,
        cleared,
        Optional.of(delivery),
        List.of(entry(flight, now, "failed", result)),
        (capacity, ledger) -> nothingAccepted(flight, capacity, ledger),
        List.of(new SequencerEvent.MailFailed(now, flight.ref(), reason)));
  }

  private Settled deferred(Flight flight, SendResult result, Instant now) {
    Attempt attempt = flight.row().attempt();
    List<Duration> pauses = flight.version().definition().rules().retry().pauses();
    int tries = attempt.tries() + 1;
    if (tries > pauses.size()) {
      String policy =
          "deferred " + tries + " times, more than the retry policy " + pauses + " allows";
      SendResult exhausted =
          SendResult.refusedMessage(result.code(), policy + ": " + result.text());
      return failed(flight, exhausted, now, afterFailure(flight, reason(exhausted), now));
    }
    Duration pause = pauses.get(tries - 1);
    Duration hint = result.retryAfter().map(Rests::clamp).orElse(pause);
    Instant due = now.plus(hint.compareTo(pause) > 0 ? hint : pause);
    Work next =
        flight
            .row()
            .waitingIn(Planner.plain(flight.row().lane()), due)
            .state(State.WAITING.status(EnrollmentStatus.ACTIVE, "deferred: " + reason(result)))
            .attempt(attempt.counts(tries, attempt.strikes()));
    return settle(
        flight,
        now,
        next,
        Optional.empty(),
        List.of(entry(flight, now, "deferred", result)),
        (capacity, ledger) -> nothingAccepted(flight, capacity, ledger),
        List.of(new SequencerEvent.MailDeferred(now, flight.ref(), reason(result), due)));
  }

  private Settled trouble(Flight flight, SendResult result, Instant now) {
    int mailbox = flight.mailbox().id();
    boolean policy = result.kind().filter(kind -> kind == Kind.POLICY).isPresent();
    boolean rests = !policy || reputation.policy(mailbox, flight.subject().contact().domain());
    Attempt attempt = flight.row().attempt();
    int strikes = attempt.strikes() + 1;
    if (strikes >= STRIKES && reputation.hasSuccess(mailbox)) {
      SendResult poison =
          SendResult.refusedMessage(
              result.code(),
              "refused "
                  + strikes
                  + " times as mailbox trouble while other mails left: "
                  + result.text());
      return failed(flight, poison, now, afterFailure(flight, reason(poison), now));
    }
    Ledger.Rest rest = Rests.after(result, flight.rest(), flight.mailbox(), flight.begunAt(), now);
    Instant behind = rests ? rest.until().orElse(now) : now.plus(BEHIND);
    Work next = unbindIfNew(flight, attempt.counts(attempt.tries(), strikes));
    next = next.waitingIn(next.lane(), Planner.later(behind, next.due()));
    List<SequencerEvent> events = rests ? List.of(resting(flight.mailbox(), rest, now)) : List.of();
    return settle(
        flight,
        now,
        next.state(State.WAITING.status(EnrollmentStatus.ACTIVE, reason(result))),
        Optional.empty(),
        List.of(entry(flight, now, "mailbox-trouble", result)),
        (capacity, ledger) -> {
          Ledger after = nothingAccepted(flight, capacity, ledger);
          return rests
              ? after.rest(
                  Rests.after(result, ledger.rest(), flight.mailbox(), flight.begunAt(), now))
              : after;
        },
        events);
  }

  private Settled notHandedOver(Flight flight, SendResult result, Instant now) {
    boolean connection = !flight.permitRefused();
    Work next =
        unbindIfNew(flight, flight.row().attempt())
            .state(State.WAITING.status(EnrollmentStatus.ACTIVE, reason(result)));
    List<SequencerEvent> events = new ArrayList<>();
    if (connection) {
      events.add(
          resting(
              flight.mailbox(),
              Rests.after(result, flight.rest(), flight.mailbox(), flight.begunAt(), now),
              now));
    }
    return settle(
        flight,
        now,
        next,
        Optional.empty(),
        List.of(entry(flight, now, "not-handed-over", result)),
        (capacity, ledger) -> {
          Ledger after = nothingAccepted(flight, capacity, ledger);
          return connection
              ? after.rest(
                  Rests.after(result, ledger.rest(), flight.mailbox(), flight.begunAt(), now))
              : after;
        },
        events);
  }

  private Settled inDoubt(Flight flight, SendResult result, Instant now) {
    InDoubt policy = flight.version().definition().rules().inDoubt().orElse(defaultPolicy);
    SequencerEvent doubt = new SequencerEvent.MailInDoubt(now, flight.ref(), policy);
    if (policy == InDoubt.ASSUME_SENT) {
      SendResult assumed = SendResult.sent(Receipt.PLAIN);
      Settled sent = sent(flight.leftUnknown(), assumed, now);
      return sent.withFirst(doubt);
    }
    String why = "in doubt, " + result.text();
    Delivery delivery =
        delivery(flight, DeliveryStatus.IN_DOUBT, flight.leftAt(), result, now, "reason", why);
    Work held =
        policy == InDoubt.RESEND
            ? flight
                .row()
                .waitingIn(Planner.plain(flight.row().lane()), now)
                .state(State.WAITING.status(EnrollmentStatus.ACTIVE, why + ": sent again"))
            : flight
                .row()
                .state(
                    State.WAITING
                        .phase(EnrollmentPhase.IN_DOUBT)
                        .status(EnrollmentStatus.HELD, why));
    return settle(
        flight,
        now,
        held,
        Optional.of(delivery),
        List.of(entry(flight, now, "in-doubt", result)),
        (capacity, ledger) -> capacity.left(ledger, flight.notAfter()),
        List.of(doubt));
  }

  /** Gives what is written when a mailbox could not get ready, before any attempt began. */
  Settled notReady(Prepared prepared, SendResult result, Instant now) {
    Work row = prepared.work();
    MailboxInfo mailbox = prepared.mailbox();
    Work next = row.state(State.WAITING.status(EnrollmentStatus.ACTIVE, reason(result)));
    if (row.attempt().mailbox() != 0 && !prepared.item().hasThread()) {
      next =
          next.attempt(row.attempt().boundTo(0))
              .waitingIn(
                  planner.unbound(prepared.item().facts(), prepared.item().version()), row.due());
    }
    LedgerChange change =
        new LedgerChange(
            mailbox.ledger(),
            ledger -> ledger.rest(Rests.after(result, ledger.rest(), mailbox, now, now)));
    Ledger.Rest rest = Rests.after(result, Ledger.Rest.NONE, mailbox, now, now);
    LogEntry entry =
        Details.entry(
            row, now, "mailbox-not-ready", "mailbox", mailbox.id(), "reason", reason(result));
    return new Settled(
        new Completion(0, row.rev(), Transition.of(next, entry), List.of(change)).seen(row),
        Optional.empty(),
        List.of(resting(mailbox, rest, now)),
        false);
  }

  /** Undoes a binding to a mailbox from which nothing was accepted yet (KERNEL K16). */
  private Work unbindIfNew(Flight flight, Attempt attempt) {
    if (flight.hasThread()) {
      return flight.row().attempt(attempt);
    }
    Work unbound = flight.row().attempt(attempt.boundTo(0).staged(Optional.empty()));
    return unbound.waitingIn(
        planner.unbound(flight.factsAfterBegin(), flight.version()), unbound.due());
  }

  private static Ledger nothingAccepted(Flight flight, Capacity capacity, Ledger ledger) {
    Ledger ended = capacity.givenBack(capacity.ended(ledger, flight.begunAt()), flight.begunAt());
    return flight
        .leftAt()
        .filter(left -> ended.lastLeft().filter(last -> last.isAfter(left)).isEmpty())
        .map(left -> ended.left(Optional.of(left)))
        .orElse(ended);
  }

  private static SequencerEvent resting(MailboxInfo mailbox, Ledger.Rest rest, Instant now) {
    return new SequencerEvent.MailboxResting(
        now, mailbox.tenant(), mailbox.address(), rest.reason(), rest.until());
  }

  static String reason(SendResult result) {
    return (result.code().isEmpty() ? "" : result.code() + " ") + result.text();
  }

  private static LogEntry entry(Flight flight, Instant now, String kind, SendResult result) {
    return Details.entry(
        flight.row(),
        now,
        kind,
        "attempt",
        flight.attempt(),
        "mailbox",
        flight.mailbox().id(),
        "reason",
        reason(result),
        "providerId",
        result.receipt().providerId().orElse(""));
  }

  private static Delivery delivery(
      Flight flight,
      DeliveryStatus status,
      Optional<Instant> leftAt,
      SendResult result,
      Instant now,
      String name,
      String text) {
    Map<String, Object> detail = new LinkedHashMap<>(flight.kept());
    if (!text.isEmpty()) {
      detail.put(name, text);
    }
    return new Delivery(
        flight.row().enrollment(),
        flight.step(),
        status,
        flight.attempt(),
        flight.mailbox().id(),
        now,
        Optional.of(flight.begunAt()),
        leftAt,
        new Delivery.Ids(
            flight.row().attempt().messageId(),
            result.receipt().actualMessageId().map(MessageIds::bracketed),
            result.receipt().providerId(),
            result.receipt().providerThreadId()),
        Json.write(detail));
  }

  /** How an outcome changes the ledgers that the attempt drew on. */
  private interface Effect {
    Ledger on(Capacity capacity, Ledger ledger);

    /** Says whether it matters also where departures do not count. */
    default boolean always() {
      return true;
    }
  }

  private static Settled settle(
      Flight flight,
      Instant now,
      Work next,
      Optional<Delivery> delivery,
      List<LogEntry> log,
      Effect effect,
      List<SequencerEvent> events) {
    List<LedgerChange> changes = new ArrayList<>();
    Capacity own = flight.mailbox().capacity();
    // A ledger is not locked for nothing: whoever begins with it would wait.
    if (effect.always() || own.countsDepartures()) {
      changes.add(new LedgerChange(flight.mailbox().ledger(), ledger -> effect.on(own, ledger)));
    }
    flight
        .sequence()
        .pace()
        .ifPresent(
            pace ->
                changes.add(
                    new LedgerChange(
                        flight.sequence().ledger(),
                        ledger -> effect.on(pace, ledger).rest(ledger.rest()))));
    List<SequencerEvent> heard = new ArrayList<>(events);
    Endings.event(next, flight.sequence().name(), now).ifPresent(heard::add);
    return new Settled(
        new Completion(
            flight.attempt(),
            planRev(flight.row()),
            new Transition(next, delivery, log),
            changes,
            Optional.of(flight.row())),
        Optional.of(flight),
        heard,
        false);
  }

  /**
   * Gives the rev by which the plan holds. The row of an attempt of another node is read when it is
   * decided: when somebody paused, held or ended the enrollment meanwhile, only the outcome counts.
   */
  private static long planRev(Work row) {
    return row.state().status() == EnrollmentStatus.ACTIVE ? row.rev() : NO_PLAN;
  }
}
