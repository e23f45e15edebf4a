package dev.sequencer.jdbc.internal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Reads due rows of lanes in their order, a few at a time, for one claim. */
public interface LaneRows extends AutoCloseable {
  /** Hears which lanes are likely to be read, so that they may be read together. */
  void expect(Collection<Expected> lanes);

  /** Gives at most so many of the next rows of a lane that nobody holds, behind a place in it. */
  Chunk after(long lane, Place place, int limit);

  /** Claims rows that were read here, one or more, until an instant. */
  void claim(List<Place> places, long until);

  @Override
  void close();

  /**
   * A lane that is likely to be read.
   *
   * @param lane its number
   * @param head the due of its first row that nobody holds
   * @param rows how many rows are likely to be taken from it
   */
  record Expected(long lane, long head, int rows) {}

  /**
   * Some rows of a lane.
   *
   * @param rows the rows, none only at its end
   * @param end whether there are no others behind them
   */
  record Chunk(List<Place> rows, boolean end) {}

  /**
   * A row in the order of its lane.
   *
   * @param rev the revision that it was seen with, or {@link #ANY_REV} where it cannot change
   */
  record Place(long due, long enrollment, long rev) implements Comparable<Place> {
    /** Nobody else writes while a claim is made. */
    public static final long ANY_REV = -1;

    boolean isAs(long stored) {
      return rev == ANY_REV || rev == stored;
    }

    Instant at() {
      return Instant.ofEpochMilli(due);
    }

    @Override
    public int compareTo(Place other) {
      int byDue = Long.compare(due, other.due);
      return byDue != 0 ? byDue : Long.compare(enrollment, other.enrollment);
    }
  }
}
