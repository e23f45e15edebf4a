package dev.sequencer.tck.store;

import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.ClaimCall.LedgerReader;
import dev.sequencer.spi.store.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A policy that tells when it is asked, before it answers. */
record AskedPolicy(ClaimCall.Policy plain, Runnable asked) implements ClaimCall.Policy {
  @Override
  public Map<Integer, Integer> slots(List<Integer> owners, LedgerReader ledgers, Instant now) {
    asked.run();
    return plain.slots(owners, ledgers, now);
  }

  @Override
  public boolean open(Lane lane, Instant now) {
    asked.run();
    return plain.open(lane, now);
  }

  @Override
  public int most(Lane lane, Instant now) {
    asked.run();
    return plain.most(lane, now);
  }

  @Override
  public Instant wakeAt(
      int owner, int taken, List<LaneHead> heads, LedgerReader ledgers, Instant now) {
    asked.run();
    return plain.wakeAt(owner, taken, heads, ledgers, now);
  }
}
