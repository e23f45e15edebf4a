package dev.sequencer.internal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides when to tell that something fails: once, and once that it succeeds again. What comes and
 * goes is told once a minute at the most, so that a store which fails now and then does not fill a
 * log. Safe for use by several threads.
 */
public final class Telling {
  private static final Duration QUIET = Duration.ofMinutes(1);

  private boolean told;
  private Optional<Instant> recoveredAt = Optional.empty();

  /** Says whether to tell that it fails. */
  public synchronized boolean failed(Instant now) {
    boolean quiet = recoveredAt.filter(at -> now.isBefore(at.plus(QUIET))).isPresent();
    if (told || quiet) {
      return false;
    }
    told = true;
    return true;
  }

  /** Says whether to tell that it succeeds again: when it was told that it fails. */
  public synchronized boolean succeeded(Instant now) {
    if (!told) {
      return false;
    }
    told = false;
    recoveredAt = Optional.of(now);
    return true;
  }
}
