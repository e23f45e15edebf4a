package dev.sequencer;

import java.util.List;

/**
 * Whom a tenant must not mail. A target is an address, or a domain without {@code @}. Safe for use
 * by several threads.
 */
public interface Suppressions {
  /**
   * Suppresses an address or domain for all but transactional mail and ends the live enrollments of
   * that address that it blocks; those of a domain end when their next mail would leave.
   *
   * @return done, with how many mails are in flight
   * @throws IllegalArgumentException when it is neither an address nor a domain
   */
  ActResult suppress(String target, Act act);

  /** Suppresses an address or domain for every mail. */
  ActResult suppressEverything(String target, Act act);

  /**
   * Suppresses an address or domain for one sequence.
   *
   * @throws IllegalArgumentException when there is no such sequence
   */
  ActResult suppressFor(String sequence, String target, Act act);

  /** Takes all suppressions of a target away, of all sequences. */
  ActResult unsuppress(String target, Act act);

  /** Gives those that match an address or its domain. */
  List<SuppressionView> matching(String address);

  /** Lists them by target. */
  Page<SuppressionView> list(String after, int limit);
}
