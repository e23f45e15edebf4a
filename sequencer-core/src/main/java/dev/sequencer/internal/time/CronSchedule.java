package dev.sequencer.internal.time;

import dev.sequencer.TimeRuleException.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * A UNIX cron expression read in a zone (R5).
 *
 * <p>An expression whose minute or hour field starts with a star is an interval job: it fires at
 * every minute whose wall clock matches, never in a gap, twice in an overlap. Any other is a
 * fixed-time job: in an overlap it fires at the earlier occurrence alone; what falls into a gap of
 * at most three hours fires once at the first instant after it; longer gaps are not caught up.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class CronSchedule {

  private static final Duration LONGEST_CAUGHT_UP = Duration.ofHours(3);

  private final String expression;
  private final CronPattern pattern;

  private CronSchedule(String expression, CronPattern pattern) {
    this.expression = expression;
    this.pattern = pattern;
  }

  /**
   * Reads an expression of five fields (minute, hour, day of month, month, day of week) or a
   * nickname such as {@code @daily}.
   *
   * @param expression the expression; blanks around it do not count
   * @return the schedule
   * @throws dev.sequencer.TimeRuleException with {@code INVALID_CRON} when it is not understood,
   *     with {@code NEVER_FIRES} when it matches nothing within 100 years
   */
  public static CronSchedule parse(String expression) {
    return new CronSchedule(expression.strip(), CronPattern.parse(expression));
  }

  /**
   * Gives the next firing. The caller asks from the last scheduled firing, not from now.
   *
   * @param start any instant
   * @param zone the zone whose wall clock counts
   * @return the first firing strictly after the start, on a whole minute of the wall clock or right
   *     after a gap
   * @throws dev.sequencer.TimeRuleException with {@code NEVER_FIRES} when there is none within 100
   *     years
   */
  public Instant next(Instant start, ZoneId zone) {
    LocalTimes.check(start, Code.NEVER_FIRES);
    return pattern.isInterval() ? nextOfInterval(start, zone) : nextOfFixedTime(start, zone);
  }

  /** Walks the stretches of one offset; each is a time line of its own. */
  private Instant nextOfInterval(Instant start, ZoneId zone) {
    Instant stretch = start;
    LocalDateTime match = pattern.after(local(start, zone));
    while (true) {
      ZoneOffset offset = zone.getRules().getOffset(stretch);
      Instant fire = match.toInstant(offset);
      Optional<Instant> change = LocalTimes.nextChange(stretch, zone);
      if (change.isEmpty() || fire.isBefore(change.get())) {
        return fire;
      }
      stretch = change.get();
      match = pattern.from(local(stretch, zone));
    }
  }

  /** Local matches in order give instants in order, so the first that is after the start is it. */
  private Instant nextOfFixedTime(Instant start, ZoneId zone) {
    LocalDateTime match = pattern.after(local(start, zone));
    while (true) {
      ZoneOffsetTransition change = zone.getRules().getTransition(match);
      Optional<Instant> fire = fixedTime(match, Optional.ofNullable(change), zone);
      if (fire.isPresent() && fire.get().isAfter(start)) {
        return fire.get();
      }
      match = change == null ? pattern.after(match) : pattern.from(endOf(change));
    }
  }

  private static Optional<Instant> fixedTime(
      LocalDateTime match, Optional<ZoneOffsetTransition> change, ZoneId zone) {
    Optional<ZoneOffsetTransition> gap = change.filter(ZoneOffsetTransition::isGap);
    if (gap.isEmpty()) {
      return Optional.of(LocalTimes.resolve(match, zone));
    }
    return gap.filter(g -> g.getDuration().compareTo(LONGEST_CAUGHT_UP) <= 0)
        .map(ZoneOffsetTransition::getInstant);
  }

  /** Gives the first local time after a gap or an overlap. */
  private static LocalDateTime endOf(ZoneOffsetTransition change) {
    return change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
  }

  private static LocalDateTime local(Instant instant, ZoneId zone) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronSchedule that && expression.equals(that.expression);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  /** Gives the expression as written. */
  @Override
  public String toString() {
    return expression;
  }
}
