package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
import dev.sequencer.EmailAddress;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.Mailbox;
import dev.sequencer.MailboxView;
import dev.sequencer.Mailboxes;
import dev.sequencer.WhenMailboxGone;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.MailboxKeeper;
import dev.sequencer.internal.catalog.Publisher;
import dev.sequencer.internal.catalog.Switches;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What people do with mailboxes. */
final class MailboxActs implements Mailboxes {
  private static final int PAGE = 500;

  private final Context context;
  private final Publisher publisher;
  private final MailboxKeeper keeper;

  MailboxActs(Context context, Publisher publisher, MailboxKeeper keeper) {
    this.context = context;
    this.publisher = publisher;
    this.keeper = keeper;
  }

  @Override
  public void save(Mailbox mailbox) {
    keeper.save(context.tenant(), mailbox);
    wakeAll();
  }

  private void wakeAll() {
    context.parts().store().wake(List.of(), context.now());
    context.signal().run();
  }

  @Override
  public List<MailboxView> list() {
    return context.catalog().refresh().mailboxes().stream()
        .filter(info -> info.tenant().equals(context.tenant()) && !info.gone())
        .map(this::view)
        .toList();
  }

  @Override
  public Optional<MailboxView> find(String address) {
    return info(address).map(this::view);
  }

  private Optional<MailboxInfo> info(String address) {
    return context.catalog().refresh().mailbox(context.tenant(), EmailAddress.of(address));
  }

  private MailboxView view(MailboxInfo info) {
    Ledger ledger = context.store().views().ledger(info.ledger());
    Instant now = context.now();
    boolean rests =
        ledger.rest().since().isPresent() && ledger.rest().until().map(now::isBefore).orElse(true);
    return new MailboxView(
        info.mailbox(),
        context.catalog().snapshot().paused(context.tenant(), Switches.mailbox(info.id())),
        rests
            ? Optional.of(new MailboxView.Rest(ledger.rest().reason(), ledger.rest().until()))
            : Optional.empty(),
        new MailboxView.Usage(
            info.capacity().usedToday(ledger, now),
            info.capacity().usedThisHour(ledger, now),
            newest(ledger)));
  }

  /** Where departures do not count, the ledger knows when the newest mail began. */
  private static Optional<Instant> newest(Ledger ledger) {
    return Stream.of(ledger.lastLeft(), ledger.lastBegun())
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }

  private static ActResult unknown(String address) {
    return new ActResult(Outcome.NOT_FOUND, "there is no mailbox '" + address + "'", 0);
  }

  @Override
  public ActResult pause(String address, Act act) {
    return info(address)
        .map(
            info -> {
              boolean before = turn(info, true, act);
              return new ActResult(
                  before ? Outcome.UNCHANGED : Outcome.DONE, "paused", inFlight(info));
            })
        .orElseGet(() -> unknown(address));
  }

  @Override
  public ActResult resume(String address, Act act) {
    return info(address)
        .map(
            info -> {
              boolean before = turn(info, false, act);
              wakeAll();
              return new ActResult(before ? Outcome.DONE : Outcome.UNCHANGED, "resumed", 0);
            })
        .orElseGet(() -> unknown(address));
  }

  private void note(String kind, MailboxInfo info, Act act) {
    new Stops(context).note(kind, act, "mailbox", Integer.toString(info.id()));
  }

  private boolean turn(MailboxInfo info, boolean paused, Act act) {
    note(paused ? "mailbox-paused" : "mailbox-resumed", info, act);
    return publisher.pause(
        context.tenant(), Switches.mailbox(info.id()), paused, act.who(), act.why(), context.now());
  }

  private int inFlight(MailboxInfo info) {
    return context
        .parts()
        .store()
        .views()
        .inFlight(
            new EnrollmentFilter(
                Optional.of(context.tenant()),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.of(info.id())));
  }

  @Override
  public ActResult reconnect(String address, Act act) {
    Optional<MailboxInfo> info = info(address);
    if (info.isEmpty()) {
      return unknown(address);
    }
    Ledger ledger = context.store().views().ledger(info.get().ledger());
    context
        .store()
        .change(
            List.of(
                new Completion.LedgerChange(
                    info.get().ledger(), known -> known.rest(Ledger.Rest.NONE))));
    note("mailbox-reconnected", info.get(), act);
    wakeAll();
    return new ActResult(
        ledger.rest().since().isPresent() ? Outcome.DONE : Outcome.UNCHANGED, "reconnected", 0);
  }

  @Override
  public ActResult remove(String address, WhenMailboxGone rule, Act act) {
    Optional<MailboxInfo> info = info(address);
    if (info.isEmpty()) {
      return unknown(address);
    }
    keeper.remove(info.get());
    note("mailbox-removed", info.get(), act);
    int inFlight = 0;
    long after = 0;
    SteerCall.Answer page = treat(info.get(), rule, after, act);
    while (!page.before().isEmpty()) {
      inFlight += page.inFlight();
      page.after().forEach(new Steering(context)::tell);
      after = page.before().get(page.before().size() - 1).work().enrollment();
      page = treat(info.get(), rule, after, act);
    }
    wakeAll();
    return new ActResult(Outcome.DONE, "removed", inFlight);
  }

  private SteerCall.Answer treat(MailboxInfo info, WhenMailboxGone rule, long after, Act act) {
    return context
        .store()
        .steer(
            SteerCall.of(
                context.tenant(),
                new SteerCall.Target.OfMailbox(info.id(), after, PAGE),
                subject -> treat(subject, rule, act)));
  }

  private Optional<Transition> treat(Subject subject, WhenMailboxGone rule, Act act) {
    Work row = subject.work();
    Instant now = context.now();
    // What is being sent, or in doubt, is treated when it is decided.
    if (row.state().phase() != EnrollmentPhase.WAITING) {
      return Optional.empty();
    }
    String why = "its mailbox was removed";
    Work next =
        switch (rule) {
          case HOLD ->
              row.state().status() == EnrollmentStatus.ACTIVE
                  ? row.state(row.state().status(EnrollmentStatus.HELD, why))
                  : row;
          case REASSIGN -> Steering.parked(row.attempt(row.attempt().boundTo(0)), now);
          case FAIL -> row.state(State.WAITING.ended(Ending.FAILED, why));
        };
    return Optional.of(Steering.transition(next, row, now, "mailbox-gone", act));
  }
}
