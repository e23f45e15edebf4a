package dev.sequencer.verification.simulation;

import dev.sequencer.spi.VirtualClock;
import java.time.Instant;

/** The clock of one node: it may differ from that of others, drift and step back. */
final class NodeClock implements VirtualClock {
  private final Baton baton;
  private final long start;
  private final long perMillion;
  private long offset;

  NodeClock(Baton baton, long perMillion, long offset) {
    this.baton = baton;
    this.start = baton.now();
    this.perMillion = perMillion;
    this.offset = offset;
  }

  @Override
  public Instant instant() {
    long drift = (baton.now() - start) * perMillion / 1_000_000;
    return Instant.ofEpochMilli(baton.now() + offset + drift);
  }

  /** Sets it right by so much more or less. */
  void set(long newOffset) {
    offset = newOffset;
  }
}
