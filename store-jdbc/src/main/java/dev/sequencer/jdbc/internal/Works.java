package dev.sequencer.jdbc.internal;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Work;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The moving rows that one call changes. The call reads them once, decides on what it read and has
 * put; {@link #write} writes each changed row once, over the revision and attempt that were read.
 */
public final class Works {
  private final Map<Long, Work> read = new HashMap<>();
  private final Map<Long, Change> changed = new LinkedHashMap<>();
  private final boolean assumed;

  private Works(List<Work> rows, boolean assumed) {
    this.assumed = assumed;
    rows.forEach(row -> read.put(row.enrollment(), row));
  }

  /** Reads rows; unknown numbers are left out. */
  static Works read(Tx tx, Collection<Long> enrollments) {
    return new Works(list(tx, enrollments), false);
  }

  /** Takes rows that were read in this transaction, or are known to be as they are stored. */
  static Works of(List<Work> rows) {
    return new Works(rows, false);
  }

  /**
   * Takes rows as a caller saw them; {@link #write} throws {@link Outdated} when one has changed.
   */
  static Works assumed(List<Work> rows) {
    return new Works(rows, true);
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
    Map<Sql, Batch> updates = new EnumMap<>(Sql.class);
    Batch versions = tx.batch(Sql.ENROLLMENT_VERSION);
    Wakes wakes = new Wakes();
    // In the order of their numbers, in which all lock them (KERNEL K19).
    for (Change change : new TreeMap<>(changed).values()) {
      Work seen = change.seen();
      Work next = change.next();
      write(updates.computeIfAbsent(change.shape(), tx::batch), change, lanes);
      if (next.origin().version() != seen.origin().version()) {
        versions
            .bind("enrollment", next.enrollment())
            .bind("version", next.origin().version())
            .add();
      }
      wakes.note(next);
    }
    expectAll(updates.values().stream().mapToInt(Batch::execute).sum());
    tx.moved(List.copyOf(changed.values()));
    unclaim(tx);
    versions.execute();
    wakes.write(tx);
  }

  /** A row whose mail is in flight has no claim any more. */
  private void unclaim(Tx tx) {
    List<Long> waited =
        changed.values().stream()
            .map(Change::seen)
            .filter(seen -> seen.state().phase() == EnrollmentPhase.WAITING)
            .map(Work::enrollment)
            .toList();
    if (!waited.isEmpty()) {
      tx.list(tx.update(Sql.UNCLAIM), "ids", waited).execute();
    }
  }

  private static void write(Batch row, Change change, Lanes lanes) {
    Work next = change.next();
    long lane = lanes.number(next.lane());
    switch (change.shape()) {
      case WORK_BEGIN -> Writers.begun(row, next, lane);
      case WORK_MOVE -> Writers.moved(row, next, lane);
      default -> Writers.work(row, next, lane);
    }
    row.bind("seenRev", change.seen().rev())
        .bind("seenAttempt", change.seen().attempt().number())
        .bind("seenPhase", Codes.of(change.seen().state().phase()))
        .add();
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
  public record Change(Work seen, Work next) {
    /** Gives the narrowest statement that writes all that differs. */
    private Sql shape() {
      Attempt before = seen.attempt();
      Attempt after = next.attempt();
      boolean sameStart =
          before.number() == after.number()
              && before.times().equals(after.times())
              && before.messageId().equals(after.messageId());
      if (sameStart) {
        return Sql.WORK_MOVE;
      }
      boolean samePlace =
          seen.rev() == next.rev()
              && seen.due().equals(next.due())
              && seen.cursor().equals(next.cursor())
              && seen.state().equals(next.state().phase(seen.state().phase()))
              && before.tries() == after.tries()
              && before.strikes() == after.strikes();
      return samePlace ? Sql.WORK_BEGIN : Sql.WORK_UPDATE;
    }
  }

  private void expectAll(int written) {
    if (written == changed.size()) {
      return;
    }
    if (assumed) {
      throw new Outdated("rows that a caller saw have changed since");
    } else {
      throw new IllegalStateException(
          "rows that were read in a write transaction must be there unchanged to be written, but of "
              + changed.size()
              + " only "
              + written
              + " were: something else writes this store's tables without a lock");
    }
  }
}
