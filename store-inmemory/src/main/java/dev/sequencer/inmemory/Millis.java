package dev.sequencer.inmemory;

import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.Origin;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Optional;

/**
 * Cuts instants to milliseconds where rows are written: every store keeps the same instants, so
 * that a compare-and-set and a forecast see the same. What is cut already is given back as it is.
 */
final class Millis {
  /** Later than everything, still a number of milliseconds. */
  static final Instant NEVER = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final int NANOS = 1_000_000;

  private Millis() {}

  /** Gives the milliseconds of an instant; the ends of a long for what is beyond them. */
  static long of(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) {
      return instant.getEpochSecond() < 0 ? Long.MIN_VALUE + 1 : Long.MAX_VALUE;
    }
  }

  static Instant cut(Instant instant) {
    int beyond = instant.get(ChronoField.NANO_OF_SECOND) % NANOS;
    return beyond == 0 ? instant : instant.minusNanos(beyond);
  }

  private static Optional<Instant> cut(Optional<Instant> instant) {
    return instant.map(Millis::cut);
  }

  static Origin cut(Origin origin) {
    Instant at = cut(origin.enrolledAt());
    return at.equals(origin.enrolledAt())
        ? origin
        : new Origin(
            origin.tenant(),
            origin.sequence(),
            origin.version(),
            origin.contact(),
            origin.run(),
            at);
  }

  static Cursor cut(Cursor cursor) {
    Instant at = cut(cursor.baseAt());
    return at.equals(cursor.baseAt()) ? cursor : new Cursor(cursor.step(), cursor.after(), at);
  }

  static Attempt cut(Attempt attempt) {
    Optional<Attempt.Times> times = attempt.times().map(Millis::cut);
    return times.equals(attempt.times())
        ? attempt
        : new Attempt(
            attempt.number(),
            attempt.tries(),
            attempt.strikes(),
            attempt.mailbox(),
            times,
            attempt.messageId(),
            attempt.stageReference());
  }

  private static Attempt.Times cut(Attempt.Times times) {
    return new Attempt.Times(cut(times.begunAt()), cut(times.notAfter()), cut(times.decideAt()));
  }

  /** Gives the row with another rev, cut. */
  static Work row(Work work, long rev) {
    return new Work(
        work.enrollment(),
        cut(work.origin()),
        rev,
        work.lane(),
        cut(work.due()),
        cut(work.cursor()),
        work.state(),
        cut(work.attempt()));
  }

  static Delivery cut(Delivery delivery) {
    return new Delivery(
        delivery.enrollment(),
        delivery.step(),
        delivery.status(),
        delivery.attempt(),
        delivery.mailbox(),
        cut(delivery.at()),
        cut(delivery.begunAt()),
        cut(delivery.leftAt()),
        delivery.ids(),
        delivery.detail());
  }

  static LogEntry cut(LogEntry entry, long position) {
    return new LogEntry(
        position,
        entry.tenant(),
        cut(entry.at()),
        entry.enrollment(),
        entry.step(),
        entry.kind(),
        entry.detail());
  }

  static Suppression cut(Suppression suppression) {
    return new Suppression(
        suppression.tenant(),
        suppression.target(),
        suppression.sequence(),
        suppression.blocks(),
        suppression.reason(),
        cut(suppression.at()));
  }

  static Ledger cut(Ledger ledger) {
    return new Ledger(
        ledger.key(),
        ledger.day(),
        ledger.hour(),
        cut(ledger.lastBegun()),
        cut(ledger.lastLeft()),
        cut(ledger.inFlightUntil()),
        new Ledger.Rest(
            cut(ledger.rest().since()),
            cut(ledger.rest().until()),
            ledger.rest().reason(),
            ledger.rest().level()),
        ledger.ramp(),
        cut(ledger.fullUntil()));
  }
}
