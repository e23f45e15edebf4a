package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.HostEvent;
import dev.sequencer.HostEvent.About;
import dev.sequencer.HostEvent.Kind;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.internal.mail.MessageIds;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.InboxEntry;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Suppression.Blocks;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records what happened outside.
 *
 * <ol>
 *   <li>Every event raises the rev of the enrollments it concerns, so that what was planned without
 *       it is planned anew.
 *   <li>One that names a delivery in doubt proves that it was sent.
 *   <li>A reply ends the enrollment it names, or all of a contact; an unsubscribe, a complaint and
 *       a hard bounce suppress the address and end what that blocks, in the same transaction.
 * </ol>
 */
final class Recorder {
  private final Context context;
  private final Stops stops;

  Recorder(Context context) {
    this.context = context;
    this.stops = new Stops(context);
  }

  /** Whom an event concerns: the enrollments, and the delivery it names. */
  private record Concern(Target target, Optional<Delivery> named, Optional<String> address) {}

  int record(HostEvent event) {
    String id =
        event
            .id()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "an event needs an id, by which it is recorded once: call id(...)"));
    if (event.about() instanceof About.Nobody) {
      throw new IllegalArgumentException(
          "an event is about a contact, a delivery or a Message-ID: say which");
    }
    Concern concern = concern(event);
    Instant now = context.now();
    Optional<Suppression> suppression = suppression(event, concern, now);
    if (context.store().leaves()) {
      leave(event, concern.target(), suppression);
      return 0;
    }
    SteerCall.Answer answer =
        context.steer(
            SteerCall.of(
                    context.tenant(),
                    concern.target(),
                    subject -> Optional.of(reaction(subject, event, concern, suppression, now)))
                .key("event:" + id)
                .suppressing(suppression.map(List::of).orElse(List.of()), List.of())
                .logging(
                    concern.target() instanceof Target.Nobody
                        ? List.of(stops.line(event.name(), Act.because("concerns nobody here")))
                        : List.of()));
    context.signal().run();
    answer.after().forEach(row -> tell(row, answer));
    if (answer.repeated()) {
      return 0;
    }
    int others =
        event.about() instanceof About.ContactId ? suppression.map(this::stopOthers).orElse(0) : 0;
    return answer.after().size() + others;
  }

  private void leave(HostEvent event, Target target, Optional<Suppression> suppression) {
    InboxEntry.Concern whom = InboxEntry.Concern.NOBODY;
    if (target instanceof Target.OfContact contact) {
      whom = new InboxEntry.Concern(0, Optional.of(contact.id()), Optional.empty());
    } else if (target instanceof Target.OfAddress address) {
      whom = new InboxEntry.Concern(0, Optional.empty(), Optional.of(address.normalized()));
    } else if (target instanceof Target.These these) {
      whom = InboxEntry.Concern.of(these.enrollments().get(0));
    }
    context
        .store()
        .leave(
            EventForm.wish(event)
                .entry(context.tenant(), whom)
                .suppressing(suppression.map(List::of).orElse(List.of())));
  }

  /**
   * Ends what a suppression blocks of others with the same address. It is written already, so what
   * a crash leaves out here ends when its next mail would leave.
   */
  private int stopOthers(Suppression suppression) {
    SteerCall.Answer answer =
        context.steer(
            SteerCall.of(
                context.tenant(),
                new Target.OfAddress(suppression.target()),
                subject ->
                    stops.suppressed(subject, suppression, Act.because(suppression.reason()))));
    answer.after().forEach(new Steering(context)::tell);
    return answer.after().size();
  }

  private void tell(Work row, SteerCall.Answer answer) {
    boolean wasLive =
        answer.before().stream()
            .anyMatch(
                before ->
                    before.work().enrollment() == row.enrollment()
                        && before.work().state().status() != row.state().status());
    if (wasLive) {
      new Steering(context).tell(row);
    }
  }

  private Concern concern(HostEvent event) {
    About about = event.about();
    if (about instanceof About.ContactId contact) {
      Optional<String> address =
          context
              .store()
              .views()
              .contactById(context.tenant(), contact.id())
              .map(known -> known.normalized());
      return new Concern(new Target.OfContact(contact.id()), Optional.empty(), address);
    }
    if (about instanceof About.Address address) {
      String normalized = address.email().normalized();
      return new Concern(
          new Target.OfAddress(normalized), Optional.empty(), Optional.of(normalized));
    }
    return named(delivery(about))
        .map(found -> concern(event, found))
        .orElse(new Concern(new Target.Nobody(), Optional.empty(), Optional.empty()));
  }

  /** The enrollment and the step that an event names. */
  private record Named(Subject subject, int step) {}

  private Optional<long[]> delivery(About about) {
    if (about instanceof About.OfDelivery of) {
      return Optional.of(new long[] {of.delivery().enrollment().value(), of.delivery().step()});
    }
    if (!(about instanceof About.MessageId message)) {
      return Optional.empty();
    }
    Optional<MessageIds.Decoded> ours = context.decoded(message.messageId());
    if (ours.isPresent()) {
      return Optional.of(new long[] {ours.get().enrollment(), ours.get().step()});
    }
    return context
        .store()
        .views()
        .byActualMessageId(MessageIds.bracketed(message.messageId()))
        .map(found -> new long[] {found.enrollment(), found.step()});
  }

  private Optional<Named> named(Optional<long[]> delivery) {
    return delivery.flatMap(
        pair ->
            context.store().subjects(List.of(pair[0])).stream()
                .filter(s -> s.work().origin().tenant().equals(context.tenant()))
                .findFirst()
                .map(subject -> new Named(subject, (int) pair[1])));
  }

  private static Concern concern(HostEvent event, Named named) {
    Subject subject = named.subject();
    Optional<Delivery> delivery =
        subject.deliveries().stream().filter(d -> d.step() == named.step()).findFirst();
    String address = subject.contact().normalized();
    boolean all = suppresses(event.kind()).isPresent();
    Target target =
        all
            ? new Target.OfAddress(address)
            : new Target.These(List.of(subject.work().enrollment()));
    return new Concern(target, delivery, Optional.of(address));
  }

  private static Optional<Blocks> suppresses(Kind kind) {
    return switch (kind) {
      case UNSUBSCRIBED, COMPLAINED -> Optional.of(Blocks.ALL_BUT_TRANSACTIONAL);
      case BOUNCED_HARD -> Optional.of(Blocks.EVERYTHING);
      case REPLIED, OPENED, CLICKED, BOUNCED_SOFT, CUSTOM -> Optional.empty();
    };
  }

  private Optional<Suppression> suppression(HostEvent event, Concern concern, Instant now) {
    return suppresses(event.kind())
        .flatMap(
            blocks ->
                concern
                    .address()
                    .map(
                        address ->
                            new Suppression(
                                context.tenant(), address, 0, blocks, event.name(), now)));
  }

  private Transition reaction(
      Subject subject,
      HostEvent event,
      Concern concern,
      Optional<Suppression> suppression,
      Instant now) {
    Work row = subject.work();
    Optional<Delivery> proved =
        concern
            .named()
            .filter(d -> d.enrollment() == row.enrollment())
            .flatMap(d -> doubtful(subject, d));
    Work next = proved.isPresent() ? afterProof(row, now) : row;
    boolean ends =
        event.kind() == Kind.REPLIED
            || suppression
                .filter(s -> s.blocks(row.origin().sequence(), stops.transactional(row)))
                .isPresent();
    if (ends && next.state().status() != EnrollmentStatus.ENDED) {
      next = next.state(next.state().ended(Ending.STOPPED, event.name()));
    }
    return new Transition(
        next,
        proved.map(delivery -> sent(delivery, event, now)),
        List.of(entry(row, concern, event, now)));
  }

  private static Optional<Delivery> doubtful(Subject subject, Delivery named) {
    return subject.deliveries().stream()
        .filter(d -> d.step() == named.step() && d.status() == DeliveryStatus.IN_DOUBT)
        .findFirst();
  }

  /** An open, a click, a reply or a bounce that names a mail proves that it was sent. */
  private static Work afterProof(Work row, Instant now) {
    if (row.state().phase() == EnrollmentPhase.SENDING) {
      return row;
    }
    Work waiting = row.state().status() == EnrollmentStatus.ENDED ? row : Steering.parked(row, now);
    return waiting.state(Steering.decided(row.state()));
  }

  private static Delivery sent(Delivery doubt, HostEvent event, Instant now) {
    return new Delivery(
        doubt.enrollment(),
        doubt.step(),
        DeliveryStatus.SENT,
        doubt.attempt(),
        doubt.mailbox(),
        now,
        doubt.begunAt(),
        doubt.leftAt(),
        doubt.ids(),
        dev.sequencer.internal.dispatch.Details.with(
            doubt.detail(), "reason", "proved by the event " + event.name()));
  }

  private static LogEntry entry(Work row, Concern concern, HostEvent event, Instant now) {
    Map<String, Object> detail = new LinkedHashMap<>();
    event.id().ifPresent(id -> detail.put("id", id));
    event.at().ifPresent(at -> detail.put("at", at.toString()));
    if (!event.data().isEmpty()) {
      detail.put("data", event.data().asMap());
    }
    int step = concern.named().map(Delivery::step).orElse(Math.max(0, row.cursor().step()));
    return new LogEntry(
        0, row.origin().tenant(), now, row.enrollment(), step, event.name(), Json.write(detail));
  }
}
