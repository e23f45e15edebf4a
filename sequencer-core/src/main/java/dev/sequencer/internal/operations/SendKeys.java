package dev.sequencer.internal.operations;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Makes run keys for delayed sends that the host gave no key: each is a mail of its own. */
public final class SendKeys {
  private final String node;
  private final AtomicLong count = new AtomicLong();

  /** Makes keys of a node. */
  public SendKeys(String node) {
    this.node = node;
  }

  String next(Instant now) {
    return "$" + node + ":" + now.toEpochMilli() + ":" + count.incrementAndGet();
  }
}
