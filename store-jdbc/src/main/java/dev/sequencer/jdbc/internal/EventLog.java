package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.LogEntry;
import java.util.ArrayList;
import java.util.List;

/** The lines that one call appends to the log, in their order. */
final class EventLog {
  private final List<LogEntry> lines = new ArrayList<>();

  void append(List<LogEntry> more) {
    lines.addAll(more);
  }

  void write(Tx tx) {
    if (lines.isEmpty()) {
      return;
    }
    Batch rows = tx.batch(Sql.EVENT);
    for (LogEntry line : lines) {
      rows.bind("tenant", Texts.clean(line.tenant()))
          .bind("at", Millis.of(line.at()))
          .bind("enrollment", line.enrollment())
          .bind("step", line.step())
          .bind("kind", Texts.clean(line.kind()))
          .bind("detail", Texts.clean(line.detail()))
          .add();
    }
    rows.execute();
  }
}
