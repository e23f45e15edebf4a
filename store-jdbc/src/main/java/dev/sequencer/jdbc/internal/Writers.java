package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Work;
import java.time.Instant;

/** Puts values into rows; the counterpart of {@link Readers}. */
final class Writers {
  private Writers() {}

  static void work(Batch row, Work work, long lane) {
    moved(row, work, lane);
    start(row, work.attempt());
  }

  /** Puts all but what a begin alone changes. */
  static void moved(Batch row, Work work, long lane) {
    row.bind("enrollment", work.enrollment())
        .bind("rev", work.rev())
        .bind("lane", lane)
        .bind("due", Millis.of(work.due()))
        .bind("status", Codes.of(work.state().status()))
        .bind("phase", Codes.of(work.state().phase()))
        .bind("step", work.cursor().step())
        .bind("after", work.cursor().after())
        .bind("baseAt", Millis.of(work.cursor().baseAt()))
        .bind("ending", Codes.of(work.state().ending()))
        .bind("reason", Texts.clean(work.state().reason()))
        .bind("tries", work.attempt().tries())
        .bind("strikes", work.attempt().strikes());
    binding(row, work.attempt());
  }

  /** Puts what a begin changes. */
  static void begun(Batch row, Work work, long lane) {
    row.bind("enrollment", work.enrollment())
        .bind("lane", lane)
        .bind("phase", Codes.of(work.state().phase()));
    binding(row, work.attempt());
    start(row, work.attempt());
  }

  private static void binding(Batch row, Attempt attempt) {
    row.bind("mailbox", attempt.mailbox())
        .bind("stageReference", Texts.clean(attempt.stageReference()));
  }

  private static void start(Batch row, Attempt attempt) {
    row.bind("attempt", attempt.number())
        .bind("begunAt", Millis.of(attempt.times().map(Attempt.Times::begunAt)))
        .bind("notAfter", Millis.of(attempt.times().map(Attempt.Times::notAfter)))
        .bind("decideAt", Millis.of(attempt.times().map(Attempt.Times::decideAt)))
        .bind("messageId", Texts.clean(attempt.messageId()));
  }

  static void delivery(Batch row, Delivery delivery) {
    row.bind("key", Deliveries.key(delivery.enrollment(), delivery.step()))
        .bind("enrollment", delivery.enrollment())
        .bind("step", delivery.step())
        .bind("status", Codes.of(delivery.status()))
        .bind("attempt", delivery.attempt())
        .bind("mailbox", delivery.mailbox())
        .bind("at", Millis.of(delivery.at()))
        .bind("begunAt", Millis.of(delivery.begunAt()))
        .bind("leftAt", Millis.of(delivery.leftAt()))
        .bind("requested", Texts.clean(delivery.ids().requested()))
        .bind("actual", Texts.clean(delivery.ids().actual()))
        .bind("provider", Texts.clean(delivery.ids().provider()))
        .bind("thread", Texts.clean(delivery.ids().thread()))
        .bind("detail", Texts.clean(delivery.detail()));
  }

  static void departure(Batch row, Delivery delivery, Instant at) {
    row.bind("mailbox", delivery.mailbox())
        .bind("at", Millis.of(at))
        .bind("key", Deliveries.key(delivery.enrollment(), delivery.step()))
        .bind("attempt", delivery.attempt());
  }

  static void ledger(Batch row, Ledger ledger) {
    row.bind("kind", Codes.of(ledger.key().kind()))
        .bind("id", ledger.key().id())
        .bind("day", ledger.day().key())
        .bind("dayUsed", ledger.day().used())
        .bind("hour", ledger.hour().key())
        .bind("hourUsed", ledger.hour().used())
        .bind("lastBegun", Millis.of(ledger.lastBegun()))
        .bind("lastLeft", Millis.of(ledger.lastLeft()))
        .bind("inFlightUntil", Millis.of(ledger.inFlightUntil()))
        .bind("restSince", Millis.of(ledger.rest().since()))
        .bind("restUntil", Millis.of(ledger.rest().until()))
        .bind("restReason", Texts.clean(ledger.rest().reason()))
        .bind("restLevel", ledger.rest().level())
        .bind("rampDays", ledger.ramp().days())
        .bind("rampLast", ledger.ramp().last())
        .bind("fullUntil", Millis.of(ledger.fullUntil()));
  }

  static void contact(Batch row, StoredContact contact) {
    row.bind("id", contact.number())
        .bind("hostId", Texts.clean(contact.id()))
        .bind("address", Texts.clean(contact.address()))
        .bind("normalized", Texts.clean(contact.normalized()))
        .bind("zone", Texts.clean(contact.zone()))
        .bind("locale", Texts.clean(contact.locale()))
        .bind("attributes", Texts.clean(contact.attributes()));
  }
}
