package dev.sequencer.inmemory;

import dev.sequencer.spi.store.ClaimCall.LaneHead;
import java.util.ArrayList;
import java.util.List;

/** A mailbox, a pool or the control owner: its lanes that hold rows, and when to visit it. */
final class Owner extends IndexedHeap.Item {
  final List<LaneQueue> lanes = new ArrayList<>(2);

  Owner(int id) {
    super(id);
  }

  int id() {
    return (int) number;
  }

  List<LaneHead> heads() {
    List<LaneHead> heads = new ArrayList<>(lanes.size());
    for (LaneQueue lane : lanes) {
      heads.add(lane.head());
    }
    return heads;
  }
}
