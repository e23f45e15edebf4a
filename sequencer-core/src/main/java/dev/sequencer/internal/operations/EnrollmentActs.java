package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Enrollments;
import dev.sequencer.HistoryEntry;
import dev.sequencer.Page;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.Version;
import dev.sequencer.internal.dispatch.Details;
import dev.sequencer.internal.dispatch.Planner;
import dev.sequencer.internal.operations.Steering.Decision;
import dev.sequencer.internal.plan.StepGraph;
import dev.sequencer.internal.text.DidYouMean;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/** What people do with enrollments. */
final class EnrollmentActs implements Enrollments {
  private static final int MOST_HISTORY = 1000;

  private final Context context;
  private final Steering steering;
  private final Views views;

  EnrollmentActs(Context context) {
    this.context = context;
    this.steering = new Steering(context);
    this.views = new Views(context);
  }

  @Override
  public Optional<EnrollmentView> find(EnrollmentId id) {
    return subject(id).map(found -> views.enrollment(found.work(), found.contact()));
  }

  private Optional<Subject> subject(EnrollmentId id) {
    return context.store().subjects(List.of(id.value())).stream()
        .filter(found -> found.work().origin().tenant().equals(context.tenant()))
        .findFirst();
  }

  @Override
  public Page<EnrollmentView> find(EnrollmentQuery query) {
    OptionalInt sequence = OptionalInt.empty();
    if (query.sequence().isPresent()) {
      sequence = OptionalInt.of(context.sequence(query.sequence().get()).id());
    }
    long after = query.after().map(Long::parseLong).orElse(0L);
    List<Work> found = new ArrayList<>();
    if (query.email().isPresent() || query.contactId().isPresent()) {
      for (StoredContact contact : contacts(query)) {
        found.addAll(page(query, sequence, OptionalLong.of(contact.number()), after));
      }
    } else {
      found.addAll(page(query, sequence, OptionalLong.empty(), after));
    }
    List<Work> items =
        found.stream()
            .sorted(java.util.Comparator.comparingLong(Work::enrollment))
            .limit(query.limit())
            .toList();
    Map<Long, StoredContact> people = new HashMap<>();
    context
        .store()
        .views()
        .contacts(items.stream().map(work -> work.origin().contact()).distinct().toList())
        .forEach(contact -> people.put(contact.number(), contact));
    List<EnrollmentView> shown = new ArrayList<>();
    for (Work work : items) {
      StoredContact contact = people.get(work.origin().contact());
      if (contact != null) {
        shown.add(views.enrollment(work, contact));
      }
    }
    return new Page<>(
        shown,
        items.size() < query.limit()
            ? Optional.empty()
            : Optional.of(Long.toString(items.get(items.size() - 1).enrollment())));
  }

  private List<StoredContact> contacts(EnrollmentQuery query) {
    if (query.email().isEmpty()) {
      return query
          .contactId()
          .flatMap(id -> context.store().views().contactById(context.tenant(), id))
          .map(List::of)
          .orElse(List.of());
    }
    return context
        .store()
        .views()
        .contactsByAddress(context.tenant(), query.email().get().normalized())
        .stream()
        .filter(contact -> query.contactId().isEmpty() || query.contactId().equals(contact.id()))
        .toList();
  }

  private List<Work> page(
      EnrollmentQuery query, OptionalInt sequence, OptionalLong contact, long after) {
    EnrollmentFilter filter =
        new EnrollmentFilter(
            Optional.of(context.tenant()),
            sequence,
            query.status(),
            query.phase(),
            contact,
            OptionalInt.empty());
    return context.store().views().enrollments(filter, after, query.limit());
  }

  @Override
  public List<HistoryEntry> history(EnrollmentId id) {
    Optional<Subject> found = subject(id);
    if (found.isEmpty()) {
      return List.of();
    }
    Version version = context.catalog().version(found.get().work().origin().version());
    List<HistoryEntry> history = new ArrayList<>();
    long after = 0;
    List<LogEntry> page = log(id, after);
    while (!page.isEmpty()) {
      page.forEach(entry -> history.add(views.entry(entry, version)));
      after = page.get(page.size() - 1).position();
      page = log(id, after);
    }
    return history.subList(Math.max(0, history.size() - MOST_HISTORY), history.size());
  }

  private List<LogEntry> log(EnrollmentId id, long after) {
    return context.store().views().log(context.tenant(), id.value(), after, MOST_HISTORY);
  }

  private ActResult act(EnrollmentId id, Wish wish, BiFunction<Subject, Instant, Decision> decide) {
    return steering.steer(
        id.value(),
        wish.with("enrollment", id.value()),
        subject -> decide.apply(subject, context.now()));
  }

  private static Decision ended() {
    return Decision.no(Outcome.REFUSED, "it has ended");
  }

  @Override
  public ActResult pause(EnrollmentId id, Act act) {
    return act(
        id,
        Wish.of("pause", act),
        (subject, now) -> {
          Work row = subject.work();
          return switch (row.state().status()) {
            case ENDED -> ended();
            case PAUSED -> Decision.no(Outcome.UNCHANGED, "it is paused already");
            case HELD -> Decision.no(Outcome.REFUSED, "it is held: decide that first");
            case ACTIVE ->
                Decision.yes(
                    "paused",
                    Steering.transition(
                        row.state(row.state().status(EnrollmentStatus.PAUSED, act.why())),
                        row,
                        now,
                        "paused",
                        act));
          };
        });
  }

  @Override
  public ActResult resume(EnrollmentId id, Act act) {
    return act(
        id,
        Wish.of("resume", act),
        (subject, now) -> {
          Work row = subject.work();
          boolean doubtful = row.state().phase() == EnrollmentPhase.IN_DOUBT;
          State active =
              doubtful
                  ? row.state().status(EnrollmentStatus.HELD, "in doubt: resolve the delivery")
                  : row.state().status(EnrollmentStatus.ACTIVE, "");
          return switch (row.state().status()) {
            case ENDED -> ended();
            case ACTIVE -> Decision.no(Outcome.UNCHANGED, "it is active already");
            case PAUSED ->
                Decision.yes(
                    "resumed", Steering.transition(row.state(active), row, now, "resumed", act));
            case HELD -> resumeHeld(row, active, now, act);
          };
        });
  }

  private Decision resumeHeld(Work row, State active, Instant now, Act act) {
    if (row.state().phase() == EnrollmentPhase.IN_DOUBT) {
      return Decision.no(Outcome.REFUSED, "its mail is in doubt: resolve the delivery");
    }
    if (Steering.inFlight(row)) {
      return Decision.yes(
          "resumed", Steering.transition(row.state(active), row, now, "resumed", act));
    }
    Work parked = goingOn(row, now).state(active);
    return Decision.yes("resumed", Steering.transition(parked, row, now, "resumed", act));
  }

  /** Gives a row that somebody lets go on: for the walk, and without a mailbox that is gone. */
  private Work goingOn(Work row, Instant now) {
    boolean gone =
        context
            .catalog()
            .snapshot()
            .mailbox(row.attempt().mailbox())
            .filter(MailboxInfo::gone)
            .isPresent();
    return Steering.parked(gone ? row.attempt(row.attempt().boundTo(0)) : row, now);
  }

  /** Of an ended one the draft may be gone by now, so that another is made. */
  private Work goingOnAnew(Work row, Instant now) {
    return goingOn(row.attempt(row.attempt().counts(0, 0).staged(Optional.empty())), now);
  }

  @Override
  public ActResult cancel(EnrollmentId id, Act act) {
    return end(id, Ending.CANCELLED, Wish.of("cancel", act), "cancelled", act);
  }

  @Override
  public ActResult complete(EnrollmentId id, Act act) {
    return end(id, Ending.COMPLETED, Wish.of("complete", act), "completed", act);
  }

  private ActResult end(EnrollmentId id, Ending ending, Wish wish, String kind, Act act) {
    return act(
        id,
        wish,
        (subject, now) -> {
          Work row = subject.work();
          if (row.state().status() == EnrollmentStatus.ENDED) {
            return Decision.no(Outcome.UNCHANGED, "it has ended already");
          }
          Work next = row.state(row.state().ended(ending, act.why()));
          return Decision.yes(kind, Steering.transition(next, row, now, kind, act));
        });
  }

  @Override
  public ActResult hold(EnrollmentId id, Act act) {
    return act(
        id,
        Wish.of("hold", act),
        (subject, now) -> {
          Work row = subject.work();
          if (row.state().status() == EnrollmentStatus.ENDED) {
            return ended();
          }
          if (row.state().status() == EnrollmentStatus.HELD) {
            return Decision.no(Outcome.UNCHANGED, "it is held already");
          }
          Work next = row.state(row.state().status(EnrollmentStatus.HELD, act.why()));
          return Decision.yes("held", Steering.transition(next, row, now, "held", act));
        });
  }

  @Override
  public ActResult skip(EnrollmentId id, Act act) {
    return act(
        id,
        Wish.of("skip", act),
        (subject, now) -> {
          Work row = subject.work();
          Optional<Decision> no = notWaitingAtMail(row);
          if (no.isPresent()) {
            return no.get();
          }
          if (settled(subject, row.cursor().step())) {
            return Decision.no(Outcome.UNCHANGED, "that step has an outcome already");
          }
          Delivery skipped =
              new Delivery(
                  row.enrollment(),
                  row.cursor().step(),
                  DeliveryStatus.SKIPPED,
                  attemptSkipped(subject),
                  row.attempt().mailbox(),
                  now,
                  Optional.empty(),
                  Optional.empty(),
                  Delivery.Ids.NONE,
                  Details.of(
                      "reason", "skipped by hand" + (act.why().isEmpty() ? "" : ": " + act.why())));
          Work next = goingOnAnew(row, now).state(Steering.decided(row.state()));
          return Decision.yes(
              "skipped", Steering.transition(next, skipped, row, now, "skipped", act));
        });
  }

  /**
   * Of a mail that was to be sent again the next one is skipped: the doubtful one may have left.
   */
  private static int attemptSkipped(Subject subject) {
    Work row = subject.work();
    boolean doubtful = subject.deliveries().stream().anyMatch(d -> d.step() == row.cursor().step());
    return row.attempt().number() + (doubtful ? 1 : 0);
  }

  /** Refuses an act for which an enrollment must wait at an e-mail. */
  private static Optional<Decision> notWaitingAtMail(Work row) {
    if (row.state().status() == EnrollmentStatus.ENDED) {
      return Optional.of(ended());
    }
    return switch (row.state().phase()) {
      case SENDING -> Optional.of(Decision.no(Outcome.TOO_LATE, "its mail is being sent"));
      case IN_DOUBT ->
          Optional.of(Decision.no(Outcome.REFUSED, "its mail is in doubt: resolve the delivery"));
      case WAITING ->
          row.cursor().step() == 0
              ? Optional.of(Decision.no(Outcome.REFUSED, "it waits for its end, not at a mail"))
              : Optional.empty();
    };
  }

  private static boolean settled(Subject subject, int step) {
    return subject.deliveries().stream()
        .anyMatch(d -> d.step() == step && d.status() != DeliveryStatus.IN_DOUBT);
  }

  @Override
  public ActResult retry(EnrollmentId id, Act act) {
    return act(
        id,
        Wish.of("retry", act),
        (subject, now) -> {
          Work row = subject.work();
          if (row.state().ending().filter(ending -> ending == Ending.FAILED).isEmpty()) {
            return Decision.no(
                Outcome.REFUSED, "only a failed enrollment can be retried, but it is not one");
          }
          if (row.state().phase() != EnrollmentPhase.WAITING) {
            return Decision.no(Outcome.TOO_LATE, "its mail is being sent or in doubt");
          }
          Work next = goingOnAnew(row, now).state(row.state().status(EnrollmentStatus.ACTIVE, ""));
          return Decision.yes("retried", Steering.transition(next, row, now, "retried", act));
        });
  }

  @Override
  public ActResult move(EnrollmentId id, String step, Act act) {
    Optional<Subject> found = subject(id);
    if (found.isEmpty()) {
      return new ActResult(Outcome.NOT_FOUND, "there is no enrollment " + id, 0);
    }
    Version version = context.catalog().version(found.get().work().origin().version());
    Optional<Integer> number = version.graph().number(step);
    if (number.isEmpty()) {
      return new ActResult(
          Outcome.REFUSED, "its version has no step '" + step + "'" + near(version, step), 0);
    }
    return act(
        id,
        Wish.of("move", act).with("step", step),
        (subject, now) -> move(subject, version, number.get(), now, act));
  }

  private static String near(Version version, String step) {
    return DidYouMean.among(
            step, version.definition().steps().stream().map(dev.sequencer.Step::key).toList())
        .map(known -> ": did you mean '" + known + "'?")
        .orElse("");
  }

  private Decision move(Subject subject, Version version, int number, Instant now, Act act) {
    Work row = subject.work();
    if (row.state().status() == EnrollmentStatus.ENDED) {
      return ended();
    }
    if (row.state().phase() != EnrollmentPhase.WAITING) {
      return Decision.no(Outcome.TOO_LATE, "its mail is being sent or in doubt");
    }
    if (row.origin().version() != version.id()) {
      return Decision.no(Outcome.REFUSED, "its version was changed meanwhile: try again");
    }
    if (subject.deliveries().stream().anyMatch(d -> d.step() == number)) {
      return Decision.no(Outcome.REFUSED, "that step has an outcome already");
    }
    boolean mail = version.graph().email(number).isPresent();
    Cursor cursor =
        mail
            ? new Cursor(number, Planner.PLACED, now)
            : new Cursor(number, before(version, number), now);
    Work parked = goingOnAnew(row, now);
    Work next = parked.at(parked.lane(), now, cursor).state(Steering.decided(row.state()));
    return Decision.yes("moved", Steering.transition(next, row, now, "moved", act));
  }

  private static int before(Version version, int number) {
    int before = StepGraph.END;
    int at = version.graph().after(before);
    while (at != StepGraph.END && at != number) {
      before = at;
      at = version.graph().after(at);
    }
    return before;
  }

  @Override
  public ActResult runNow(EnrollmentId id, Act act) {
    return act(
        id,
        Wish.of("runNow", act),
        (subject, now) -> {
          Work row = subject.work();
          Optional<Decision> no = notWaitingAtMail(row);
          if (no.isPresent()) {
            return no.get();
          }
          if (row.state().status() != EnrollmentStatus.ACTIVE || row.lane().isControl()) {
            return Decision.no(Outcome.REFUSED, "it is not active at a mail: resume it first");
          }
          Cursor cursor = new Cursor(row.cursor().step(), Planner.PLACED, now);
          Work next = row.at(Planner.byHand(row.lane()), now, cursor);
          return Decision.yes("due now", Steering.transition(next, row, now, "run-now", act));
        });
  }
}
