package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Work;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The moving rows that one call changes. The call reads them once, decides on what it read and has
 * put; {@link #write} writes each changed row once, over the revision and attempt that were read.
 */
public final class Works {
  private final Map<Long, Work> read = new HashMap<>();
  private final Map<Long, Change> changed = new LinkedHashMap<>();

  private Works(List<Work> rows) {
    rows.forEach(row -> read.put(row.enrollment(), row));
  }

  /** Reads rows; unknown numbers are left out. */
  static Works read(Tx tx, Collection<Long> enrollments) {
    return new Works(list(tx, enrollments));
  }

  static Works of(List<Work> rows) {
    return new Works(rows);
  }

  static List<Work> list(Tx tx, Collection<Long> enrollments) {
    return tx.listed(Sql.WORKS, "ids", enrollments, Readers.WORK);
  }

  /** Gives a row as it is after what was put, or null when there is none. */
  @Nullable Work get(long enrollment) {
    Change change = changed.get(enrollment);
    return change != null ? change.next() : read.get(enrollment);
  }

  /** Takes what a row that was read becomes and gives it as it will be kept. */
  Work put(Work next) {
    Work seen = Objects.requireNonNull(read.get(next.enrollment()), "a row that was not read");
    Work kept = Millis.cut(next);
    changed.put(next.enrollment(), new Change(seen, kept));
    return kept;
  }

  /** Writes what was put and lowers the wake-ups of the owners whose rows may be claimed. */
  void write(Tx tx) {
    if (changed.isEmpty()) {
      return;
    }
    Lanes lanes = Lanes.of(tx, changed().stream().map(Work::lane).toList());
    Batch rows = tx.batch(Sql.WORK_UPDATE);
    Batch versions = tx.batch(Sql.ENROLLMENT_VERSION);
    Wakes wakes = new Wakes();
    for (Change change : changed.values()) {
      Work seen = change.seen();
      Work next = change.next();
      Writers.work(rows, next, lanes.number(next.lane()));
      rows.bind("seenRev", seen.rev()).bind("seenAttempt", seen.attempt().number()).add();
      if (next.origin().version() != seen.origin().version()) {
        versions
            .bind("enrollment", next.enrollment())
            .bind("version", next.origin().version())
            .add();
      }
      wakes.note(next);
    }
    expectAll(rows.execute());
    tx.moved(List.copyOf(changed.values()));
    tx.list(tx.update(Sql.UNCLAIM), "ids", changed.keySet()).execute();
    versions.execute();
    wakes.write(tx);
  }

  /** Inserts rows that are new. */
  static void insert(Tx tx, List<Work> fresh) {
    Lanes lanes = Lanes.of(tx, fresh.stream().map(Work::lane).toList());
    Batch rows = tx.batch(Sql.WORK_INSERT);
    Wakes wakes = new Wakes();
    for (Work work : fresh) {
      Writers.work(rows, work, lanes.number(work.lane()));
      rows.add();
      wakes.note(work);
    }
    rows.execute();
    wakes.write(tx);
  }

  /** Gives what was put, in that order. */
  List<Work> changed() {
    return changed.values().stream().map(Change::next).toList();
  }

  /**
   * A row that is written.
   *
   * @param seen as it was read
   * @param next as it becomes
   */
  public record Change(Work seen, Work next) {}

  private void expectAll(int written) {
    if (written != changed.size()) {
      throw new IllegalStateException(
          "rows that were read in a write transaction must be there unchanged to be written, but of "
              + changed.size()
              + " only "
              + written
              + " were: something else writes this store's tables without a lock");
    }
  }
}
