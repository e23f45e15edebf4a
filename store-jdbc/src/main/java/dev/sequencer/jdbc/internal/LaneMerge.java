package dev.sequencer.jdbc.internal;

import dev.sequencer.jdbc.internal.LaneRows.Expected;
import dev.sequencer.jdbc.internal.LaneRows.Place;
import dev.sequencer.spi.store.Lane;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * The best rows over some lanes: by priority, bound before new, due, enrollment. Lanes of one rank
 * are merged by their first rows; a lane is read when its turn comes and a few rows at a time, so
 * the rows that are read are about those that are taken, whatever waits.
 */
final class LaneMerge {
  /** One lane gives at most so many rows to a claim. */
  private static final int MOST_OF_A_LANE = 64;

  private static final int FEWEST_AT_ONCE = 2;

  /** Reads a lane; one without a row that nobody holds is none. */
  static final RowMapper<Optional<Source>> SOURCE =
      (row, context) -> {
        Optional<Instant> head = Millis.optional(row, 7);
        return head.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Source(row.getLong(1), Readers.lane(row, 2), head.get(), row.getLong(8)));
      };

  private static final Comparator<Source> RANK =
      Comparator.comparingInt((Source lane) -> lane.lane().priority())
          .thenComparing(lane -> !lane.lane().bound());

  private final LaneRows rows;
  private final ToIntFunction<Lane> most;
  private final List<Source> lanes;
  private final Map<Long, Optional<Instant>> changed = new HashMap<>();

  /**
   * Begins to merge.
   *
   * @param most how many rows a lane may give at the most, 1 or more
   */
  LaneMerge(LaneRows rows, List<Source> lanes, ToIntFunction<Lane> most) {
    this.rows = rows;
    this.most = most;
    this.lanes = new ArrayList<>(lanes);
    this.lanes.sort(RANK);
  }

  /** Gives which rows of which lanes are likely to be read to take so many. */
  List<Expected> expected(int most) {
    int fair = Math.max(FEWEST_AT_ONCE, 2 * most / Math.max(1, lanes.size()));
    return lanes.stream()
        .map(lane -> new Expected(lane.id(), Millis.of(lane.head()), Math.min(fair, of(lane))))
        .toList();
  }

  /** Gives the best rows, the best first. */
  List<Place> take(int most) {
    List<Place> taken = new ArrayList<>();
    int from = 0;
    while (from < lanes.size() && taken.size() < most) {
      int to = from + 1;
      while (to < lanes.size() && RANK.compare(lanes.get(from), lanes.get(to)) == 0) {
        to++;
      }
      merge(lanes.subList(from, to), most, taken);
      from = to;
    }
    return taken;
  }

  /**
   * Gives the lanes that rows were taken of, each with its first row that is left as far as it is
   * known; where it is not, it is to be looked up.
   */
  Map<Long, Optional<Instant>> changed() {
    return changed;
  }

  private int of(Source lane) {
    return Math.min(MOST_OF_A_LANE, most.applyAsInt(lane.lane()));
  }

  private void merge(List<Source> rank, int most, List<Place> taken) {
    int atOnce = Math.max(FEWEST_AT_ONCE, 2 * (most - taken.size()) / rank.size());
    PriorityQueue<Cursor> heads = new PriorityQueue<>();
    for (Source lane : rank) {
      heads.add(new Cursor(lane, Math.min(atOnce, of(lane))));
    }
    while (taken.size() < most && !heads.isEmpty()) {
      Cursor best = heads.remove();
      if (best.isRead()) {
        taken.add(best.next());
      } else {
        best.fetch();
      }
      if (best.mayHaveNext()) {
        heads.add(best);
      }
    }
  }

  /**
   * A lane to take from.
   *
   * @param id its number
   * @param head the due of its first row that nobody holds
   * @param floor the due below which no row was left by the claim before, where that is kept
   */
  record Source(long id, Lane lane, Instant head, long floor) {}

  /** Where the reading of a lane is; in the order of its next row, or of what is before that. */
  private final class Cursor implements Comparable<Cursor> {
    private final long lane;
    private final int atOnce;
    private final Deque<Place> read = new ArrayDeque<>();
    private Place last;
    private int left;
    private boolean exhausted;

    Cursor(Source source, int atOnce) {
      this.lane = source.id();
      this.atOnce = atOnce;
      this.left = of(source);
      this.last = new Place(Millis.of(source.head()), 0, 0);
    }

    boolean isRead() {
      return !read.isEmpty();
    }

    boolean mayHaveNext() {
      return isRead() || (!exhausted && left > 0);
    }

    Place next() {
      Place row = read.remove();
      changed.put(lane, Optional.ofNullable(read.peek()).map(Place::at));
      return row;
    }

    void fetch() {
      int limit = Math.min(atOnce, left);
      LaneRows.Chunk chunk = rows.after(lane, last, limit);
      List<Place> more = chunk.rows();
      read.addAll(more);
      left -= more.size();
      exhausted = chunk.end();
      if (!more.isEmpty()) {
        last = more.get(more.size() - 1);
      }
    }

    private Place order() {
      return read.isEmpty() ? last : read.element();
    }

    @Override
    public int compareTo(Cursor other) {
      return order().compareTo(other.order());
    }
  }
}
