package dev.sequencer.internal.operations;

import dev.sequencer.DeliveryId;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.HistoryEntry;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.Snapshot;
import dev.sequencer.internal.catalog.Version;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.internal.dispatch.Contacts;
import dev.sequencer.internal.dispatch.Details;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Work;
import java.util.Optional;

/** Turns what the store keeps into what hosts see. */
final class Views {
  private final Context context;

  Views(Context context) {
    this.context = context;
  }

  EnrollmentView enrollment(Work work, StoredContact contact) {
    Version version = context.catalog().version(work.origin().version());
    boolean live = work.state().status() != EnrollmentStatus.ENDED;
    int step = work.cursor().step();
    return new EnrollmentView(
        new EnrollmentId(work.enrollment()),
        version.definition().name(),
        version.number(),
        Contacts.contact(contact),
        work.origin().run(),
        work.origin().enrolledAt(),
        new EnrollmentView.Standing(
            work.state().status(),
            work.state().phase(),
            work.state().ending(),
            step > 0 ? Optional.of(version.graph().key(step)) : Optional.empty(),
            live ? Optional.of(work.due()) : Optional.empty(),
            mailbox(work.attempt().mailbox()),
            closed(work).orElse(work.state().reason())));
  }

  /**
   * Gives what keeps a row from leaving at all: it is in no row, since closed lanes are not read.
   */
  private Optional<String> closed(Work work) {
    if (work.state().status() != EnrollmentStatus.ACTIVE
        || work.state().phase() != EnrollmentPhase.WAITING) {
      return Optional.empty();
    }
    Snapshot definitions = context.catalog().snapshot();
    Optional<SequenceInfo> sequence = definitions.sequence(work.origin().sequence());
    if (sequence.filter(info -> info.pastEnd(context.now())).isPresent()) {
      return Optional.of("past the end date");
    }
    boolean paused =
        sequence.filter(definitions::pausedSequence).isPresent()
            || definitions
                .mailbox(work.attempt().mailbox())
                .filter(definitions::pausedMailbox)
                .isPresent();
    return paused ? Optional.of("paused") : Optional.empty();
  }

  private Optional<String> mailbox(int id) {
    return context.catalog().snapshot().mailbox(id).map(MailboxInfo::address);
  }

  DeliveryView delivery(Delivery delivery, Work work) {
    Version version = context.catalog().version(work.origin().version());
    String text = Details.reason(delivery);
    return new DeliveryView(
        DeliveryId.of(delivery.enrollment(), delivery.step()),
        version.definition().name(),
        version.graph().key(delivery.step()),
        delivery.status(),
        mailbox(delivery.mailbox()).orElse(""),
        delivery.attempt(),
        new DeliveryView.Times(delivery.at(), delivery.begunAt(), delivery.leftAt()),
        new DeliveryView.Ids(
            delivery.ids().requested(),
            delivery.ids().actual(),
            delivery.ids().provider(),
            delivery.ids().thread()),
        text.isEmpty() ? Details.text(delivery.detail(), "text") : text);
  }

  HistoryEntry entry(LogEntry entry, Version version) {
    return new HistoryEntry(
        entry.at(),
        entry.kind(),
        entry.step() > 0 ? Optional.of(version.graph().key(entry.step())) : Optional.empty(),
        Json.object(entry.detail()));
  }
}
