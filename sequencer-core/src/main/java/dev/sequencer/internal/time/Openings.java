package dev.sequencer.internal.time;

import dev.sequencer.SendWindow;
import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Windows read in a zone (R4): when they are open, when they open next and when they close.
 *
 * <p>An instant is open iff its wall clock lies in a range. So an opening inside a gap takes effect
 * at the first instant after it, and a range inside an overlap is open twice. Opening is inclusive,
 * closing exclusive. With several windows, open is what one of them has open.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class Openings {

  /** The farthest local date that a search looks at, in days after its first. */
  public static final int HORIZON_DAYS = 366;

  private final List<OpenMinutes> windows;
  private final ZoneId zone;
  private final boolean always;

  private Openings(List<OpenMinutes> windows, ZoneId zone) {
    this.windows = windows;
    this.zone = zone;
    this.always = windows.stream().anyMatch(OpenMinutes::neverCloses);
  }

  /**
   * Gives openings that never close.
   *
   * @param zone the zone whose dates count
   * @return always open
   */
  public static Openings always(ZoneId zone) {
    return of(SendWindow.daily("00:00", "24:00"), zone);
  }

  /**
   * Gives the openings of a window.
   *
   * @param window the window
   * @param zone the zone whose wall clock it is
   * @return its openings
   */
  public static Openings of(SendWindow window, ZoneId zone) {
    return new Openings(List.of(new OpenMinutes(window)), zone);
  }

  /**
   * Gives the union of windows, each with its own holidays: the hours of a mailbox that has none of
   * its own (KERNEL S1).
   *
   * @param windows the windows of the sequences that use it; none means always open
   * @param zone the mailbox's zone
   * @return open when one of them is
   */
  public static Openings anyOf(Collection<SendWindow> windows, ZoneId zone) {
    return windows.isEmpty()
        ? always(zone)
        : new Openings(windows.stream().distinct().map(OpenMinutes::new).toList(), zone);
  }

  /**
   * Gives the zone in which the windows are read.
   *
   * @return the zone
   */
  public ZoneId zone() {
    return zone;
  }

  /**
   * Tells whether an instant is open.
   *
   * @param instant an instant
   * @return true when its wall clock lies in a range
   */
  public boolean isOpen(Instant instant) {
    return always || isOpen(LocalDateTime.ofInstant(instant, zone));
  }

  /**
   * Gives the first open instant at or after another, through the local date 366 days later.
   *
   * @param from where the search begins
   * @return {@code from} itself when it is open, else the next opening
   * @throws TimeRuleException with {@code NO_OPEN_TIME} when there is none
   */
  public Instant firstOpen(Instant from) {
    return firstOpen(from, horizon(from));
  }

  /**
   * Gives the first open instant at or after another.
   *
   * @param from where the search begins
   * @param last the last local date of the search
   * @return {@code from} itself when it is open, else the next opening
   * @throws TimeRuleException with {@code NO_OPEN_TIME} when there is none
   */
  public Instant firstOpen(Instant from, LocalDate last) {
    return findOpen(from, last)
        .orElseThrow(
            () ->
                new TimeRuleException(
                    Code.NO_OPEN_TIME,
                    "A window must open within "
                        + HORIZON_DAYS
                        + " days, but is closed from "
                        + from
                        + " through "
                        + last
                        + " in "
                        + zone
                        + "; check its holidays"));
  }

  private Optional<Instant> findOpen(Instant from, LocalDate last) {
    LocalTimes.check(from, Code.NO_OPEN_TIME);
    Instant stretch = from;
    LocalDateTime local = LocalDateTime.ofInstant(stretch, zone);
    while (!local.toLocalDate().isAfter(last)) {
      if (always || isOpen(local)) {
        return Optional.of(stretch);
      }
      ZoneOffset offset = zone.getRules().getOffset(stretch);
      Optional<Instant> opening = nextOpening(local, last).map(next -> next.toInstant(offset));
      Optional<Instant> change = LocalTimes.nextChange(stretch, zone);
      if (opening.isPresent() && (change.isEmpty() || opening.get().isBefore(change.get()))) {
        return opening;
      }
      if (change.isEmpty()) {
        break;
      }
      stretch = change.get();
      local = LocalDateTime.ofInstant(stretch, zone);
    }
    return Optional.empty();
  }

  /**
   * Gives the next opening, if any.
   *
   * @param from where the search begins
   * @return {@code from} itself when it is open, else the next opening; empty when there is none
   *     through the local date 366 days later
   */
  public Optional<Instant> opensAt(Instant from) {
    return findOpen(from, horizon(from));
  }

  /**
   * Gives the first closed instant at or after an open one.
   *
   * @param open an open instant
   * @return the closing; {@code open} itself when it is closed already; empty when nothing closes
   *     through the local date 366 days later
   */
  public Optional<Instant> closesAt(Instant open) {
    LocalTimes.check(open, Code.NO_OPEN_TIME);
    if (always) {
      return Optional.empty();
    }
    LocalDate last = horizon(open);
    Instant stretch = open;
    LocalDateTime local = LocalDateTime.ofInstant(stretch, zone);
    while (!local.toLocalDate().isAfter(last)) {
      if (!isOpen(local)) {
        return Optional.of(stretch);
      }
      ZoneOffset offset = zone.getRules().getOffset(stretch);
      Optional<Instant> closing = nextClosing(local, last).map(next -> next.toInstant(offset));
      Optional<Instant> change = LocalTimes.nextChange(stretch, zone);
      if (closing.isPresent() && (change.isEmpty() || closing.get().isBefore(change.get()))) {
        return closing;
      }
      if (change.isEmpty()) {
        return Optional.empty();
      }
      stretch = change.get();
      local = LocalDateTime.ofInstant(stretch, zone);
    }
    return Optional.empty();
  }

  /**
   * Gives the open time of the ranges that open on a local date, also that after its midnight;
   * dates that are holidays are cut out.
   *
   * @param date a local date
   * @return disjoint stretches in ascending order, none of which touch; perhaps none
   */
  public List<Span> openedOn(LocalDate date) {
    BitSet minutes = new BitSet(2 * OpenMinutes.DAY);
    windows.forEach(window -> minutes.or(window.opening(date)));
    LocalDateTime midnight = date.atStartOfDay();
    List<Span> spans = new ArrayList<>();
    int from = minutes.nextSetBit(0);
    while (from >= 0) {
      int to = minutes.nextClearBit(from);
      spans.addAll(LocalTimes.spans(midnight.plusMinutes(from), midnight.plusMinutes(to), zone));
      from = minutes.nextSetBit(to);
    }
    return joined(spans);
  }

  LocalDate horizon(Instant from) {
    LocalTimes.check(from, Code.NO_OPEN_TIME);
    return LocalTimes.date(from, zone).plusDays(HORIZON_DAYS);
  }

  private boolean isOpen(LocalDateTime local) {
    return openOn(local.toLocalDate()).get(local.get(ChronoField.MINUTE_OF_DAY));
  }

  private Optional<LocalDateTime> nextOpening(LocalDateTime closed, LocalDate last) {
    int from = closed.get(ChronoField.MINUTE_OF_DAY);
    for (LocalDate date = closed.toLocalDate(); !date.isAfter(last); date = date.plusDays(1)) {
      int minute = openOn(date).nextSetBit(from);
      if (minute >= 0) {
        return Optional.of(date.atStartOfDay().plusMinutes(minute));
      }
      from = 0;
    }
    return Optional.empty();
  }

  private Optional<LocalDateTime> nextClosing(LocalDateTime open, LocalDate last) {
    int from = open.get(ChronoField.MINUTE_OF_DAY);
    for (LocalDate date = open.toLocalDate(); !date.isAfter(last); date = date.plusDays(1)) {
      int minute = openOn(date).nextClearBit(from);
      if (minute < OpenMinutes.DAY) {
        return Optional.of(date.atStartOfDay().plusMinutes(minute));
      }
      from = 0;
    }
    return Optional.empty();
  }

  private BitSet openOn(LocalDate date) {
    if (windows.size() == 1) {
      return windows.get(0).on(date);
    }
    BitSet minutes = new BitSet(OpenMinutes.DAY);
    windows.forEach(window -> minutes.or(window.on(date)));
    return minutes;
  }

  /** Sorts stretches, which an overlap interleaves, and joins those that touch. */
  private static List<Span> joined(List<Span> spans) {
    spans.sort(Comparator.comparing(Span::start));
    List<Span> joined = new ArrayList<>();
    for (Span span : spans) {
      int last = joined.size() - 1;
      if (last >= 0 && !joined.get(last).end().isBefore(span.start())) {
        joined.set(last, new Span(joined.get(last).start(), span.end()));
      } else {
        joined.add(span);
      }
    }
    return joined;
  }
}
