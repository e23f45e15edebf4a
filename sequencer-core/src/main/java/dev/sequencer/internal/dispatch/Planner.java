package dev.sequencer.internal.dispatch;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.MailKind;
import dev.sequencer.OnFailure;
import dev.sequencer.Step;
import dev.sequencer.TimeRuleException;
import dev.sequencer.Zones;
import dev.sequencer.internal.catalog.Catalog;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.Version;
import dev.sequencer.internal.plan.CalendarKey;
import dev.sequencer.internal.plan.Walk;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Decides where an enrollment goes next: walks over what the machine does by itself and puts the
 * row in the lane of the mail it comes to. Reads definitions, writes nothing.
 */
public final class Planner {
  /** The name under which an enrollment's data keeps the mailbox that was named for it. */
  public static final String NAMED_MAILBOX = "$mailbox";

  /** Stands as {@code after} of a cursor that somebody placed: it is due at its base. */
  public static final int PLACED = -1;

  private static final int BY_HAND = 0;

  private final Catalog catalog;

  /** Makes a planner over definitions. */
  public Planner(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Gives the zone in which a contact's local times are read; UTC where nothing local is asked. */
  public ZoneId zone(Version version, Optional<String> contactZone) {
    return contactZone
        .map(Zones::of)
        .or(() -> version.definition().rules().defaultZone())
        .or(catalog::engineZone)
        .orElse(ZoneOffset.UTC);
  }

  /** Gives where a new enrollment begins; its first delay counts from an instant. */
  public EnrollCall.Start start(
      Version version, StoredContact contact, String data, Instant enrolledAt, Instant base) {
    Work blank =
        new Work(
            1,
            new dev.sequencer.spi.store.Origin(
                contact.tenant(), version.sequence(), version.id(), 1, "", enrolledAt),
            0,
            Lane.control(version.sequence()),
            base,
            new Cursor(0, 0, base),
            State.WAITING,
            Attempt.NONE);
    Work first =
        after(new Facts(new Subject(blank, contact, data, List.of())), version, 0, base, base);
    return new EnrollCall.Start(first.lane(), first.due(), first.cursor(), first.state());
  }

  /**
   * Gives the row after a step is settled.
   *
   * @param step the settled step; 0 for the start
   * @param base the instant from which the next delay counts
   * @param now an end that has come by then ends the enrollment
   */
  public Work after(Facts facts, Version version, int step, Instant base, Instant now) {
    Work row = facts.work();
    Walk.Place place;
    try {
      place = walk(facts, version).from(step, base);
    } catch (TimeRuleException e) {
      place = new Walk.Place.Stuck(version.graph().after(step), String.valueOf(e.getMessage()));
    }
    Attempt fresh = row.attempt().counts(0, 0).staged(Optional.empty());
    if (place instanceof Walk.Place.AtEmail at) {
      Cursor cursor = new Cursor(at.step(), step, base);
      Lane lane = lane(facts, version, at.step(), at.sendTime());
      return row.at(lane, at.due(), cursor).state(waiting(row)).attempt(fresh);
    }
    if (place instanceof Walk.Place.AtEnd end) {
      Cursor cursor = new Cursor(0, step, base);
      Work next = row.at(Lane.control(version.sequence()), end.due(), cursor).attempt(fresh);
      return end.due().isAfter(now)
          ? next.state(waiting(row))
          : next.state(waiting(row).ended(Ending.COMPLETED, ""));
    }
    Walk.Place.Stuck stuck = (Walk.Place.Stuck) place;
    return row.at(Lane.control(version.sequence()), now, new Cursor(stuck.step(), step, base))
        .state(waiting(row).ended(Ending.FAILED, stuck.reason()))
        .attempt(fresh);
  }

  private static State waiting(Work row) {
    return row.state().status() == dev.sequencer.EnrollmentStatus.PAUSED
        ? row.state().phase(EnrollmentPhase.WAITING)
        : State.WAITING;
  }

  /** Gives the row planned anew from what is true now: definitions, contact, deliveries. */
  public Work replan(Facts facts, Version version, Instant now) {
    Work row = facts.work();
    int step = row.cursor().step();
    Optional<Delivery> settled =
        facts.subject().deliveries().stream()
            .filter(delivery -> delivery.step() == step)
            .findFirst();
    if (settled.isPresent() && settled.get().status() != DeliveryStatus.IN_DOUBT) {
      return afterSettled(facts, version, settled.get(), now);
    }
    if (row.cursor().after() == PLACED && version.graph().email(step).isPresent()) {
      Lane lane = lane(facts, version, step, Optional.empty());
      return row.waitingIn(lane, row.cursor().baseAt()).state(waiting(row));
    }
    Work next = after(facts, version, row.cursor().after(), row.cursor().baseAt(), now);
    boolean sameStep = next.cursor().step() == step && step != 0;
    if (!sameStep) {
      return next;
    }
    next = next.attempt(row.attempt());
    return row.attempt().tries() == 0 && settled.isEmpty()
        ? next
        : next.waitingIn(plain(next.lane()), later(next.due(), retryAt(version, row, now)));
  }

  /**
   * Gives a row that is to be tried again in the lane that its contact asks for now, due as it is.
   */
  public Work relaned(Facts facts, Version version) {
    Work row = facts.work();
    Lane lane = lane(facts, version, row.cursor().step(), Optional.empty());
    return row.waitingIn(lane, row.due());
  }

  private static Instant retryAt(Version version, Work row, Instant now) {
    List<Duration> pauses = version.definition().rules().retry().pauses();
    int tries = row.attempt().tries();
    return tries == 0 || tries > pauses.size() ? now : now.plus(pauses.get(tries - 1));
  }

  private Work afterSettled(Facts facts, Version version, Delivery delivery, Instant now) {
    boolean failed = delivery.status() == DeliveryStatus.FAILED;
    if (failed && version.definition().rules().onFailure() == OnFailure.FAIL) {
      return facts
          .work()
          .state(waiting(facts.work()).ended(Ending.FAILED, Details.reason(delivery)));
    }
    return after(facts, version, delivery.step(), base(delivery), now);
  }

  /** Gives the instant from which the delay after a settled step counts (KERNEL S6). */
  public static Instant base(Delivery delivery) {
    return delivery.status() == DeliveryStatus.SENT
        ? delivery.leftAt().or(delivery::begunAt).orElse(delivery.at())
        : delivery.at();
  }

  private Walk walk(Facts facts, Version version) {
    return new Walk(
        version.graph(),
        version.sendWindow(),
        zone(version, facts.subject().contact().zone()),
        facts.work().origin().enrolledAt(),
        facts::attributes);
  }

  /** Gives the lane of an e-mail step. */
  public Lane lane(Facts facts, Version version, int step, Optional<LocalTime> sendTime) {
    CalendarKey calendar =
        CalendarKey.of(version.window(), zone(version, facts.subject().contact().zone()), sendTime);
    int mailbox = facts.work().attempt().mailbox();
    return new Lane(
        mailbox != 0 ? mailbox : unboundOwner(facts, version),
        version.sequence(),
        calendar.text(),
        priority(version, step),
        mailbox != 0);
  }

  /** Gives the lane of a row that lost its mailbox, or never had one. */
  public Lane unbound(Facts facts, Version version) {
    Lane lane = facts.work().lane();
    return new Lane(
        unboundOwner(facts, version), lane.sequence(), lane.calendar(), lane.priority(), false);
  }

  /** A mailbox that was named and removed since leaves its enrollments to the pool. */
  private int unboundOwner(Facts facts, Version version) {
    return facts.data().get(NAMED_MAILBOX).orElse(0L) instanceof Number named
            && named.intValue() != 0
            && catalog.snapshot().mailbox(named.intValue()).filter(MailboxInfo::gone).isEmpty()
        ? named.intValue()
        : version.pool();
  }

  private static int priority(Version version, int step) {
    Optional<Step.Email> email = version.graph().email(step);
    MailKind kind = email.map(version::kind).orElse(MailKind.PERSONAL);
    return switch (kind) {
      case TRANSACTIONAL -> 1;
      case PERSONAL -> 2;
      case BULK -> 3;
    };
  }

  /** Gives a lane without send time, as retries use it. */
  public static Lane plain(Lane lane) {
    return new Lane(
        lane.owner(),
        lane.sequence(),
        CalendarKey.parse(lane.calendar()).plain().text(),
        lane.priority(),
        lane.bound());
  }

  /** Gives the lane of a row that goes before all others, its calendar without send time. */
  public static Lane byHand(Lane lane) {
    return new Lane(
        lane.owner(),
        lane.sequence(),
        CalendarKey.parse(lane.calendar()).plain().text(),
        BY_HAND,
        lane.bound());
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
