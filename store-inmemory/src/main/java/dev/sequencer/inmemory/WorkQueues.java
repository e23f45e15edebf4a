package dev.sequencer.inmemory;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where rows wait. A row that may be claimed stands in its lane, one that is claimed among the held
 * by the end of its claim, one that is SENDING by its decideAt, any other nowhere: a claim touches
 * the rows that it takes and the lanes of the owners that it visits, whatever else waits.
 */
final class WorkQueues {
  private final Map<Lane, LaneQueue> lanes = new HashMap<>();
  private final IndexedHeap<Row> held = new IndexedHeap<>();
  private final IndexedHeap<Row> sending = new IndexedHeap<>();
  private final Owners owners;

  WorkQueues(Owners owners) {
    this.owners = owners;
  }

  /** Puts a row where it belongs by what it says now. */
  void place(Row row) {
    remove(row);
    Work work = row.work;
    State state = work.state();
    if (state.phase() == EnrollmentPhase.SENDING) {
      put(row, sending, Millis.of(decideAt(work)));
    } else if (mayBeClaimed(state)) {
      if (row.claimedUntil != Row.FREE) {
        put(row, held, row.claimedUntil);
      } else {
        LaneQueue lane = lane(work.lane());
        row.lane = lane;
        put(row, lane.rows, Millis.of(work.due()));
      }
    }
  }

  /** Takes a row out of where it stands. */
  void remove(Row row) {
    IndexedHeap<Row> heap = row.heap;
    if (heap == null) {
      return;
    }
    heap.remove(row);
    row.heap = null;
    LaneQueue lane = row.lane;
    if (lane != null) {
      row.lane = null;
      if (lane.rows.isEmpty()) {
        lanes.remove(lane.lane);
        owners.get(lane.lane.owner()).lanes.remove(lane);
      }
    }
  }

  /** Lowers the wake-up of a row's owner to its due when nobody holds it. */
  void wakeFor(Row row) {
    if (row.lane != null) {
      owners.lower(owners.get(row.work.lane().owner()), row.order);
    }
  }

  /** Gives back rows whose claim has ended; the visit that they missed is made up for. */
  void expire(long now) {
    while (held.firstUpTo(now).isPresent()) {
      Row row = held.first();
      row.claimedUntil = Row.FREE;
      place(row);
      wakeFor(row);
    }
  }

  /** Gives when the first claim that somebody holds expires. */
  Instant firstExpiry() {
    return held.isEmpty() ? Millis.NEVER : Instant.ofEpochMilli(held.first().claimedUntil);
  }

  /** Gives SENDING rows whose decideAt is before an instant, the earliest first. */
  List<Work> undecided(Instant before, int limit) {
    return works(sending.firsts(limit, Millis.of(before) - 1));
  }

  /** Gives all rows that are SENDING, in no order. */
  Collection<Row> sending() {
    return sending.items();
  }

  /** Gives the heads of all lanes. */
  List<LaneHead> heads() {
    List<LaneHead> heads = new ArrayList<>();
    owners.all().forEach(owner -> heads.addAll(owner.heads()));
    return heads;
  }

  /** Gives the first rows of a lane, by due and enrollment. */
  List<Work> firstOf(Lane lane, int limit) {
    LaneQueue queue = lanes.get(lane);
    return queue == null ? List.of() : works(queue.rows.firsts(limit, Long.MAX_VALUE));
  }

  /** Gives the lane that is kept, equal to this one: rows share it. */
  Lane shared(Lane lane) {
    LaneQueue known = lanes.get(lane);
    return known == null ? lane : known.lane;
  }

  private static List<Work> works(List<Row> rows) {
    return rows.stream().map(row -> row.work).toList();
  }

  private static boolean mayBeClaimed(State state) {
    return state.status() == EnrollmentStatus.ACTIVE && state.phase() == EnrollmentPhase.WAITING;
  }

  private static Instant decideAt(Work work) {
    return work.attempt().times().map(Attempt.Times::decideAt).orElse(Millis.NEVER);
  }

  private static void put(Row row, IndexedHeap<Row> heap, long order) {
    heap.add(row, order);
    row.heap = heap;
  }

  private LaneQueue lane(Lane lane) {
    LaneQueue known = lanes.get(lane);
    if (known != null) {
      return known;
    }
    LaneQueue queue = new LaneQueue(lane);
    lanes.put(lane, queue);
    owners.get(lane.owner()).lanes.add(queue);
    return queue;
  }
}
