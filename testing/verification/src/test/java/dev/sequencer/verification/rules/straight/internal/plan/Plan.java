package dev.sequencer.verification.rules.straight.internal.plan;

import dev.sequencer.verification.rules.straight.internal.time.Rule;
import dev.sequencer.verification.rules.straight.spi.store.StoredRow;

/** Rows in, rows out. */
public final class Plan {
  static StoredRow of(StoredRow row, Rule rule) {
    return rule.isDue() ? new StoredRow() : row;
  }
}
