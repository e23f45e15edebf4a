package dev.sequencer.internal.capacity;

import dev.sequencer.internal.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The slots of the ranges that open on one local date (R8.1).
 *
 * <p>The open time of the date is laid end to end; breaks carry no time. Slots stand at 0, 1, 2 and
 * so on times the interval, at most as many as the quota, each before the end of the open time.
 * With jitter, each moves forward by less than what the interval leaves above the minimum spacing,
 * and stays in its opening (KERNEL S17); so they keep their order and their spacing.
 */
public final class DaySlots {

  private final LocalDate date;
  private final List<Span> open;
  private final Duration interval;
  private final int count;
  private final Pacing pacing;

  private DaySlots(LocalDate date, List<Span> open, Duration interval, int count, Pacing pacing) {
    this.date = date;
    this.open = open;
    this.interval = interval;
    this.count = count;
    this.pacing = pacing;
  }

  /** Lays the slots of a date. With no open time at all there are none. */
  static DaySlots of(LocalDate date, List<Span> open, Pacing pacing) {
    long seconds = open.stream().mapToLong(span -> span.length().toSeconds()).sum();
    Duration spacing = pacing.minSpacing();
    // Intervals are whole seconds: a minimum spacing with a part of one is rounded up.
    long least = spacing.plusNanos(999_999_999).toSeconds();
    long interval = Math.max(Math.max(seconds / pacing.quota(), least), 1);
    long fitting = seconds == 0 ? 0 : (seconds - 1) / interval + 1;
    int count = (int) Math.min(fitting, pacing.quota());
    return new DaySlots(date, open, Duration.ofSeconds(interval), count, pacing);
  }

  /**
   * Tells how many slots the date has.
   *
   * @return at most the quota; 0 when nothing opens on the date
   */
  public int count() {
    return count;
  }

  /**
   * Gives the time between slots.
   *
   * @return whole seconds, at least one
   */
  public Duration interval() {
    return interval;
  }

  /**
   * Gives a slot.
   *
   * @param index 0 to {@code count() - 1}
   * @return its instant
   */
  public Instant at(int index) {
    Instant base = base(index);
    if (pacing.jitterSeed().isEmpty()) {
      return base;
    }
    Duration free = interval.minus(pacing.minSpacing());
    Duration toClosing = Duration.between(base, openingEnd(index));
    long room = (free.compareTo(toClosing) < 0 ? free : toClosing).toMillis();
    String key = pacing.jitterSeed().get() + '|' + date;
    return room <= 0 ? base : base.plusMillis(StableHash.below(key, index, room));
  }

  /** Gives the end of the opening in which a slot lies. */
  Instant openingEnd(int index) {
    return opening(index).end();
  }

  /** Gives a slot that is not after an instant, near it; 0 when all are after it. */
  int notAfter(Instant instant) {
    Duration before = Duration.ZERO;
    for (Span span : open) {
      if (!instant.isAfter(span.start())) {
        break;
      }
      Instant end = instant.isBefore(span.end()) ? instant : span.end();
      before = before.plus(Duration.between(span.start(), end));
    }
    // One less, because jitter may have moved the slot before to this side of the instant.
    long index = before.toSeconds() / interval.toSeconds() - 1;
    return (int) Math.max(0, Math.min(index, count));
  }

  private Instant base(int index) {
    Duration left = interval.multipliedBy(index);
    for (Span span : open) {
      if (left.compareTo(span.length()) < 0) {
        return span.start().plus(left);
      }
      left = left.minus(span.length());
    }
    throw new IndexOutOfBoundsException("slot " + index + " of " + count);
  }

  private Span opening(int index) {
    Instant base = base(index);
    return open.stream().filter(span -> span.contains(base)).findFirst().orElseThrow();
  }
}
