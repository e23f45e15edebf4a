package dev.sequencer.inmemory;

import dev.sequencer.spi.store.LogEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The append-only log of events, and the keys of the acts that were carried out. */
final class EventLog {
  private final Journal journal;
  private final List<LogEntry> entries = new ArrayList<>();
  private final Set<ActKey> acts = new HashSet<>();

  EventLog(Journal journal) {
    this.journal = journal;
  }

  /** Appends lines; one that is about an enrollment is found there too. */
  void append(List<LogEntry> lines, Enrollments enrollments) {
    for (LogEntry line : lines) {
      LogEntry entry = Millis.cut(line, entries.size() + 1L);
      entries.add(entry);
      journal.undoBy(() -> entries.remove(entries.size() - 1));
      if (entry.enrollment() > 0) {
        enrollments.byNumber(entry.enrollment()).ifPresent(row -> index(row, entry));
      }
    }
  }

  private void index(Row row, LogEntry entry) {
    NumberList known = row.log;
    NumberList positions = known == null ? new NumberList() : known;
    row.log = positions;
    positions.add(entry.position());
    journal.undoBy(positions::removeLast);
  }

  /** Remembers the key of an act; says whether it is new. */
  boolean first(String tenant, String key) {
    ActKey act = new ActKey(tenant, key);
    if (!acts.add(act)) {
      return false;
    }
    journal.undoBy(() -> acts.remove(act));
    return true;
  }

  List<LogEntry> ofTenant(String tenant, long after, int limit) {
    List<LogEntry> found = new ArrayList<>();
    for (int i = (int) Math.max(0, after); i < entries.size() && found.size() < limit; i++) {
      if (entries.get(i).tenant().equals(tenant)) {
        found.add(entries.get(i));
      }
    }
    return found;
  }

  /** One writer at a time: lines are committed in the order of their positions. */
  List<LogEntry> after(long after, int limit) {
    int from = (int) Math.min(Math.max(0, after), entries.size());
    return List.copyOf(entries.subList(from, Math.min(entries.size(), from + limit)));
  }

  List<LogEntry> ofRow(String tenant, Optional<Row> row, long after, int limit) {
    NumberList positions = row.map(known -> known.log).orElse(null);
    List<LogEntry> found = new ArrayList<>();
    if (positions == null) {
      return found;
    }
    for (int i = positions.from(after + 1); i < positions.size() && found.size() < limit; i++) {
      LogEntry entry = entries.get((int) positions.get(i) - 1);
      if (entry.tenant().equals(tenant)) {
        found.add(entry);
      }
    }
    return found;
  }

  private record ActKey(String tenant, String key) {}
}
