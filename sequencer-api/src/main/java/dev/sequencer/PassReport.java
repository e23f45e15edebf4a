package dev.sequencer;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What one bounded pass of the engine did.
 *
 * @param at the instant of the pass
 * @param claimed rows that were claimed
 * @param begun mails that began
 * @param sent mails that were accepted
 * @param settled other outcomes: failed, skipped, deferred, ended without a mail
 * @param inDoubt attempts that became in doubt
 * @param nextNeededAt when the next pass has something to do; empty when nothing waits
 */
public record PassReport(
    Instant at,
    int claimed,
    int begun,
    int sent,
    int settled,
    int inDoubt,
    Optional<Instant> nextNeededAt) {
  /** Checks that nothing is missing. */
  public PassReport {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(nextNeededAt, "nextNeededAt");
  }

  /** Says whether it did anything. */
  public boolean idle() {
    return claimed + begun + sent + settled + inDoubt == 0;
  }

  /** Gives the sum of this pass and a later one. */
  public PassReport plus(PassReport later) {
    return new PassReport(
        later.at,
        claimed + later.claimed,
        begun + later.begun,
        sent + later.sent,
        settled + later.settled,
        inDoubt + later.inDoubt,
        later.nextNeededAt);
  }
}
