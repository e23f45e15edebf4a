package dev.sequencer.inmemory;

import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.Lane;

/** The rows of a lane that may be claimed and that nobody holds, by due and enrollment. */
final class LaneQueue {
  final Lane lane;
  final IndexedHeap<Row> rows = new IndexedHeap<>();

  LaneQueue(Lane lane) {
    this.lane = lane;
  }

  LaneHead head() {
    return new LaneHead(lane, rows.first().work.due());
  }

  /** Orders by the first rows: priority, bound before new, due, enrollment. Neither is empty. */
  static int compare(LaneQueue one, LaneQueue other) {
    int byPriority = Integer.compare(one.lane.priority(), other.lane.priority());
    if (byPriority != 0) {
      return byPriority;
    }
    int boundFirst = Boolean.compare(other.lane.bound(), one.lane.bound());
    if (boundFirst != 0) {
      return boundFirst;
    }
    return one.rows.first().before(other.rows.first()) ? -1 : 1;
  }
}
