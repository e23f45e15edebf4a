package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instants as tables keep them: milliseconds; what lies outside the years 1 to 9999 is cut. */
public final class Millis {
  /** The farthest instant that is kept: the last millisecond of the year 9999. */
  static final Instant FAR = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final Instant LONG_AGO = Instant.parse("0001-01-01T00:00:00Z");

  private Millis() {}

  public static long of(Instant instant) {
    if (instant.isAfter(FAR)) {
      return FAR.toEpochMilli();
    }
    return (instant.isBefore(LONG_AGO) ? LONG_AGO : instant).toEpochMilli();
  }

  static @Nullable Long of(Optional<Instant> instant) {
    return instant.isEmpty() ? null : of(instant.get());
  }

  /** Gives a row with its instants as they are kept, so that an answer is what is read later. */
  static Work cut(Work work) {
    return new Work(
        work.enrollment(),
        work.origin(),
        work.rev(),
        work.lane(),
        cut(work.due()),
        new Cursor(work.cursor().step(), work.cursor().after(), cut(work.cursor().baseAt())),
        work.state(),
        cut(work.attempt()));
  }

  private static Attempt cut(Attempt attempt) {
    return new Attempt(
        attempt.number(),
        attempt.tries(),
        attempt.strikes(),
        attempt.mailbox(),
        attempt
            .times()
            .map(
                times ->
                    new Attempt.Times(
                        cut(times.begunAt()), cut(times.notAfter()), cut(times.decideAt()))),
        attempt.messageId(),
        attempt.stageReference());
  }

  private static Instant cut(Instant instant) {
    return Instant.ofEpochMilli(of(instant));
  }

  static Instant read(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static Optional<Instant> optional(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
