package dev.sequencer.inmemory;

import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.ClaimCall.Answer;
import dev.sequencer.spi.store.ClaimCall.Claimed;
import dev.sequencer.spi.store.ClaimCall.Policy;
import dev.sequencer.spi.store.Position;
import dev.sequencer.spi.store.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Claims the heads of open lanes. */
final class Claiming {
  private static final int MOST_OF_A_LANE = 64;

  private final Memory memory;

  Claiming(Memory memory) {
    this.memory = memory;
  }

  Answer claim(ClaimCall call, Instant now, Position position) {
    long millis = now.toEpochMilli();
    memory.queues.expire(millis);
    // Time is not taken back, whatever happens to this call.
    memory.journal.commit();
    call.release().forEach(this::release);
    List<Owner> owners = memory.owners.due(call.owners(), call.all(), millis);
    Instant until = Millis.cut(now.plus(call.expiry()));
    List<Subject> rows = visit(owners, call.policy(), now, until);
    return new Answer(now, until, rows, position, memory.documents.definitions(), next());
  }

  private Instant next() {
    Instant wake = memory.owners.next();
    Instant expiry = memory.queues.firstExpiry();
    return expiry.isBefore(wake) ? expiry : wake;
  }

  private void release(Claimed claimed) {
    memory
        .enrollments
        .byNumber(claimed.enrollment())
        .filter(row -> row.claimedUntil == Millis.of(claimed.until()))
        .ifPresent(row -> memory.enrollments.claim(row, Row.FREE));
  }

  private List<Subject> visit(List<Owner> owners, Policy policy, Instant now, Instant until) {
    List<Integer> ids = owners.stream().map(Owner::id).toList();
    Map<Integer, Integer> slots = policy.slots(ids, memory.ledgers::read, now);
    List<Subject> rows = new ArrayList<>();
    int[] taken = new int[owners.size()];
    for (int i = 0; i < taken.length; i++) {
      Owner owner = owners.get(i);
      int before = rows.size();
      take(owner, slots.getOrDefault(owner.id(), 0), policy, now, until, rows);
      taken[i] = rows.size() - before;
    }
    for (int i = 0; i < taken.length; i++) {
      Owner owner = owners.get(i);
      Instant wake = policy.wakeAt(owner.id(), taken[i], owner.heads(), memory.ledgers::read, now);
      memory.owners.set(owner, Millis.of(wake));
    }
    return rows;
  }

  /** Takes the best rows over the open lanes of an owner: a merge of their heads. */
  private void take(
      Owner owner, int slots, Policy policy, Instant now, Instant until, List<Subject> rows) {
    PriorityQueue<Candidate> heads = slots > 0 ? openHeads(owner, policy, now) : null;
    long end = Millis.of(until);
    for (int left = slots; left > 0 && heads != null && !heads.isEmpty(); left--) {
      Candidate best = heads.poll();
      Row row = best.queue.rows.first();
      rows.add(row.subject());
      memory.enrollments.claim(row, end);
      best.taken++;
      if (best.taken < best.most && best.hasDue(now)) {
        heads.add(best);
      }
    }
  }

  private static PriorityQueue<Candidate> openHeads(Owner owner, Policy policy, Instant now) {
    PriorityQueue<Candidate> heads = new PriorityQueue<>();
    for (LaneQueue queue : owner.lanes) {
      Candidate candidate = new Candidate(queue);
      if (candidate.hasDue(now) && policy.open(queue.lane, now)) {
        candidate.most = Math.min(MOST_OF_A_LANE, policy.most(queue.lane, now));
        if (candidate.most > 0) {
          heads.add(candidate);
        }
      }
    }
    return heads;
  }

  /** A lane as a source of rows, ordered by its first. */
  private static final class Candidate implements Comparable<Candidate> {
    final LaneQueue queue;
    int taken;
    int most;

    Candidate(LaneQueue queue) {
      this.queue = queue;
    }

    boolean hasDue(Instant now) {
      return queue.rows.firstUpTo(now.toEpochMilli()).isPresent();
    }

    @Override
    public int compareTo(Candidate other) {
      return LaneQueue.compare(queue, other.queue);
    }
  }
}
