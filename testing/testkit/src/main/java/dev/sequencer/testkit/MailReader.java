package dev.sequencer.testkit;

import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerOperations;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/** Joins what the fake transport accepted with the delivery that names it. */
final class MailReader {
  private final Supplier<Sequencer> engine;
  private final ZoneId engineZone;

  MailReader(Supplier<Sequencer> engine, ZoneId engineZone) {
    this.engine = engine;
    this.engineZone = engineZone;
  }

  SentMail read(FakeTransport.Accepted accepted) {
    SequencerOperations tenant = engine.get().tenant(accepted.mail().sender().tenant());
    Optional<DeliveryView> delivery =
        tenant.deliveries().findByMessageId(accepted.mail().messageId());
    ZoneId zone = delivery.flatMap(found -> zone(tenant, found)).orElse(engineZone);
    return new SentMail(accepted.mail(), accepted.at(), zone, delivery);
  }

  private static Optional<ZoneId> zone(SequencerOperations tenant, DeliveryView delivery) {
    return tenant
        .enrollments()
        .find(delivery.id().enrollment())
        .map(EnrollmentView::contact)
        .flatMap(contact -> contact.zone())
        .or(
            () ->
                tenant
                    .sequences()
                    .find(delivery.sequence())
                    .flatMap(sequence -> sequence.definition().rules().defaultZone()));
  }
}
