package dev.sequencer.internal.capacity;

import dev.sequencer.MailboxLimits;
import dev.sequencer.MailboxLimits.Counting;
import dev.sequencer.internal.time.LocalTimes;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.Ledger.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * The quotas of a ledger: which buckets count, what they have left, when they end.
 *
 * <p>Buckets are counted in whether or not there is a quota, so that one that is added later knows
 * what was sent. Their keys only move forward.
 *
 * @param limits the quotas
 * @param zone the zone of the buckets
 */
record LedgerQuotas(MailboxLimits limits, ZoneId zone) {

  private static final Memo<String, LocalDate> DAYS = new Memo<>(LocalDate::parse);
  private static final Memo<String, Instant> HOURS = new Memo<>(Instant::parse);
  private static final Memo<LocalDate, String> DAY_KEYS = new Memo<>(LocalDate::toString);
  private static final Memo<Instant, String> HOUR_KEYS = new Memo<>(Instant::toString);

  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Gives the quota of an instant's day: the warm-up's where that is less. */
  OptionalInt perDay(Ledger ledger, Instant at) {
    if (limits.rampUp().isEmpty()) {
      return limits.perDay();
    }
    int cap = Ramps.cap(limits.rampUp().get(), ledger.ramp(), day(ledger, at));
    return OptionalInt.of(Math.min(cap, limits.perDay().orElse(cap)));
  }

  /** Gives how many mails count in the bucket of an instant's day. */
  int usedOfDay(Ledger ledger, Instant at) {
    return used(ledger.day(), dayKey(ledger, at));
  }

  /** Gives how many mails count in the bucket of an instant's hour. */
  int usedOfHour(Ledger ledger, Instant at) {
    return used(ledger.hour(), hourKey(ledger, at));
  }

  /** Gives what the calendar day has left; empty without a quota of calendar days. */
  OptionalInt leftOfDay(Ledger ledger, Instant at) {
    OptionalInt limit = perDay(ledger, at);
    return limit.isPresent() && limits.day() == Counting.CALENDAR
        ? OptionalInt.of(Math.max(0, limit.getAsInt() - usedOfDay(ledger, at)))
        : OptionalInt.empty();
  }

  /** Gives what the calendar hour has left; empty without a quota of calendar hours. */
  OptionalInt leftOfHour(Ledger ledger, Instant at) {
    OptionalInt limit = limits.perHour();
    return limit.isPresent() && limits.hour() == Counting.CALENDAR
        ? OptionalInt.of(Math.max(0, limit.getAsInt() - usedOfHour(ledger, at)))
        : OptionalInt.empty();
  }

  /** Gives the end of an instant's day bucket. */
  Instant endOfDay(Ledger ledger, Instant at) {
    return Quotas.dayReset(day(ledger, at), at, zone);
  }

  /** Gives the end of an instant's hour bucket. */
  Instant endOfHour(Ledger ledger, Instant at) {
    return Quotas.hour(hour(ledger, at), zone).end();
  }

  /** Tells whether a quota is counted over any 24 hours or 60 minutes. */
  boolean rolls() {
    return (limits.day() == Counting.ROLLING
            && (limits.perDay().isPresent() || limits.rampUp().isPresent()))
        || (limits.hour() == Counting.ROLLING && limits.perHour().isPresent());
  }

  /**
   * Gives when rolling quotas have room: 24 hours or 60 minutes after the mail that fills them, the
   * n-th newest of a quota of n (KERNEL S22).
   */
  Instant rollingFrom(Ledger ledger, Instant now, IntFunction<Optional<Instant>> nthNewest) {
    OptionalInt perDay =
        limits.day() == Counting.ROLLING ? perDay(ledger, now) : OptionalInt.empty();
    OptionalInt perHour =
        limits.hour() == Counting.ROLLING ? limits.perHour() : OptionalInt.empty();
    return LocalTimes.later(
        room(perDay, DAY, nthNewest).orElse(now), room(perHour, HOUR, nthNewest).orElse(now));
  }

  /** Counts one mail. */
  Ledger counted(Ledger ledger, Instant now) {
    String day = dayKey(ledger, now);
    String hour = hourKey(ledger, now);
    return ledger.buckets(
        new Bucket(day, used(ledger.day(), day) + 1),
        new Bucket(hour, used(ledger.hour(), hour) + 1));
  }

  /** Takes one mail out of the buckets in which it was counted, where they are still in use. */
  Ledger credited(Ledger ledger, Instant begunAt) {
    String day = DAY_KEYS.of(LocalTimes.date(begunAt, zone));
    String hour = HOUR_KEYS.of(Quotas.hour(begunAt, zone).start());
    return ledger.buckets(credited(ledger.day(), day), credited(ledger.hour(), hour));
  }

  private String dayKey(Ledger ledger, Instant at) {
    return DAY_KEYS.of(day(ledger, at));
  }

  private String hourKey(Ledger ledger, Instant at) {
    return HOUR_KEYS.of(hour(ledger, at));
  }

  private LocalDate day(Ledger ledger, Instant at) {
    String key = ledger.day().key();
    Optional<LocalDate> inUse = key.isEmpty() ? Optional.empty() : Optional.of(DAYS.of(key));
    return Quotas.dayKey(at, zone, inUse);
  }

  private Instant hour(Ledger ledger, Instant at) {
    String key = ledger.hour().key();
    Optional<Instant> inUse = key.isEmpty() ? Optional.empty() : Optional.of(HOURS.of(key));
    return Quotas.hourKey(at, zone, inUse);
  }

  private static Optional<Instant> room(
      OptionalInt limit, Duration span, IntFunction<Optional<Instant>> nthNewest) {
    return limit.isEmpty()
        ? Optional.empty()
        : nthNewest.apply(limit.getAsInt()).map(nth -> nth.plus(span));
  }

  private static int used(Bucket bucket, String key) {
    return bucket.key().equals(key) ? bucket.used() : 0;
  }

  private static Bucket credited(Bucket bucket, String key) {
    return bucket.key().equals(key) ? new Bucket(key, Math.max(0, bucket.used() - 1)) : bucket;
  }
}
