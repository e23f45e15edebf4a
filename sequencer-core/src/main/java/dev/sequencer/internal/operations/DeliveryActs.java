package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
import dev.sequencer.Deliveries;
import dev.sequencer.DeliveryId;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.Page;
import dev.sequencer.Resolution;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.Publisher;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.dispatch.Details;
import dev.sequencer.internal.dispatch.Planner;
import dev.sequencer.internal.mail.MessageIds;
import dev.sequencer.internal.operations.Steering.Decision;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Completion.LedgerChange;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.StoreViews.DeliveryFilter;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What people do with deliveries. */
final class DeliveryActs implements Deliveries {
  private static final int MOST_TRIES = 5;
  private static final int NO_ATTEMPT = 0;

  private final Context context;
  private final Steering steering;
  private final Views views;

  DeliveryActs(Context context) {
    this.context = context;
    this.steering = new Steering(context);
    this.views = new Views(context);
  }

  @Override
  public Optional<DeliveryView> find(DeliveryId id) {
    return subject(id.enrollment().value())
        .flatMap(
            subject ->
                subject.deliveries().stream()
                    .filter(delivery -> delivery.step() == id.step())
                    .findFirst()
                    .map(delivery -> views.delivery(delivery, subject.work())));
  }

  private Optional<Subject> subject(long enrollment) {
    return context.store().subjects(List.of(enrollment)).stream()
        .filter(found -> found.work().origin().tenant().equals(context.tenant()))
        .findFirst();
  }

  @Override
  public Page<DeliveryView> find(DeliveryQuery query) {
    OptionalInt sequence = OptionalInt.empty();
    if (query.sequence().isPresent()) {
      sequence = OptionalInt.of(context.sequence(query.sequence().get()).id());
    }
    OptionalInt mailbox = OptionalInt.empty();
    if (query.mailbox().isPresent()) {
      Optional<MailboxInfo> info =
          context.catalog().refresh().mailbox(context.tenant(), query.mailbox().get());
      if (info.isEmpty()) {
        return new Page<>(List.of(), Optional.empty());
      }
      mailbox = OptionalInt.of(info.get().id());
    }
    DeliveryFilter filter =
        new DeliveryFilter(
            new EnrollmentFilter(
                Optional.of(context.tenant()),
                sequence,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty()),
            query.status(),
            mailbox,
            query.olderThan().map(age -> context.now().minus(age)));
    Optional<DeliveryId> after = query.after().map(DeliveryId::parse);
    List<Delivery> found =
        context
            .store()
            .views()
            .deliveries(
                filter,
                after.map(id -> id.enrollment().value()).orElse(0L),
                after.map(DeliveryId::step).orElse(0),
                query.limit());
    Optional<String> next =
        found.size() < query.limit()
            ? Optional.empty()
            : Optional.of(
                DeliveryId.of(
                        found.get(found.size() - 1).enrollment(),
                        found.get(found.size() - 1).step())
                    .toString());
    return new Page<>(shown(found), next);
  }

  private List<DeliveryView> shown(List<Delivery> found) {
    Map<Long, Work> rows = new HashMap<>();
    context
        .store()
        .subjects(found.stream().map(Delivery::enrollment).distinct().toList())
        .forEach(subject -> rows.put(subject.work().enrollment(), subject.work()));
    List<DeliveryView> shown = new ArrayList<>();
    for (Delivery delivery : found) {
      Work row = rows.get(delivery.enrollment());
      if (row != null) {
        shown.add(views.delivery(delivery, row));
      }
    }
    return shown;
  }

  @Override
  public Optional<DeliveryView> findByMessageId(String messageId) {
    Optional<MessageIds.Decoded> ours = context.decoded(messageId);
    if (ours.isPresent()) {
      return find(DeliveryId.of(ours.get().enrollment(), ours.get().step()));
    }
    return context
        .store()
        .views()
        .byActualMessageId(MessageIds.bracketed(messageId))
        .flatMap(delivery -> find(DeliveryId.of(delivery.enrollment(), delivery.step())));
  }

  @Override
  public ActResult cancel(DeliveryId id) {
    return cancel(id, Act.because(""));
  }

  @Override
  public ActResult cancel(DeliveryId id, Act act) {
    return steering.steer(
        id.enrollment().value(),
        Wish.of("cancelDelivery", act).with("delivery", id.toString()),
        subject -> cancel(subject, id.step(), context.now(), act));
  }

  private Decision cancel(Subject subject, int step, Instant now, Act act) {
    Work row = subject.work();
    boolean send =
        context
            .catalog()
            .snapshot()
            .sequence(row.origin().sequence())
            .map(SequenceInfo::name)
            .filter(Publisher::isSend)
            .isPresent();
    if (!send || step != Publisher.SEND_STEP) {
      return Decision.no(
          Outcome.REFUSED, "it is a step of a sequence: cancel its enrollment or skip the step");
    }
    Optional<Delivery> settled =
        subject.deliveries().stream().filter(d -> d.step() == step).findFirst();
    if (settled.isPresent()) {
      boolean cancelled =
          settled.get().status() == DeliveryStatus.SKIPPED
              && row.state().ending().filter(e -> e == Ending.CANCELLED).isPresent();
      return cancelled
          ? Decision.no(Outcome.UNCHANGED, "it is cancelled already")
          : Decision.no(
              Outcome.TOO_LATE,
              "it is "
                  + settled
                      .get()
                      .status()
                      .name()
                      .toLowerCase(java.util.Locale.ROOT)
                      .replace('_', ' '));
    }
    if (row.state().phase() != EnrollmentPhase.WAITING) {
      return Decision.no(Outcome.TOO_LATE, "it is being sent");
    }
    if (row.state().status() == EnrollmentStatus.ENDED) {
      return Decision.no(Outcome.UNCHANGED, "it has ended already");
    }
    Delivery skipped =
        new Delivery(
            row.enrollment(),
            step,
            DeliveryStatus.SKIPPED,
            row.attempt().number(),
            0,
            now,
            Optional.empty(),
            Optional.empty(),
            Delivery.Ids.NONE,
            Details.of("reason", "cancelled" + (act.why().isEmpty() ? "" : ": " + act.why())));
    Work next = row.state(row.state().ended(Ending.CANCELLED, act.why()));
    return Decision.yes(
        "cancelled", Steering.transition(next, skipped, row, now, "cancelled", act));
  }

  @Override
  public ActResult resolve(DeliveryId id, Resolution resolution, Act act) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Subject> subject = subject(id.enrollment().value());
      if (subject.isEmpty()) {
        return new ActResult(Outcome.NOT_FOUND, "there is no delivery " + id, 0);
      }
      Optional<ActResult> result = resolve(subject.get(), id.step(), resolution, act);
      if (result.isPresent()) {
        context.signal().run();
        return result.get();
      }
    }
    return new ActResult(
        Outcome.REFUSED, "the enrollment was changed by others meanwhile: try again", 0);
  }

  /** Decides by the state as it was read; empty when it has changed since. */
  private Optional<ActResult> resolve(Subject subject, int step, Resolution resolution, Act act) {
    Work row = subject.work();
    Optional<Delivery> doubt =
        subject.deliveries().stream()
            .filter(d -> d.step() == step && d.status() == DeliveryStatus.IN_DOUBT)
            .findFirst();
    if (doubt.isEmpty()) {
      return Optional.of(
          row.state().phase() == EnrollmentPhase.SENDING && row.cursor().step() == step
              ? new ActResult(Outcome.REFUSED, "it is being sent: its deadline has not come", 1)
              : new ActResult(Outcome.REFUSED, "it is not in doubt", 0));
    }
    if (isBeingSentAgain(row, step)) {
      return Optional.of(new ActResult(Outcome.REFUSED, "it is being sent again", 0));
    }
    boolean over = row.state().status() == EnrollmentStatus.ENDED || row.cursor().step() != step;
    if (resolution == Resolution.RESEND && over) {
      return Optional.of(
          new ActResult(
              Outcome.REFUSED,
              "its enrollment has ended or moved on, so it is not sent again: skip it",
              0));
    }
    Instant now = context.now();
    Transition transition = transition(subject, doubt.get(), resolution, now, act);
    // A row that waits has no attempt that could end: what is decided is the delivery alone, and
    // what it took may have been given back already.
    Completion completion =
        row.state().phase() == EnrollmentPhase.IN_DOUBT
            ? new Completion(
                doubt.get().attempt(), row.rev(), transition, credits(doubt.get(), resolution))
            : new Completion(NO_ATTEMPT, row.rev(), transition, List.of());
    Completion.Answer answer = context.store().complete(List.of(completion)).get(0);
    if (answer == Completion.Answer.APPLIED) {
      if (!completion.ledgers().isEmpty()) {
        wake(doubt.get().mailbox());
      }
      steering.tell(transition.next());
      return Optional.of(
          new ActResult(Outcome.DONE, resolution.name().toLowerCase(java.util.Locale.ROOT), 0));
    }
    return Optional.empty();
  }

  /** What has ended before it was sent again stays in doubt until somebody decides. */
  private static boolean isBeingSentAgain(Work row, int step) {
    return row.state().phase() == EnrollmentPhase.SENDING
        || (row.state().phase() == EnrollmentPhase.WAITING
            && row.state().status() != EnrollmentStatus.ENDED
            && row.cursor().step() == step);
  }

  private static Transition transition(
      Subject subject, Delivery doubt, Resolution resolution, Instant now, Act act) {
    Work row = subject.work();
    boolean movedOn = row.cursor().step() != doubt.step();
    State decided = movedOn ? row.state() : Steering.decided(row.state());
    boolean stays = movedOn || row.state().status() == EnrollmentStatus.ENDED;
    Work parked = (stays ? row : Steering.parked(row, now)).state(decided);
    return switch (resolution) {
      case WAS_SENT -> settled(parked, doubt, DeliveryStatus.SENT, now, "resolved-sent", act);
      case SKIP -> settled(parked, doubt, DeliveryStatus.SKIPPED, now, "resolved-skipped", act);
      case FAIL -> settled(parked, doubt, DeliveryStatus.FAILED, now, "resolved-failed", act);
      // The delivery stays in doubt until the next attempt has an outcome.
      case RESEND ->
          Steering.transition(
              row.waitingIn(Planner.plain(row.lane()), now).state(decided),
              row,
              now,
              "resolved-resend",
              act);
    };
  }

  private static Transition settled(
      Work next, Delivery doubt, DeliveryStatus status, Instant now, String kind, Act act) {
    Delivery decided =
        new Delivery(
            doubt.enrollment(),
            doubt.step(),
            status,
            doubt.attempt(),
            doubt.mailbox(),
            now,
            doubt.begunAt(),
            Optional.empty(),
            doubt.ids(),
            Details.with(
                doubt.detail(),
                "reason",
                "resolved by hand" + (act.why().isEmpty() ? "" : ": " + act.why())));
    return Steering.transition(next, decided, next, now, kind, act);
  }

  /** Lets what waits for the capacity of a mailbox be looked at. */
  private void wake(int mailbox) {
    List<Integer> owners = new ArrayList<>(context.catalog().snapshot().poolsOf(mailbox));
    owners.add(mailbox);
    context.store().wake(owners, context.now());
  }

  /** In doubt counts as sent; what is resolved as not sent is credited where that still counts. */
  private List<LedgerChange> credits(Delivery doubt, Resolution resolution) {
    Optional<MailboxInfo> mailbox = context.catalog().snapshot().mailbox(doubt.mailbox());
    if (resolution == Resolution.WAS_SENT || mailbox.isEmpty() || doubt.begunAt().isEmpty()) {
      return List.of();
    }
    Instant begun = doubt.begunAt().get();
    return List.of(
        new LedgerChange(
            mailbox.get().ledger(), ledger -> mailbox.get().capacity().givenBack(ledger, begun)));
  }
}
