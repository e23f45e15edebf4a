package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.EnrollCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Enrolls many contacts without keeping others waiting (KERNEL K21): a call of more rows than one
 * transaction should hold is committed in parts, and whoever has something more urgent to write
 * goes between them. Each part is whole or not there, and a repeated call finds what is there.
 */
final class BulkEnrolling {
  /** A transaction holds at most so many rows. */
  static final int MOST_ROWS = 1_000;

  private static final int FEWEST_ROWS = 100;

  /** A transaction should be over after so long; the next one is made smaller when it was not. */
  private static final Duration LONGEST = Duration.ofMillis(50);

  private BulkEnrolling() {}

  static List<EnrollCall.Answer> enroll(
      Database database, List<EnrollCall.Row> rows, Supplier<Instant> clock) {
    List<EnrollCall.Answer> answers = new ArrayList<>(rows.size());
    int size = MOST_ROWS;
    for (int from = 0; from < rows.size(); ) {
      List<EnrollCall.Row> part = rows.subList(from, Math.min(rows.size(), from + size));
      Instant begun = clock.get();
      answers.addAll(database.write(Priority.ENROLL, tx -> Enrolling.enroll(tx, part)));
      if (Duration.between(begun, clock.get()).compareTo(LONGEST) > 0) {
        size = Math.max(FEWEST_ROWS, size / 2);
      }
      database.yieldAfter(part.size());
      from += part.size();
    }
    return answers;
  }
}
