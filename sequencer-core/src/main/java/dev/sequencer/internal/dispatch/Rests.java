package dev.sequencer.internal.dispatch;

import dev.sequencer.MailboxLimits.Counting;
import dev.sequencer.internal.capacity.Quotas;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.store.Ledger.Rest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** How long a mailbox rests after which trouble (KERNEL K11, S26). Pure. */
final class Rests {
  static final String CONNECTION = "CONNECTION";

  private static final List<Duration> NO_CONNECTION =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5));
  private static final List<Duration> THROTTLED =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(60));
  private static final Duration SHORTEST_HINT = Duration.ofSeconds(30);
  private static final Duration LONGEST_HINT = Duration.ofHours(24);
  private static final int HINTS_BELIEVED = 6;

  private Rests() {}

  /** Gives a hint of a transport within 30 seconds and 24 hours. */
  static Duration clamp(Duration hint) {
    if (hint.compareTo(SHORTEST_HINT) < 0) {
      return SHORTEST_HINT;
    }
    return hint.compareTo(LONGEST_HINT) > 0 ? LONGEST_HINT : hint;
  }

  /**
   * Gives the rest after a mailbox had trouble; one that a report of an attempt from before the
   * rest gives is the rest there is.
   *
   * @param rest the rest there is
   * @param begunAt when the attempt began that reports
   */
  static Rest after(
      SendResult result, Rest rest, MailboxInfo mailbox, Instant begunAt, Instant now) {
    if (rest.since().filter(since -> !begunAt.isAfter(since)).isPresent()) {
      return rest;
    }
    int level = rest.level() + 1;
    String reason = result.kind().map(Kind::name).orElse(CONNECTION);
    return new Rest(Optional.of(now), until(result, level, mailbox, now), reason, level);
  }

  private static Optional<Instant> until(
      SendResult result, int level, MailboxInfo mailbox, Instant now) {
    if (result.kind().isEmpty()) {
      return Optional.of(
          now.plus(result.retryAfter().map(Rests::clamp).orElse(step(NO_CONNECTION, level))));
    }
    return switch (result.kind().get()) {
      case LOGIN, TOKEN -> Optional.empty();
      case THROTTLED, POLICY -> Optional.of(now.plus(throttled(result.retryAfter(), level)));
      case DAILY_LIMIT ->
          Optional.of(
              result
                  .retryAfter()
                  .map(hint -> now.plus(throttled(Optional.of(hint), level)))
                  .orElseGet(() -> nextDay(mailbox, now)));
    };
  }

  private static Duration throttled(Optional<Duration> hint, int level) {
    Duration table = step(THROTTLED, level);
    if (hint.isEmpty()) {
      return table;
    }
    // A hint may be wrong or slide on for ever: after some in a row it counts as the whole day.
    return level >= HINTS_BELIEVED ? LONGEST_HINT : clamp(hint.get());
  }

  private static Duration step(List<Duration> table, int level) {
    return table.get(Math.min(level, table.size()) - 1);
  }

  private static Instant nextDay(MailboxInfo mailbox, Instant now) {
    if (mailbox.mailbox().limits().day() == Counting.ROLLING) {
      return now.plus(LONGEST_HINT);
    }
    return Quotas.dayReset(LocalDate.ofInstant(now, mailbox.zone()), now, mailbox.zone());
  }
}
