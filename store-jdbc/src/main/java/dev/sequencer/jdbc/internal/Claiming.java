package dev.sequencer.jdbc.internal;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.jdbc.internal.LaneRows.Place;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.ClaimCall.Answer;
import dev.sequencer.spi.store.ClaimCall.Claimed;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.Query;

/**
 * Claims the heads of open lanes.
 *
 * <ol>
 *   <li>Claims that are given back or over are made free.
 *   <li>The owners whose turn it is are asked for their slots and read with the heads of their
 *       lanes.
 *   <li>For each owner the best rows of its open lanes are merged, a few of each lane at a time:
 *       what waits behind them is never read.
 *   <li>They are marked, and each owner gets its next wake-up by the heads that are left.
 * </ol>
 */
final class Claiming {
  /** A floor is raised in steps, in milliseconds, so that not each claim writes one. */
  private static final long FLOOR_STEP = 10_000;

  private final Tx tx;
  private final ClaimCall call;
  private final Instant now;
  private final Instant until;
  private final Ledgers ledgers;

  private Claiming(Tx tx, ClaimCall call, Instant now) {
    this.tx = tx;
    this.call = call;
    this.now = now;
    this.until = Instant.ofEpochMilli(Millis.of(now.plus(call.expiry())));
    this.ledgers = new Ledgers(tx);
  }

  /**
   * What was claimed, its rows not read yet.
   *
   * @param places the rows, in their order
   * @param answer the rest
   */
  record Catch(List<Place> places, Answer answer) {
    /** Gives the whole answer; a row that somebody has changed meanwhile is not ours. */
    Answer with(List<Subject> read) {
      Map<Long, Subject> subjects = new HashMap<>();
      read.forEach(subject -> subjects.put(subject.work().enrollment(), subject));
      List<Subject> claimed = new ArrayList<>(places.size());
      for (Place place : places) {
        Subject subject = subjects.get(place.enrollment());
        if (subject != null
            && place.isAs(subject.work().rev())
            && subject.work().state().phase() == EnrollmentPhase.WAITING) {
          claimed.add(subject);
        }
      }
      return new Answer(
          answer.now(),
          answer.until(),
          claimed,
          answer.position(),
          answer.definitions(),
          answer.nextWake());
    }

    List<Long> enrollments() {
      return places.stream().map(Place::enrollment).toList();
    }
  }

  static Catch claim(Tx tx, ClaimCall call, Instant now) {
    Claiming claiming = new Claiming(tx, call, now);
    if (!tx.wakesAfterCommit()) {
      claiming.free();
    }
    return claiming.claim();
  }

  /** Does the first part of a claim in a transaction of its own. */
  static Instant free(Tx tx, ClaimCall call, Instant now) {
    new Claiming(tx, call, now).free();
    return now;
  }

  private Catch claim() {
    List<Integer> owners = owners();
    List<Place> rows = owners.isEmpty() ? List.of() : visit(owners);
    Progress progress = Progress.read(tx);
    Instant next =
        tx.query(Sql.NEXT_WAKE)
            .map((row, context) -> Millis.optional(row, 1))
            .one()
            .orElse(Millis.FAR);
    return new Catch(
        rows, new Answer(now, until, List.of(), progress.position(), progress.definitions(), next));
  }

  /**
   * Frees what is given back and what nobody has come back for; its owners are to be visited, so
   * this comes before the claim and, where wake-ups are lowered after a commit, is one of its own.
   */
  private void free() {
    List<Long> free = new ArrayList<>(released());
    free.addAll(tx.query(Sql.EXPIRE).bind("now", Millis.of(now)).mapTo(Long.class).list());
    Wakes wakes = new Wakes();
    wakes.note(tx, free);
    tx.leftWakes().forEach(wakes::note);
    wakes.write(tx);
  }

  private List<Long> released() {
    Batch rows = tx.batch(Sql.RELEASE);
    List<Long> enrollments = new ArrayList<>();
    for (Claimed claimed : call.release()) {
      enrollments.add(claimed.enrollment());
      rows.bind("enrollment", claimed.enrollment()).bind("until", Millis.of(claimed.until())).add();
    }
    return rows.written(enrollments);
  }

  private List<Integer> owners() {
    Query query =
        call.all()
            ? tx.query(Sql.OWNERS_OLDEST)
            : tx.query(Sql.OWNERS_AWAKE).bind("now", Millis.of(now));
    return query.bind("limit", call.owners()).mapTo(Integer.class).list();
  }

  private List<Place> visit(List<Integer> owners) {
    Map<Integer, Integer> slots = call.policy().slots(owners, ledgers, now);
    Map<Integer, List<LaneMerge.Source>> lanes = lanes(owners);
    Map<Integer, Integer> taken = new HashMap<>();
    Map<Long, Optional<Instant>> changed = new HashMap<>();
    List<Place> all = new ArrayList<>();
    try (LaneRows rows = tx.laneRows(Millis.of(now))) {
      Map<Integer, LaneMerge> merges = merges(rows, slots, lanes);
      for (int owner : owners) {
        LaneMerge merge = merges.get(owner);
        if (merge != null) {
          List<Place> picked = merge.take(slots.getOrDefault(owner, 0));
          taken.put(owner, picked.size());
          changed.putAll(merge.changed());
          all.addAll(picked);
        }
      }
      if (!all.isEmpty()) {
        rows.claim(all, Millis.of(until));
      }
    }
    next(owners, taken, headsLeft(lanes, changed));
    keepFloors(lanes, changed);
    return all;
  }

  private Map<Integer, LaneMerge> merges(
      LaneRows rows, Map<Integer, Integer> slots, Map<Integer, List<LaneMerge.Source>> lanes) {
    Map<Integer, LaneMerge> merges = new HashMap<>();
    List<LaneRows.Expected> expected = new ArrayList<>();
    lanes.forEach(
        (owner, all) -> {
          int most = slots.getOrDefault(owner, 0);
          if (most > 0) {
            LaneMerge merge = new LaneMerge(rows, open(all), lane -> call.policy().most(lane, now));
            expected.addAll(merge.expected(most));
            merges.put(owner, merge);
          }
        });
    rows.expect(expected);
    return merges;
  }

  private List<LaneMerge.Source> open(List<LaneMerge.Source> lanes) {
    List<LaneMerge.Source> open = new ArrayList<>();
    for (LaneMerge.Source lane : lanes) {
      if (!lane.head().isAfter(now)
          && call.policy().open(lane.lane(), now)
          && call.policy().most(lane.lane(), now) > 0) {
        open.add(lane);
      }
    }
    return open;
  }

  /** Reads the lanes of owners that have a row which nobody holds. */
  private Map<Integer, List<LaneMerge.Source>> lanes(List<Integer> owners) {
    Map<Integer, List<LaneMerge.Source>> byOwner = new HashMap<>();
    for (LaneMerge.Source lane : heads(Sql.HEADS, "owners", owners)) {
      byOwner.computeIfAbsent(lane.lane().owner(), any -> new ArrayList<>()).add(lane);
    }
    return byOwner;
  }

  private List<LaneMerge.Source> heads(Sql sql, String parameter, Collection<?> keys) {
    return tx
        .heads(tx.list(tx.query(sql), parameter, keys), call.all())
        .bind("now", Millis.of(now))
        .map(LaneMerge.SOURCE)
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Gives the heads of owners as they are now; only lanes that were read to the end are asked. */
  private Map<Integer, List<LaneHead>> headsLeft(
      Map<Integer, List<LaneMerge.Source>> lanes, Map<Long, Optional<Instant>> changed) {
    List<Long> unknown = new ArrayList<>();
    changed.forEach(
        (lane, head) -> {
          if (head.isEmpty()) {
            unknown.add(lane);
          }
        });
    if (!unknown.isEmpty()) {
      for (LaneMerge.Source lane : heads(Sql.HEADS_OF_LANES, "lanes", unknown)) {
        changed.put(lane.id(), Optional.of(lane.head()));
      }
    }
    Map<Integer, List<LaneHead>> left = new HashMap<>();
    lanes.forEach(
        (owner, all) -> {
          List<LaneHead> heads = new ArrayList<>();
          for (LaneMerge.Source lane : all) {
            changed
                .getOrDefault(lane.id(), Optional.of(lane.head()))
                .ifPresent(due -> heads.add(new LaneHead(lane.lane(), due)));
          }
          left.put(owner, heads);
        });
    return left;
  }

  /** What was read up to here need not be read again, as long as no wake-up says otherwise. */
  private void keepFloors(
      Map<Integer, List<LaneMerge.Source>> lanes, Map<Long, Optional<Instant>> changed) {
    Map<Long, Long> floors = new TreeMap<>();
    for (List<LaneMerge.Source> all : lanes.values()) {
      for (LaneMerge.Source lane : all) {
        Optional<Instant> head = changed.getOrDefault(lane.id(), Optional.of(lane.head()));
        long floor = Millis.of(head.orElse(now));
        if (floor < lane.floor() || floor > lane.floor() + FLOOR_STEP) {
          floors.put(lane.id(), floor);
        }
      }
    }
    tx.keepFloors(floors);
  }

  private void next(
      List<Integer> owners, Map<Integer, Integer> taken, Map<Integer, List<LaneHead>> heads) {
    Batch wakes = tx.batch(Sql.OWNER_NEXT);
    for (int owner : owners) {
      Instant wake =
          call.policy()
              .wakeAt(
                  owner,
                  taken.getOrDefault(owner, 0),
                  heads.getOrDefault(owner, List.of()),
                  ledgers,
                  now);
      wakes.bind("id", owner).bind("at", Millis.of(wake)).add();
    }
    wakes.execute();
  }
}
